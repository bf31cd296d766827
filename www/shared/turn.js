// Long work in short pieces.

/** Resolves in a new task. The browser handles waiting input first. */
export const nextTurn = () => new Promise((done) => setTimeout(done));
