import { createHash, timingSafeEqual } from 'node:crypto';

const WINDOW_MS = 5 * 60_000;
const KEPT_MS = 2 * WINDOW_MS;
const KEPT_MAX = 50_000;

/** What the platform signs with: the parts in order of their letters, hashed. */
export function signatureOf(parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

export interface Claim {
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
}

export type Doubt = 'unsigned' | 'forged' | 'expired' | 'replayed';

/** Lets a signed call through once, near the time that it tells. */
export class Guard {
  private readonly token: string;
  private readonly now: () => Date;
  /** Signatures that were let through, oldest first, with the time from which they are too old anyway. */
  private readonly used = new Map<string, number>();

  constructor(token: string, now: () => Date) {
    this.token = token;
    this.now = now;
  }

  /** Why a call is not let through; undefined: it is. `more`: what else its signature covers. */
  doubt({ signature, timestamp, nonce }: Claim, ...more: readonly string[]): Doubt | undefined {
    if (!signature || !timestamp || !nonce) return 'unsigned';
    const expected = Buffer.from(signatureOf([this.token, timestamp, nonce, ...more]));
    const received = Buffer.from(signature);
    if (expected.length !== received.length || !timingSafeEqual(expected, received)) return 'forged';
    const now = this.now().getTime();
    // False for a timestamp that is no number.
    const isNear = Math.abs(now - Number(timestamp) * 1000) <= WINDOW_MS;
    if (!isNear) return 'expired';
    if (this.used.has(signature)) return 'replayed';
    this.remember(signature, now);
    return undefined;
  }

  /** Takes back that a call was let through, as nothing came of it: it may come again. */
  forget(signature: string | undefined): void {
    if (signature) this.used.delete(signature);
  }

  private remember(signature: string, now: number): void {
    for (const [old, until] of this.used) {
      if (until > now && this.used.size < KEPT_MAX) break;
      this.used.delete(old);
    }
    this.used.set(signature, now + KEPT_MS);
  }
}
