import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after so long, or at once when the signal aborts. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits on the real clock, without keeping the process alive for it. */
export const realWait: Wait = (ms, signal) =>
  sleep(ms, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});

/** The wait before the next attempt: doubles each time, up to a limit. */
export const backoff = (attempt: number, firstMs: number, mostMs: number): number =>
  Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30));

export const LATE: unique symbol = Symbol('late');

/** What a task resolves with, or LATE when it takes longer. A rejection that comes too late is nobody's. */
export async function within<T>(ms: number, wait: Wait, task: Promise<T>): Promise<T | typeof LATE> {
  const done = new AbortController();
  task.catch(() => {});
  try {
    return await Promise.race([task, wait(ms, done.signal).then((): typeof LATE => LATE)]);
  } finally {
    done.abort();
  }
}
