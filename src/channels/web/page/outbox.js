import { sendMessage } from './api.js';
import { backoff, createPause } from './pause.js';

/** @typedef {import('./api.js').Own} Own */
/** @typedef {import('./api.js').State} State */

const ATTEMPTS = 5;

/**
 * Sends what the guest said, one at a time and in order. The id never changes, so trying again is harmless.
 * @param {{ token(): Promise<string>, renew(token: string): Promise<void> }} session
 * @param {(own: Own) => void} onChange
 */
export function createOutbox(session, onChange) {
  const pause = createPause();
  const told = createPause();
  /** @type {Own[]} */
  let queue = [];
  let running = false;

  /** @param {Own} own @param {State} state @param {string} [note] */
  function mark(own, state, note) {
    own.state = state;
    if (note) own.note = note;
    else delete own.note;
    onChange(own);
  }

  async function run() {
    if (running) return;
    running = true;
    try {
      for (let own = queue[0]; own; own = queue[0]) await deliver(own);
    } finally {
      running = false;
    }
  }

  /** @param {Own} own */
  async function deliver(own) {
    for (let failures = 0; queue[0] === own; ) {
      const token = await session.token();
      if (queue[0] !== own) return;
      mark(own, 'sending');
      const outcome = await sendMessage(token, own);
      if (queue[0] !== own) return;
      if (outcome.ok) return settle(own, 'sent');
      if (outcome.reason === 'refused') return settle(own, 'refused', outcome.text);
      if (outcome.reason === 'auth') {
        await session.renew(token);
      } else if (outcome.reason === 'later') {
        mark(own, 'later', String(outcome.seconds));
        await told.wait(outcome.seconds * 1000);
      } else {
        failures += 1;
        if (failures >= ATTEMPTS && !own.hidden) return giveUp();
        await pause.wait(backoff(failures));
      }
    }
  }

  /** @param {Own} own @param {State} state @param {string} [note] */
  function settle(own, state, note) {
    queue.shift();
    mark(own, state, note);
  }

  /** What waited behind a message that cannot leave must not overtake it. */
  function giveUp() {
    const unsent = queue.filter((own) => !own.hidden);
    queue = queue.filter((own) => own.hidden);
    for (const own of unsent) mark(own, 'failed');
  }

  return {
    /** @param {Own} own */
    push(own) {
      queue.push(own);
      mark(own, 'queued');
      void run();
    },
    /** @returns {Own[]} what will not be sent any more */
    drain() {
      const dropped = queue;
      queue = [];
      return dropped;
    },
    isIdle: () => queue.length === 0,
    wake: pause.wake,
  };
}
