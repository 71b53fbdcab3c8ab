import type { Setting, Traits } from './chat.ts';

/** One behaviour that every channel promises in a real house. It throws where that does not hold. */
export interface Case {
  readonly name: string;
  readonly run: (setting: Setting) => Promise<void>;
  /** Whether a channel can come into this situation at all (default yes). */
  readonly concerns: (traits: Traits) => boolean;
}

/** Cases from their sentences. */
export function cases(
  promises: Readonly<Record<string, Case['run']>>,
  concerns: Case['concerns'] = () => true,
): readonly Case[] {
  return Object.entries(promises).map(([name, run]) => ({ name, run, concerns }));
}
