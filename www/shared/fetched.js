// Files that come when they are needed.

/** Whether something did not arrive before: then what is asked for does not come out of a cache. */
let again = false;

/** Asks for everything anew from now on. */
export function fetchAnew() {
  again = true;
}

/** The response from `address`. Rejects if the request fails. */
export async function fetched(address) {
  const response = await fetch(address, again ? { cache: "reload" } : {});
  if (!response.ok) {
    throw new Error(`${address.pathname}: ${response.status} ${response.statusText}`);
  }
  return response;
}

/** How often the script at an address has failed. */
const failures = new Map();

/** The exports of the script at `address`, one of which is called `name`. */
export async function script(address, name) {
  const failed = failures.get(address.href) ?? 0;
  try {
    // A browser does not ask again for a script that it once failed to load, unless its address is another one.
    const exports = await import(failed ? `${address.href}?${failed}` : address.href);
    // WebKit can return an empty one instead.
    if (!exports[name]) {
      throw new Error(address.pathname);
    }
    return exports;
  } catch (error) {
    failures.set(address.href, failed + 1);
    throw error;
  }
}
