import { MINUTE } from '../domain/time.ts';
import { type Clock, type Links, type Result, refused } from './ports.ts';

/** Wrong codes from one conversation within `TRY_WINDOW`, of links and of tickets together. */
const TRIES = 5;
const TRY_WINDOW = 10 * MINUTE;

export interface Trying {
  /** Where the code was sent: wrong ones are counted by it. */
  readonly conversation: string;
  /** The same effect again is the same try. */
  readonly effect: string;
}

/** Counts a try before its code is looked at, so that any number at once are no more tries. Refused: too many. */
export async function countTry(
  { links, clock }: { readonly links: Links; readonly clock: Clock },
  { conversation, effect }: Trying,
): Promise<Result<null, 'too-many-tries'>> {
  const now = clock.now();
  const until = new Date(now.getTime() + TRY_WINDOW);
  const tries = await links.countTry(conversation, effect, { now, until, limit: TRIES });
  if (tries.place <= TRIES) return { ok: true, data: null };
  const left = Math.ceil((tries.until.getTime() - now.getTime()) / MINUTE);
  return refused('too-many-tries', { minutes: Math.max(1, left) });
}
