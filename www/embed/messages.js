// Messages with which the page around a frame reads and sets the figure in it; see docs/messages.md.
import { addressParameters } from "../element/address.js";
import { THEMES } from "../element/parts.js";
import { beginning, isRecord } from "../shared/text.js";
import { wordsOf } from "../shared/words.js";
import { MessageError, VERSION, post } from "./protocol.js";

/** By the format of a picture, the element's method that makes it. */
const PICTURES = { svg: "toSVG", png: "toPNG", csv: "toCSV" };

/** The origins that the address allows, `host=https://a.example,https://b.example`; none are named by default. */
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
      if (!isRecord(values)) {
        throw new MessageError("malformed", words("message.values"));
      }
      const unknown = Object.keys(values).find((key) => !element.parameters.some((parameter) => parameter.key === key));
      if (unknown !== undefined) {
        const keys = element.parameters.map((parameter) => parameter.key).join(", ");
        throw new MessageError("unknown-parameter", words("problem.unknown", { key: beginning(unknown), keys }));
      }
      await element.set(values).catch((error) => {
        throw new MessageError("bad-value", error.message);
      });
    },
    reset: () => element.reset(),
    play: () => element.play(),
    pause: () => element.pause(),
    theme: ({ theme }) => {
      if (!THEMES.includes(theme)) {
        throw new MessageError("bad-option", words("message.theme", { theme: beginning(theme), themes: THEMES.join(", ") }));
      }
      element.theme = theme;
    },
    subscribe: (_, { source, origin }) => void listeners.set(source, origin),
    unsubscribe: (_, { source }) => void listeners.delete(source),
    picture: async ({ format = "svg", width, scale, theme }) => {
      if (!Object.hasOwn(PICTURES, format)) {
        throw new MessageError("bad-option", words("message.format", { format: beginning(format) }));
      }
      const picture = await element[PICTURES[format]]({ width, scale, theme }).catch((error) => {
        throw new MessageError(error instanceof RangeError ? "bad-option" : "failed", error.message);
      });
      return { type: "picture", format, picture };
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
        const version = beginning(data.divergences);
        throw new MessageError("version", words("message.version", { version, own: String(VERSION) }));
      }
      if (!Object.hasOwn(ACTIONS, data.type)) {
        const types = Object.keys(ACTIONS).join(", ");
        throw new MessageError("unknown-type", words("message.type", { type: beginning(data.type), types }));
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
