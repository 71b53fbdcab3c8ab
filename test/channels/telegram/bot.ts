import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Channel, Front, Inbound } from '../../../src/channels/channel.ts';
import { type TelegramOptions, telegramChannel } from '../../../src/channels/telegram/telegram.ts';
import type { Outgoing } from '../../../src/channels/telegram/write.ts';
import { KeptFiles } from '../../support/kept-files.ts';
import { TelegramApi } from '../../support/telegram-api.ts';

export const SECRET = 'webhook-secret_42';
export const NOW = new Date('2026-11-20T02:00:00Z');

/** A house that remembers what it was told. */
export class FakeFront implements Front {
  readonly batches: (readonly Inbound[])[] = [];
  readonly told: string[] = [];
  readonly faults: { readonly message: string; readonly cause: unknown }[] = [];
  readonly files = new Map<string, Uint8Array>();
  readonly kept = new KeptFiles();
  keep = this.kept.keep;
  /** Resolves with the first fault. */
  readonly faulted: Promise<void>;
  private toldFault = () => {};
  /** What accepting waits for, or fails by. */
  before: () => Promise<void> = async () => {};

  constructor() {
    this.faulted = new Promise((resolve) => {
      this.toldFault = resolve;
    });
  }

  now(): Date {
    return NOW;
  }

  async accept(messages: readonly Inbound[]): Promise<void> {
    await this.before();
    this.batches.push(messages);
  }

  async openFile({ id }: { id: string }): Promise<Uint8Array | undefined> {
    return this.files.get(id);
  }

  linkTo(): undefined {
    return undefined;
  }

  async reachable(conversation: string, yes: boolean): Promise<void> {
    this.told.push(`${conversation} ${yes ? 'reachable' : 'not reachable'}`);
  }

  async moved(from: string, to: string): Promise<boolean> {
    this.told.push(`${from} moved to ${to}`);
    return true;
  }

  fault(message: string, cause: unknown): void {
    this.faults.push({ message, cause });
    this.toldFault();
  }

  get accepted(): Inbound[] {
    return this.batches.flat();
  }

  /** Every word that a log could have shown. */
  get log(): string {
    return this.faults.map(({ message, cause }) => `${message} ${wordsOf(cause)}`).join('\n');
  }
}

/** All that an error tells, its stack and its causes included. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? '';
  return `${error.stack} ${JSON.stringify(error)} ${wordsOf(error.cause)}`;
}

export interface OpenBot {
  readonly api: TelegramApi;
  readonly front: FakeFront;
  readonly channel: Channel<Outgoing>;
  /** How long it would have waited, each time. */
  readonly waits: number[];
  close(): Promise<void>;
}

/** A bot on a Bot API of its own; it never really waits. */
export async function openBot(
  extra: Partial<TelegramOptions> = {},
  api?: TelegramApi,
  front = new FakeFront(),
): Promise<OpenBot> {
  const its = api ?? (await TelegramApi.open({ retryMs: 1 }));
  const waits: number[] = [];
  let routes: Channel['routes'];
  const site = createAdaptorServer({ fetch: (request) => routes?.fetch(request) ?? new Response(null) });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const options: TelegramOptions = {
    token: its.token,
    bot: its.token.split(':')[0] ?? '',
    mode: 'polling',
    publicUrl: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
    webhookSecret: SECRET,
    apiRoot: its.root,
    menu: MENU,
    wait: async (ms, signal) => {
      waits.push(ms);
      // What stop() waits for ends by itself.
      if (ms === GRACE_MS) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    graceMs: GRACE_MS,
    ...extra,
  };
  const channel = telegramChannel(options, front);
  routes = channel.routes;
  return {
    api: its,
    front,
    channel,
    waits,
    async close() {
      await channel.stop();
      await new Promise((resolve) => site.close(resolve));
      if (!api) await its.close();
    },
  };
}

const GRACE_MS = 4_001;

export const MENU = {
  zh: [{ command: 'agenda', description: '日程' }],
  en: [{ command: 'agenda', description: 'Agenda' }],
};
