import { z } from 'zod';
import type { Answer, Api, Failure } from './api.ts';

/** An access token and when it ends. */
export interface HeldToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Where processes share the access token of an account. */
export interface TokenStore {
  load(appId: string): Promise<HeldToken | undefined>;
  save(appId: string, held: HeldToken): Promise<void>;
}

const EARLY_MS = 5 * 60_000;
/** The platform makes a new token by force no more often, and only twenty times a day. */
const FORCE_EVERY_MS = 30_000;
/** The token is not, or no longer, valid. */
const STALE: ReadonlySet<number> = new Set([40001, 40014, 42001]);

const grantedSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export interface TokenParts {
  readonly appId: string;
  readonly secret: string;
  readonly api: Api;
  readonly store: TokenStore;
  now(): Date;
  fault(message: string, cause: unknown): void;
}

/** The access token of one account: fetched once while it lasts, whoever needs it. */
export class AccessToken {
  private readonly parts: TokenParts;
  private held: HeldToken | undefined;
  private fetching: Promise<string | Failure> | undefined;
  private forcedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: TokenParts) {
    this.parts = parts;
  }

  get(): Promise<string | Failure> {
    return this.isGood(this.held) ? Promise.resolve(this.held.token) : this.once(() => this.shared());
  }

  /** Calls with the token. A call that is told its token is stale did not happen: it is made again with a new one. */
  async use<A extends { readonly kind: string } = never>(
    call: (token: string) => Promise<Answer | A>,
  ): Promise<Answer | A> {
    const token = await this.get();
    if (typeof token !== 'string') return unsent(token);
    const answer = await call(token);
    if (!isStale(answer)) return answer;
    const renewed = await this.renew(token);
    if (typeof renewed !== 'string') return unsent(renewed);
    const again = await call(renewed);
    return isStale(again) ? unsent(again) : again;
  }

  private renew(stale: string): Promise<string | Failure> {
    if (this.isGood(this.held) && this.held.token !== stale) return Promise.resolve(this.held.token);
    this.held = undefined;
    return this.once(() => this.shared(stale));
  }

  private once(fetch: () => Promise<string | Failure>): Promise<string | Failure> {
    this.fetching ??= fetch().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  /** What another process has fetched, or a new one. */
  private async shared(stale?: string): Promise<string | Failure> {
    const { appId, store, fault } = this.parts;
    const known = await store.load(appId).catch((cause: unknown) => {
      fault('the shared access token could not be read', cause);
      return undefined;
    });
    if (!this.isGood(known) || known.token === stale) return this.fetch(stale !== undefined);
    this.held = known;
    return known.token;
  }

  private async fetch(renew: boolean): Promise<string | Failure> {
    const { appId, secret, api, store, fault } = this.parts;
    const now = this.parts.now().getTime();
    const force = renew && now - this.forcedAt >= FORCE_EVERY_MS;
    if (force) this.forcedAt = now;
    const answer = await api.post('/cgi-bin/stable_token', {
      grant_type: 'client_credential',
      appid: appId,
      secret,
      force_refresh: force,
    });
    if (answer.kind !== 'done') return answer;
    const granted = grantedSchema.safeParse(answer.data);
    if (!granted.success) return { kind: 'unsure', cause: 'an answer without a token' };
    const { access_token: token, expires_in } = granted.data;
    this.held = { token, expiresAt: new Date(now + expires_in * 1000) };
    await store.save(appId, this.held).catch((cause: unknown) => {
      fault('the access token could not be shared', cause);
    });
    return token;
  }

  private isGood(held: HeldToken | undefined): held is HeldToken {
    return held !== undefined && held.expiresAt.getTime() - EARLY_MS > this.parts.now().getTime();
  }
}

const isStale = (answer: { readonly kind: string }): answer is Extract<Answer, { kind: 'error' }> =>
  answer.kind === 'error' && 'code' in answer && STALE.has(Number(answer.code));

/** Without a token nothing has left. */
function unsent(failure: Failure): Failure {
  if (failure.kind !== 'error') return { kind: 'unsent', cause: `access token: ${failure.cause}` };
  return { kind: 'unsent', cause: `access token: errcode ${failure.code}`, code: failure.code };
}
