const FIRST = 1000;
const LONGEST = 30_000;

/** The random part keeps three hundred phones in one hall from coming back at the same moment. @param {number} failures */
export function backoff(failures) {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.max(0, failures - 1));
  return full * (0.75 + Math.random() / 2);
}

/** A pause that ends early when something says that it is worth trying again. */
export function createPause() {
  /** @type {Set<() => void>} */
  const sleepers = new Set();
  return {
    /** @param {number} ms @returns {Promise<void>} */
    wait(ms) {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          sleepers.delete(end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        sleepers.add(end);
      });
    },
    wake() {
      for (const end of [...sleepers]) end();
    },
  };
}
