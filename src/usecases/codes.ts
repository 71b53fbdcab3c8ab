import { createHash, createHmac, randomBytes } from 'node:crypto';
import { ALPHABET } from './ticket-number.ts';

/** 8 characters of an alphabet of 32: 40 random bits. */
const LENGTH = 8;

/** A code that nobody can guess in the tries they have, as people read it: `7K2M-9QXA`. */
export function newCode(): string {
  return written(randomBytes(LENGTH));
}

/** The same code for the same seed, as if it were random to whoever does not know the secret. */
export function seededCode(secret: string, seed: string): string {
  // Named for its use, so that nothing else made with the same secret is a code.
  return written(createHmac('sha256', secret).update(`claim code ${seed}`).digest().subarray(0, LENGTH));
}

function written(bytes: Uint8Array): string {
  const code = [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
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
