import { createHash } from 'node:crypto';

// Crockford's base 32: no I, L, O or U, so a number can be read aloud.
export const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** The ticket number of a registration: derived, so that registering again after a crash gives the same one. */
export function ticketOf(registration: string): string {
  const digest = createHash('sha256').update(`ticket ${registration}`).digest();
  return [...digest.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % 32]).join('');
}
