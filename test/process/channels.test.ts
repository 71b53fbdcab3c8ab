import { type ChildProcess, fork } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { printEventFile } from '../../src/documents/event-file.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools } from '../../src/wiring.ts';
import type { ChannelGuest } from '../contract/channels/chat.ts';
import { telegram } from '../contract/channels/drivers/telegram.ts';
import { hears } from '../contract/channels/talking.ts';
import { PLAIN, Platforms } from '../support/channel-house.ts';
import { freshDataDir } from '../support/data-dir.ts';
import { anEvent } from '../support/events.ts';
import { freePort } from '../support/free-port.ts';
import { Follower } from '../support/official-account-api-follower.ts';
import { type HouseProcess, runCommand, startHouse } from '../support/process.ts';
import { rowsOf } from '../support/rows.ts';
import { heardOf } from '../transcripts/official-account-replay.ts';
import type { News, Order } from './wechat-house.ts';

const PATIENCE = { timeout: 60_000, interval: 10 };

/** The registration, what is asked next, and whether the house is killed before it can say so. */
const STEPS = [
  ['register fair', 'Please choose your language', false],
  ['2', 'What is your name?', false],
  ['Ann', 'Which organization', true],
  ['Office', 'In which role', false],
  ['1', 'how your data is used', false],
  ['1', 'Please check your registration', false],
  ['1', /Ticket: \w{8}/u, true],
  ['mine', 'Your registration:', false],
] as const;

/** Somebody on a channel whose platform can hold up the answer to what they say. */
interface Held extends Pick<ChannelGuest, 'says' | 'heard' | 'account'> {
  /** Says something; resolves when the house has it and its answer has not left. */
  saysInVain(text: string): Promise<void>;
  /** The platform lets answers through. */
  relent(): void;
  /** The platform goes on with a house that is up again. */
  goOn(): Promise<unknown>;
}

/** Telegram refuses to take the answer for now. */
async function inTelegram(platforms: Platforms): Promise<Held> {
  const { telegram: api } = platforms;
  const guest = await telegram.open({ platforms }).guest();
  return {
    ...guest,
    async saysInVain(text) {
      const plan = { method: 'sendMessage', chat: guest.account.id, times: 100 };
      api.fail({ is: 'refused', code: 429, parameters: { retry_after: 30 } }, plan);
      const calls = api.calls.length;
      await guest.says(text);
      await api.until(() => api.calls.slice(calls).includes('sendMessage'));
    },
    relent: () => api.healFaults(),
    goOn: async () => {},
  };
}

/** An official account answers in the call itself: the house is killed as soon as the message is stored. */
function inOfficialAccount({ official }: Platforms, env: Record<string, string>): Held {
  const { path, ...account } = PLAIN;
  const openid = `oGuest_${crypto.randomUUID()}`;
  const url = `http://127.0.0.1:${env.PORT}${path}`;
  const follower = new Follower({ api: official, url, now: () => new Date(), openid, ...account });
  const conversation = `official-account:${PLAIN.appId}:${openid}`;
  let said = 0;
  let open: (() => Promise<unknown>) | undefined;
  const postOf = (text: string) => {
    const message = follower.message('text', { Content: text, MsgId: 25_000_000_000_000 + ++said });
    return () => follower.post(follower.call(message));
  };
  const stored = async () => (await rowsOf({ env }, 'inbox', { conversation })).length;
  return {
    account: { channel: 'official-account', bot: PLAIN.appId, id: openid },
    heard: async () => heardOf(follower.chat),
    says: async (text) => void (await postOf(text)()),
    async saysInVain(text) {
      const before = await stored();
      const post = postOf(text);
      open = post;
      const done = () => {
        open = undefined;
      };
      // It is cut off, unless the house was faster than the kill.
      void post().then(done, () => {});
      await vi.waitUntil(async () => (await stored()) > before, PATIENCE);
    },
    relent: () => {},
    // The platform makes a call that was cut off again.
    goOn: async () => open?.(),
  };
}

