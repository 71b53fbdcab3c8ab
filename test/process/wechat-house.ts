import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { startApp } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';
import { WechatWorld } from '../support/wechat-world.ts';

/** What the process is told, and what it tells. */
export type Order = { readonly say: string };
export type News = { readonly ready: true } | { readonly heard: string } | { readonly held: true };

const tell = (news: News) => void process.send?.(news);

/**
 * A house with a WeChat in the same process: one friend of the bot, who says what the parent process orders. With
 * `HOLD` nothing reaches them: the sending of each reply begins and never ends.
 */
const { HOLD, ...env } = process.env as Record<string, string>;
const world = new WechatWorld();
const friend = world.friend('ann');
if (HOLD)
  world.puppet.messageSendText = () => {
    tell({ held: true });
    return new Promise(() => {});
  };
const app = await startApp(readConfig(env), makeLog('silent'), { examples: false, puppet: world.puppet });
await app.verbs.importEvent(anEvent({ code: 'fair', startsAt: new Date('2099-01-01T00:00:00Z') }));
await world.puppet.state.stable('active');
world.login();
const listen = () =>
  void friend.next().then(() => {
    tell({ heard: friend.heard.map(({ text }) => text).join('\n\n') });
    listen();
  });
listen();
process.on('message', ({ say }: Order) => friend.say(say));
tell({ ready: true });
