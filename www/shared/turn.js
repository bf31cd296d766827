// Long work in short pieces.

/** Resolves in a task of its own, before which the browser does what waits: the reader's touch above all. */
export const nextTurn = () => new Promise((done) => setTimeout(done));
