// Messages with which the page around a frame reads and sets the figure in it; see docs/messages.md.
import { addressParameters } from "../element/address.js";
import { THEMES } from "../element/parts.js";
import { wordsOf } from "../shared/engine.js";
import { MessageError, VERSION, post } from "./protocol.js";

/** The origins that the address allows: `host=https://a.example,https://b.example`. Undefined if it names none. */
function allowedHosts() {
  return addressParameters().get("host")?.split(",").filter(Boolean);
}

/** The origin of the page around this one, if the browser reveals it. */
function hostOrigin() {
  const origin = location.ancestorOrigins?.[0];
  if (origin) {
    return origin;
  }
  // The name of an opaque origin is "null".
  return document.referrer ? new URL(document.referrer).origin : undefined;
}

/** Whether to follow a message from `source` at `origin`. */
function isTrusted({ source, origin }) {
  if (source !== parent) {
    return false;
  }
  const named = allowedHosts();
  return named ? named.includes(origin) : [undefined, origin].includes(hostOrigin());
}

function stateOf(element, { name, ...state } = element.snapshot()) {
  return { figure: name, ...state };
}

/** Answers all messages of the surrounding page from now on. */
export function answerMessages(element) {
  const listeners = new Map();
  const words = (...what) => wordsOf(element)(...what);

  const ACTIONS = {
    get: () => ({ parameters: element.parameters }),
    set: async ({ values }) => {
      if (typeof values !== "object" || values === null || Array.isArray(values)) {
        throw new MessageError("malformed", words("message.values"));
      }
      for (const key of Object.keys(values)) {
        if (!element.parameters.some((parameter) => parameter.key === key)) {
          const names = element.parameters.map((parameter) => parameter.key).join(", ");
          throw new MessageError("unknown-parameter", words("problem.unknown", { key, keys: names }));
        }
      }
      await element.set(values).catch((error) => {
        throw new MessageError("bad-value", error.message);
      });
    },
    reset: () => element.reset(),
    play: () => element.play(),
    pause: () => element.pause(),
    subscribe: (_, { source, origin }) => void listeners.set(source, origin),
    unsubscribe: (_, { source }) => void listeners.delete(source),
    picture: async ({ format = "svg", width, theme }) => {
      const make = { svg: "toSVG", png: "toPNG", csv: "toCSV" }[format];
      if (!make) {
        throw new MessageError("bad-option", words("message.format", { format: String(format) }));
      }
      if (width !== undefined && !(width >= 200 && width <= 4000)) {
        throw new MessageError("bad-option", words("message.width", { width: String(width) }));
      }
      if (theme !== undefined && !THEMES.slice(1).includes(theme)) {
        throw new MessageError("bad-option", words("message.theme", { theme: String(theme), themes: THEMES.slice(1).join(", ") }));
      }
      return { type: "picture", format, picture: await element[make]({ width, theme }) };
    },
  };

  addEventListener("message", async (event) => {
    const { data } = event;
    // A page may send its frames other messages. Ours have the key `divergences`.
    if (typeof data !== "object" || data === null || !("divergences" in data)) {
      return;
    }
    // The only address of an opaque origin is "*".
    const reply = (message) =>
      event.source && post({ id: data.id, ...message }, event.source, event.origin === "null" ? "*" : event.origin);
    try {
      await element.ready().catch((error) => {
        throw new MessageError("no-figure", error.message);
      });
      if (!isTrusted(event)) {
        throw new MessageError("forbidden", words("message.forbidden", { origin: event.origin }));
      }
      if (data.divergences !== VERSION) {
        const version = String(data.divergences);
        throw new MessageError("version", words("message.version", { version, own: String(VERSION) }));
      }
      if (!Object.hasOwn(ACTIONS, data.type)) {
        const types = Object.keys(ACTIONS).join(", ");
        throw new MessageError("unknown-type", words("message.type", { type: String(data.type), types }));
      }
      const result = await ACTIONS[data.type](data, event);
      reply({ type: "state", ...(result?.type === "picture" ? {} : stateOf(element)), ...result });
    } catch (error) {
      reply({ type: "error", code: error.code ?? "failed", message: error.message });
    }
  });

  element.addEventListener("change", (event) => {
    // Controls inside also send change events. Only the figure's own have a detail.
    if (event.detail) {
      for (const [source, origin] of listeners) {
        post({ type: "change", ...stateOf(element, event.detail) }, source, origin === "null" ? "*" : origin);
      }
    }
  });
  element.addEventListener("ready", () => post({ type: "ready", ...stateOf(element) }));
  element.addEventListener("error", ({ message }) => post({ type: "error", code: "no-figure", message }));
}
