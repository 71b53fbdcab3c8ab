import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Front, Pace } from '../channel.ts';
import { BotApi } from './api.ts';
import { Intake } from './intake.ts';
import { Line } from './line.ts';
import { editor, sender } from './send.ts';
import { Hopeless, type Menu, menuSetter, type Webhook } from './setup.ts';
import { WEBHOOK_PATH, webhookRoutes } from './webhook.ts';
import { type Outgoing, write } from './write.ts';

export interface TelegramOptions {
  readonly token: string;
  /** The bot's own id: the digits before the colon of the token. */
  readonly bot: string;
  readonly mode: 'polling' | 'webhook';
  /** Needed for `webhook`. */
  readonly publicUrl?: string;
  /** Needed for `webhook`. */
  readonly webhookSecret?: string;
  readonly apiRoot: string;
  readonly menu: Menu;
  /** How long one call may take (default 10 seconds). */
  readonly callMs?: number;
  /** How long Telegram holds an empty fetch open (default 25 seconds). */
  readonly pollSeconds?: number;
  /** How long stop() waits for what is under way before it cuts it off (default 4 seconds). */
  readonly graceMs?: number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const NAME = 'telegram';
const CALL_MS = 10_000;
const POLL_SECONDS = 25;
const GRACE_MS = 4_000;
/**
 * What Telegram allows a bot: 30 messages a second over all, one a second in each chat, 20 a minute in a group.
 * Messages on the road catch up with one another, hence a little less than is allowed.
 */
const PACE: Pace = {
  burst: 2,
  everyMs: 34.5,
  within: { most: 30, ms: 1_000 },
  chatBurst: 3,
  chatEveryMs: 1_050,
  groups: { burst: 3, everyMs: 3_500 },
};

const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);

/** A Telegram bot. */
export function telegramChannel(options: TelegramOptions, front: Front): Channel<Outgoing> {
  const { bot, wait = waitFor } = options;
  const conversationOf = (chat: string) => `${NAME}:${bot}:${chat}`;
  const api = new BotApi({ ...options, callMs: options.callMs ?? CALL_MS });
  const intake = new Intake(api, front, conversationOf);
  const webhook = webhookOf(options);
  const onFailure = (cause: unknown) =>
    front.fault('a Telegram update could not be stored; it will be posted again', cause);
  const line = new Line({
    api,
    intake,
    front,
    webhook,
    wait,
    menu: options.menu,
    pollSeconds: options.pollSeconds ?? POLL_SECONDS,
  });
  return {
    name: NAME,
    bot,
    pace: PACE,
    write,
    send: sender(api, front, conversationOf),
    edit: editor(api),
    menuFor: menuSetter(api, front),
    ...(webhook && { routes: webhookRoutes(webhook.secret, intake, onFailure) }),
    async start() {
      if (options.mode === 'webhook' && !webhook)
        throw new Hopeless(
          'A Telegram webhook needs an address and a secret: set PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET, or TELEGRAM_MODE=polling.',
        );
      await line.start();
    },
    async stop() {
      const ended = new AbortController();
      const all = [line.stop(), intake.close(), api.settled()];
      const done = Promise.allSettled(all).then(() => ended.abort());
      await Promise.race([done, wait(options.graceMs ?? GRACE_MS, ended.signal)]);
      api.abortAll();
    },
    check: () => line.check(),
  };
}

function webhookOf({ mode, publicUrl, webhookSecret }: TelegramOptions): Webhook | undefined {
  if (mode !== 'webhook' || !publicUrl || !webhookSecret) return undefined;
  return { url: publicUrl.replace(/\/*$/u, WEBHOOK_PATH), secret: webhookSecret };
}
