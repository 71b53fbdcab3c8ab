import { fetchMessages } from './api.js';
import { backoff, createPause } from './pause.js';

/** @typedef {import('./api.js').Message} Message */

const WAIT = 25;
const KEEP = 500;
const STALE = 30_000;
/** A proxy that does not hold a request open must not turn the page into a busy loop. */
const LEAST_ROUND = 1500;

/**
 * Follows the conversation by long polling: first everything that there is, at once, then what is new.
 * @param {{ token(): Promise<string>, renew(token: string): Promise<void> }} session
 * @param {{ onHistory(list: Message[]): void, onMessages(list: Message[]): void,
 *   onState(state: 'online' | 'offline'): void }} events
 */
export function createFeed(session, events) {
  const pause = createPause();
  let last = 0;
  let round = 0;
  let asked = 0;
  let controller = new AbortController();

  /** @param {number} mine */
  async function follow(mine) {
    /** @type {Message[] | null} */
    let history = [];
    let wait = 0;
    for (let failures = 0; mine === round; ) {
      const token = await session.token();
      controller = new AbortController();
      asked = Date.now();
      const outcome = await fetchMessages(token, last, wait, controller.signal);
      if (mine !== round) return;
      if (outcome.ok) {
        failures = 0;
        events.onState('online');
        const fresh = messagesAfter(last, outcome.data);
        last = fresh.at(-1)?.seq ?? last;
        history = pass(history, fresh);
        if (wait > 0 && fresh.length === 0) await pause.wait(LEAST_ROUND - (Date.now() - asked));
        wait = history ? 0 : WAIT;
      } else if (outcome.reason === 'auth') {
        await session.renew(token);
      } else {
        failures += 1;
        if (failures > 1 && outcome.reason !== 'later') events.onState('offline');
        await pause.wait(outcome.seconds * 1000 || backoff(failures));
        wait = 0;
      }
    }
  }

  /** @param {Message[] | null} history @param {Message[]} fresh */
  function pass(history, fresh) {
    if (!history) {
      if (fresh.length > 0) events.onMessages(fresh);
      return null;
    }
    if (fresh.length > 0) return [...history, ...fresh].slice(-KEEP);
    events.onHistory(history);
    return null;
  }

  return {
    get last() {
      return last;
    },
    start() {
      round += 1;
      last = 0;
      controller.abort();
      void follow(round);
    },
    /** Call when the network or the page came back: a request from before may hang for long. */
    nudge() {
      if (Date.now() - asked > STALE) controller.abort();
      pause.wake();
    },
    lost() {
      events.onState('offline');
      controller.abort();
    },
  };
}

/** @param {number} last @param {unknown} data @returns {Message[]} */
function messagesAfter(last, data) {
  const { messages } = /** @type {{ messages?: Message[] }} */ (data ?? {});
  if (!Array.isArray(messages)) return [];
  return messages.filter((message) => message.seq > last).sort((a, b) => a.seq - b.seq);
}
