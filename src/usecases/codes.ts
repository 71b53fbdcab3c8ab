import { createHash, randomBytes } from 'node:crypto';
import { MINUTE } from '../domain/time.ts';
import type { Clock, Links } from './ports.ts';
import { ALPHABET } from './ticket-number.ts';

/** 8 characters of an alphabet of 32: 40 random bits. */
const LENGTH = 8;
/** Wrong codes from one conversation within a window; codes of every kind count together. */
const TRIES = 5;
const WINDOW = 10 * MINUTE;

/** A code that nobody can guess in the tries they have, as people read it: `7K2M-9QXA`. */
export function newCode(): string {
  const code = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a code is stored under, however it was typed: case, spaces and look-alikes are forgiven. */
export function digestOf(purpose: 'link' | 'claim', code: string): string {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/gu, '');
  const read = plain.replace(/O/gu, '0').replace(/[IL]/gu, '1');
  return createHash('sha256').update(`${purpose} ${read}`).digest('base64url');
}

/**
 * Counts a try of a code before it is looked at: any number at once are no more tries. Returns the minutes until
 * the next one is allowed; undefined: this one is.
 */
export async function countTry(
  { clock, links }: { readonly clock: Clock; readonly links: Links },
  conversation: string,
  effect: string,
): Promise<number | undefined> {
  const now = clock.now();
  const until = new Date(now.getTime() + WINDOW);
  const tries = await links.countTry(conversation, effect, { now, until, limit: TRIES });
  if (tries.place <= TRIES) return undefined;
  return Math.max(1, Math.ceil((tries.until.getTime() - now.getTime()) / MINUTE));
}
