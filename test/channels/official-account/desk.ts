import type { FileRef, Front, Inbound } from '../../../src/channels/channel.ts';
import {
  type HeldToken,
  type OfficialAccount,
  type OfficialAccountOptions,
  type Outgoing,
  officialAccount,
  type TokenStore,
} from '../../../src/channels/official-account/official-account.ts';
import { KeptFiles } from '../../support/kept-files.ts';
import { OfficialAccountApi } from '../../support/official-account-api.ts';
import { Follower } from '../../support/official-account-api-follower.ts';

export const APP_ID = 'wx1234567890abcdef';
export const TOKEN = 'call-token';
export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
export const NOW = new Date('2026-11-20T10:00:00+08:00');
/** What is waited for that long is waited for by the patient alone: a reply, or the end of what is on its way. */
const LONG_MS = 4_000;

export const QR: FileRef = { kind: 'ticket-qr', id: 'r1', name: 'fair-K7Q2M9XD.png', type: 'image/png' };
export const ICS: FileRef = {
  kind: 'ticket-ics',
  id: 'r1',
  name: 'fair-K7Q2M9XD.ics',
  type: 'text/calendar',
};

/** A house that writes down what a channel tells it. */
export class FakeFront implements Front {
  readonly accepted: Inbound[] = [];
  readonly told: [conversation: string, reachable: boolean][] = [];
  readonly faults: string[] = [];
  readonly files = new Map<string, Uint8Array>([['r1', new Uint8Array([1, 2, 3])]]);
  readonly kept = new KeptFiles();
  readonly keep = this.kept.keep;
  at = NOW;
  link: string | undefined = 'https://events.example/files/s/fair-K7Q2M9XD.ics';
  isDown = false;
  /** What is done when something was accepted; the channel is told a moment later that it was. */
  onAccepted: (message: Inbound) => unknown = () => undefined;

  now = () => this.at;

  async accept(messages: readonly Inbound[]): Promise<void> {
    if (this.isDown) throw new Error('the store is down');
    this.accepted.push(...messages);
    setImmediate(() => {
      for (const message of messages) this.onAccepted(message);
    });
  }

  async openFile({ id }: Pick<FileRef, 'kind' | 'id'>): Promise<Uint8Array | undefined> {
    if (this.isDown) throw new Error('the store is down');
    return this.files.get(id);
  }

  linkTo = () => this.link;

  async reachable(conversation: string, yes: boolean): Promise<void> {
    this.told.push([conversation, yes]);
  }

  async moved(): Promise<boolean> {
    return true;
  }

  fault(message: string, cause: unknown): void {
    this.faults.push(`${message}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

export class FakeTokens implements TokenStore {
  readonly held = new Map<string, HeldToken>();
  isDown = false;

  async load(appId: string): Promise<HeldToken | undefined> {
    if (this.isDown) throw new Error('the store is down');
    return this.held.get(appId);
  }

  async save(appId: string, held: HeldToken): Promise<void> {
    if (this.isDown) throw new Error('the store is down');
    this.held.set(appId, held);
  }
}

export interface Desk {
  readonly api: OfficialAccountApi;
  readonly front: FakeFront;
  readonly tokens: FakeTokens;
  readonly channel: OfficialAccount;
  /** How long the channel has waited, and for what. */
  readonly waits: number[];
  follower(aesKey?: string, openid?: string): Follower;
  account(options?: Partial<OfficialAccountOptions>): OfficialAccount;
}

/**
 * An account on the stub of the API. Nothing is waited for: with `patient` a call stays open until it is answered,
 * without it is closed as soon as it is taken.
 */
export async function openDesk(
  options: Partial<OfficialAccountOptions> & { patient?: boolean } = {},
): Promise<Desk & AsyncDisposable> {
  const api = await OfficialAccountApi.open();
  const front = new FakeFront();
  const tokens = new FakeTokens();
  const waits: number[] = [];
  const { patient = false, ...own } = options;
  const wait = (ms: number, signal?: AbortSignal): Promise<void> => {
    waits.push(ms);
    if (ms < LONG_MS || !patient) return Promise.resolve();
    return new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));
  };
  const account = (more: Partial<OfficialAccountOptions> = {}) =>
    officialAccount(
      {
        appId: APP_ID,
        secret: OfficialAccountApi.secret,
        token: TOKEN,
        apiRoot: api.url,
        tokens,
        wait,
        ...own,
        ...more,
      },
      front,
    );
  const channel = account();
  const follower = (aesKey = own.aesKey, openid?: string) =>
    new Follower({
      api,
      url: own.path ?? '/wechat',
      fetch: (url, init) => routesOf(channel).request(url, init),
      appId: APP_ID,
      token: TOKEN,
      now: front.now,
      ...(aesKey !== undefined && { aesKey }),
      ...(openid !== undefined && { openid }),
    });
  return { api, front, tokens, channel, waits, follower, account, [Symbol.asyncDispose]: () => api.close() };
}

export function routesOf({ routes }: OfficialAccount): NonNullable<OfficialAccount['routes']> {
  if (!routes) throw new Error('expected routes, received none');
  return routes;
}

export const text = (said: string): Outgoing => ({ kind: 'text', text: said });
export const picture: Outgoing = { kind: 'image', file: QR };
export const conversationOf = (openid: string): string => `official-account:${APP_ID}:${openid}`;
