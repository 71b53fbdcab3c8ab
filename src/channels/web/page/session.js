import { createSession as requestSession } from './api.js';
import { language } from './i18n.js';
import { backoff, createPause } from './pause.js';
import { forget, read, write } from './storage.js';

/**
 * The guest's token: made when there is none, remade when the server no longer knows it.
 * @param {{ onTrouble(text: string): void, onRenewed(): void }} events
 */
export function createSession(events) {
  const pause = createPause();
  let current = read('token');
  /** @type {Promise<string> | null} */
  let making = null;
  /** @type {Promise<void> | null} */
  let renewing = null;

  async function make() {
    for (let failures = 1; ; failures++) {
      const lang = language();
      const outcome = await requestSession(lang);
      const token = outcome.ok ? tokenOf(outcome.data) : null;
      if (token) {
        write('token', token);
        write('told', lang);
        forget('started');
        return token;
      }
      const trouble = outcome.ok ? { text: '', seconds: 0 } : outcome;
      events.onTrouble(trouble.text);
      await pause.wait(trouble.seconds * 1000 || backoff(failures));
    }
  }

  async function ensure() {
    making ??= make();
    current = await making;
    making = null;
    return current;
  }

  /** Another tab of the same guest may have renewed it already. @param {string} refused */
  async function replace(refused) {
    const stored = read('token');
    current = stored && stored !== refused ? stored : null;
    if (!current) {
      forget('token');
      forget('own');
      await ensure();
    }
    events.onRenewed();
  }

  return {
    async token() {
      if (renewing) await renewing;
      return current ?? ensure();
    },
    /** @param {string} refused */
    async renew(refused) {
      if (current !== refused) return renewing ?? undefined;
      renewing ??= replace(refused).finally(() => {
        renewing = null;
      });
      return renewing;
    },
    wake: pause.wake,
  };
}

/** @param {unknown} data */
function tokenOf(data) {
  const { token } = /** @type {{ token?: unknown }} */ (data ?? {});
  return typeof token === 'string' && token ? token : null;
}
