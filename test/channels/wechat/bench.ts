import { vi } from 'vitest';
import type { Channel, Front, Inbound } from '../../../src/channels/channel.ts';
import { type Outgoing, type WechatOptions, wechatChannel } from '../../../src/channels/wechat/index.ts';
import type { Text } from '../../../src/text/text.ts';
import { KeptFiles } from '../../support/kept-files.ts';
import { memoryAliases } from '../../support/memory-aliases.ts';
import { until, Waits, WechatWorld } from '../../support/wechat-world.ts';

export const NOW = new Date('2026-11-20T10:00:00+08:00');

/** A channel on the mock puppet, before a house that only remembers what it was given. */
export class Bench {
  readonly world = new WechatWorld();
  readonly waits = new Waits();
  readonly accepted: Inbound[] = [];
  readonly faults: string[] = [];
  readonly kept = new KeptFiles();
  readonly news: Text[] = [];
  readonly printed: string[] = [];
  readonly channel: Channel<Outgoing>;
  readonly keywords = vi.fn(async (): Promise<readonly string[]> => ['fair', 'fair_s2', 'salon']);
  readonly accept = vi.fn(async (messages: readonly Inbound[]): Promise<void> => {
    this.accepted.push(...messages);
  });
  readonly aliases = memoryAliases();
  readonly moved = vi.fn<Front['moved']>(async () => true);
  readonly openFile = vi.fn(async (): Promise<Uint8Array | undefined> => new Uint8Array([1, 2, 3]));

  constructor(options: Partial<WechatOptions> = {}) {
    this.channel = wechatChannel(
      {
        puppet: this.world.puppet,
        secretPath: 's3cret',
        roomGreeting: { zh: '大家好，我是活动助手。', en: 'Hello, I am the events assistant.' },
        keywords: this.keywords,
        aliases: this.aliases,
        notifyOwners: async (text) => {
          this.news.push(text);
        },
        print: (lines) => this.printed.push(lines),
        wait: this.waits.wait,
        ...options,
      },
      {
        now: () => NOW,
        accept: this.accept,
        keep: this.kept.keep,
        openFile: this.openFile,
        linkTo: () => undefined,
        reachable: async () => {},
        moved: this.moved,
        fault: (message) => this.faults.push(message),
      },
    );
  }

  /** Started and logged in. */
  static async open(options: Partial<WechatOptions> = {}): Promise<Bench> {
    const bench = new Bench(options);
    await bench.channel.start();
    bench.world.login();
    await until(() => bench.news.some(({ en }) => en.includes('is logged in')));
    return bench;
  }

  /** What arrived, without what is the same in every message. */
  async arrived(count: number): Promise<unknown[]> {
    await until(() => this.accepted.length >= count);
    return this.accepted.map(({ input }) => input);
  }

  /** Stops the channel, however long that would take. */
  async close(): Promise<void> {
    let stopped = false;
    const stop = this.channel.stop().then(() => {
      stopped = true;
    });
    await until(() => {
      this.waits.pass();
      return stopped;
    });
    await stop;
  }

  async page(secret = 's3cret'): Promise<Response> {
    const routes = this.channel.routes;
    if (!routes) throw new Error('expected a login page, received none');
    return routes.request(`/wechat-login/${secret}`);
  }
}