describe.concurrent.each(['polling', 'webhook'] as const)(
  'with Telegram by %s and an official account',
  (mode) => {
    const dataDir = freshDataDir('luyan-kill-');
    let platforms: Platforms;
    let env: Record<string, string>;
    let house: HouseProcess;
    beforeAll(async () => {
      platforms = await Platforms.open();
      const port = { PORT: String(await freePort()) };
      const channel = mode === 'webhook' ? await platforms.webhook() : { ...port, ...platforms.polling() };
      env = { ...channel, ...platforms.accounts(), DATA_DIR: dataDir };
      const file = join(dataDir, 'fair.yaml');
      writeFileSync(file, printEventFile(anEvent({ code: 'fair', kinds: ['guest', 'team'] })));
      expect((await runCommand(['event', 'import', file], { DATA_DIR: dataDir })).output).toContain(
        'created',
      );
      house = await startHouse(env);
    }, 60_000);
    afterAll(async () => {
      await house.kill();
      await platforms.close();
      rmSync(dataDir, { recursive: true, force: true });
    });

    it('answers after a kill -9 between the inbox and the reply, and registers once', {
      timeout: 120_000,
    }, async () => {
      const guests = [await inTelegram(platforms), inOfficialAccount(platforms, env)];
      for (const [text, asked, isKilled] of STEPS) {
        const heard = await Promise.all(guests.map(async (one) => (await one.heard()).length));
        await Promise.all(guests.map((one) => (isKilled ? one.saysInVain(text) : one.says(text))));
        if (isKilled) {
          await house.kill();
          for (const one of guests) one.relent();
          house = await startHouse(env);
          await Promise.all(guests.map((one) => one.goOn()));
        }
        const since = (one: Held, i: number) => async () => (await one.heard()).slice(heard[i]);
        await Promise.all(guests.map((one, i) => hears({ heard: since(one, i) }, asked)));
      }
      // What Telegram had refused it got once.
      const texts = ((await guests[0]?.heard()) ?? []).map(({ text }) => text);
      expect(texts.filter((text) => text.startsWith('You are registered'))).toHaveLength(1);
      expect(await house.stop()).toBe(0);
      const done = [['registered']];
      expect(await historiesOf(env, guests)).toEqual(guests.map(() => done));
    });
  },
);

/** Everything that was done to the registrations of some people, in a house that is closed. */
async function historiesOf(env: Record<string, string>, guests: readonly Held[]): Promise<string[][][]> {
  const { stores, close } = await openTools(readConfig(env), makeLog('error'));
  const histories: string[][][] = [];
  for (const { account } of guests) {
    const [person] = await stores.people.byAccount([account]);
    const stored = await stores.registrations.byPerson([person?.id ?? '']);
    histories.push(stored.map(({ history }) => history.map(({ what }) => what)));
  }
  await close();
  return histories;
}

describe.concurrent('with WeChat', () => {
  const dataDir = freshDataDir('luyan-kill-');
  const children: ChildProcess[] = [];
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** The puppet is a mock, so WeChat lives in the process of the house. */
  const start = (more: Record<string, string> = {}) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '0', ...more };
    const child = fork(join(import.meta.dirname, 'wechat-house.ts'), [], {
      execArgv: ['--import', 'tsx'],
      env: { ...env, WECHATY_PUPPET: 'wechaty-puppet-mock' },
      stdio: 'ignore',
    });
    children.push(child);
    const news: News[] = [];
    child.on('message', (one: News) => news.push(one));
    return {
      told: (is: (one: News) => boolean) => vi.waitUntil(() => news.some(is), PATIENCE),
      say: (text: string) => void child.send({ say: text } satisfies Order),
      async kill() {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
      },
    };
  };

  it('answers after a kill -9 between the inbox and the reply', { timeout: 120_000 }, async () => {
    const held = start({ HOLD: 'yes' });
    await held.told((news) => 'ready' in news);
    held.say('register nowhere');
    await held.told((news) => 'held' in news);
    await held.kill();
    const again = start();
    await again.told((news) => 'heard' in news && news.heard.includes('nowhere'));
    await again.kill();
  });
});
