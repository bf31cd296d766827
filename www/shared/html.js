// HTML that the engine or a script has written itself. Pages that demand Trusted Types take it only from a policy.

let policy;

/** `text` as HTML. Pages that name the policies that they allow name "divergences". */
export function html(text) {
  // It is made when it is first needed: pages that allow no policy can do without what does not need one.
  policy ??= globalThis.trustedTypes?.createPolicy("divergences", { createHTML: (written) => written });
  return policy?.createHTML(text) ?? text;
}
