import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { TelegramApi } from '../support/telegram-api.ts';
import { OVER_ALL } from '../support/telegram-api-limits.ts';
import type { TelegramPerson } from '../support/telegram-api-person.ts';
import { BOT } from './bot.ts';
import { type Contestant, canRun, run } from './contestant.ts';
import { print } from './print.ts';

const GUESTS = 8;
/** A guest writes this often, give or take half of it. */
const SPEAKS_EVERY_MS = 2_000;
const FIRST_CHAT = 100_000;

interface Sent {
  /** Messages that were taken, as a share of what Telegram allows in that time. */
  readonly share: number;
  readonly refusedPerCall: number;
  /** Replies to chatting guests, in milliseconds. */
  readonly idleP95: number;
  readonly p95: number;
  readonly replies: number;
}

const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);

const ENGINES: readonly Pick<Contestant<Sent>, 'name' | 'on'>[] = [
  { name: 'Luyan, embedded', on: 'itself' },
  { name: 'Luyan, MongoDB + Redis', on: 'MongoDB and Redis' },
];

/** Measures how well the house keeps to Telegram's limits while it sends a notice, and prints it. */
export async function benchLimits(): Promise<void> {
  const sent: (readonly [string, Sent])[] = [];
  for (const engine of ENGINES) {
    const api = await TelegramApi.open({ token: BOT.TELEGRAM_BOT_TOKEN, limits: true });
    const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
    const measured = (_: string, server: ChildProcess) => measure(api, server, SECONDS * 1_000);
    const one: Contestant<Sent> = { ...engine, file: 'limits-house.ts', env, measure: measured };
    try {
      if (canRun(one)) sent.push([one.name, await run(one)]);
    } finally {
      await api.close();
    }
  }
  print([
    ["Notices at Telegram's limits", 'of the limit', '429 per call', 'p95 ms', 'p95 idle ms', 'p95 / idle'],
    ...sent.map(([name, { share, refusedPerCall, p95: busy, idleP95 }]) => [
      name,
      share.toFixed(3),
      refusedPerCall.toFixed(4),
      busy.toFixed(1),
      idleP95.toFixed(1),
      (busy / idleP95).toFixed(2),
    ]),
  ]);
}

/** Sends a notice to more chats than can be reached in that time, while guests chat, at a Bot API that holds its limits. */
async function measure(api: TelegramApi, server: ChildProcess, ms: number): Promise<Sent> {
  const guests = Array.from({ length: GUESTS }, () => api.person('en'));
  // The first words of a guest take longer: the bot meets a person.
  await chat(api, guests, 2 * SPEAKS_EVERY_MS);
  const idle = await chat(api, guests, ms);
  const readers = Array.from({ length: Math.ceil((ms / 1_000 + 10) * OVER_ALL) }, (_, i) =>
    api.person('en', FIRST_CHAT + i),
  );
  server.send({ chats: readers.map((one) => one.chat) });
  await api.until(() => readers.some(({ seen }) => seen.length > 0));
  const before = takenBy(api);
  const from = performance.now();
  const during = await chat(api, guests, ms);
  const after = takenBy(api);
  const seconds = (performance.now() - from) / 1_000;
  const calls = after.calls - before.calls;
  const refused = after.refused - before.refused;
  return {
    share: (calls - refused) / (OVER_ALL * seconds),
    refusedPerCall: refused / calls,
    idleP95: p95(idle),
    p95: p95(during),
    replies: during.length,
  };
}

function takenBy({ limits }: TelegramApi): { calls: number; refused: number } {
  if (!limits) throw new Error('expected a Bot API with limits, received one without');
  return { calls: limits.calls, refused: limits.refused };
}

/** Lets guests chat for so long; how long each waited for an answer. */
async function chat(api: TelegramApi, guests: readonly TelegramPerson[], ms: number): Promise<number[]> {
  const until = performance.now() + ms;
  const waits: number[] = [];
  const talk = async (guest: TelegramPerson) => {
    for (;;) {
      await sleep(SPEAKS_EVERY_MS * (0.5 + Math.random()));
      if (performance.now() > until) return;
      const from = performance.now();
      const seen = guest.seen.length;
      guest.says('help');
      await api.until(() => guest.seen.length > seen);
      waits.push(performance.now() - from);
    }
  };
  await Promise.all(guests.map(talk));
  return waits;
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
