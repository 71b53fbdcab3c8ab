import { setTimeout } from 'node:timers/promises';

/** Resolves after so many milliseconds, or as soon as the signal says that nobody waits any more. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

export const wait: Wait = (ms, signal) =>
  setTimeout(ms, undefined, { ref: false, ...(signal && { signal }) }).catch(() => undefined);
