import { Redis } from 'ioredis';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Delivery } from '../../src/domain/delivery.ts';
import { MINUTE } from '../../src/domain/time.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools, type Tools } from '../../src/wiring.ts';
import { seedCrowd } from '../support/crowd.ts';
import { anEvent } from '../support/events.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import { pause, until } from '../support/outages.ts';
import { FAST_WORKER, startWorker, type WorkerProcess } from '../support/process.ts';
import { rowsOf } from '../support/rows.ts';
import { openProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { TelegramApi } from '../support/telegram-api.ts';
import { FAIR } from '../usecases/house.ts';

const RECIPIENTS = Number(process.env.CHAOS_RECIPIENTS ?? 1_500);
const KILLS = Number(process.env.CHAOS_KILLS ?? 3);
/** The slower, the fewer rows a dead worker holds; the last one makes up for it. */
const PACE_MS = '10';
const AWAY_MS = 1_000;
const PATIENCE_MS = 60_000 + RECIPIENTS * 20;
const TEXT = '请走东门。';

const { TEST_MONGODB_URI, TEST_REDIS_URL } = process.env;

describe.skipIf(!TEST_MONGODB_URI || !TEST_REDIS_URL)('a notice whose workers are killed', () => {
  const direct: Record<string, string> = { ...ENGINES.at(-1)?.env(), SECRET_KEY: crypto.randomUUID() };
  const prefix = new URL(readConfig(direct).mongodbUri ?? 'mongodb://none/none').pathname.slice(1);
  const redis = new Redis(TEST_REDIS_URL ?? '', { lazyConnect: true });
  const started: WorkerProcess[] = [];
  let api: TelegramApi;
  let line: TcpProxy;
  let tools: Tools;
  let env: Record<string, string>;
  /** Rows that were being sent when something happened to who sent them: no others may be unknown. */
  let inFlight = 0;
  let firstChat = 0;
  const began = performance.now();

  const emptyQueues = async () => {
    const keys = await redis.keys(`${prefix}:*`);
    if (keys.length > 0) await redis.del(keys);
  };
  const countInFlight = async () => {
    const tally = await tools.stores.deliveries.tally('form');
    inFlight += tally.find(({ state }) => state === 'sending')?.count ?? 0;
  };
  const startOne = async (paceMs = PACE_MS) => {
    const worker = await startWorker({ ...env, PACE_MS: paceMs }, FAST_WORKER);
    started.push(worker);
    return worker;
  };
  const arrived = () => api.calls.length;
  /** Waits until some more have arrived: at random, so many in the mean that half are left after every kill. */
  const someArrive = async () => {
    const wanted = arrived() + Math.ceil((Math.random() * RECIPIENTS) / KILLS / 2);
    await until('more messages arrive', PATIENCE_MS, async () => arrived() >= wanted);
  };

  beforeAll(async () => {
    api = await TelegramApi.open();
    const { hostname, port } = new URL(TEST_MONGODB_URI ?? '');
    line = await openProxy({ host: hostname, port: Number(port) });
    const proxied = new URL(direct.MONGODB_URI ?? '');
    proxied.port = String(line.port);
    const bot = String(api.user.id);
    const telegram = {
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_MODE: 'webhook',
      TELEGRAM_WEBHOOK_SECRET: 'webhook-secret_42',
      PUBLIC_URL: 'http://127.0.0.1',
    };
    env = { ...direct, ...telegram, MONGODB_URI: proxied.href };
    tools = await openTools(readConfig(direct), makeLog('error'));
    await tools.verbs.importEvent(anEvent());
    firstChat = api.person().id;
    for (let i = 1; i < RECIPIENTS; i++) api.person();
    const connection = await mongoose.createConnection(direct.MONGODB_URI ?? '').asPromise();
    await seedCrowd(connection, { event: FAIR, bot, count: RECIPIENTS, firstChat });
    await connection.close();
    await announce();
  }, PATIENCE_MS);

  afterAll(async () => {
    await Promise.all(started.map((one) => one.kill()));
    await emptyQueues();
    redis.disconnect();
    await tools.close();
    await line.close();
    await api.close();
    await dropDatabase({ mongodbUri: direct.MONGODB_URI });
  });

  async function announce(): Promise<void> {
    const author = { person: 'author', conversation: 'web:main:author' };
    const grant = {
      id: 'g',
      role: 'owner',
      office: null,
      event: null,
      part: null,
      note: null,
      by: null,
      ended: null,
    } as const;
    await tools.stores.grants.add({ ...grant, person: author.person, at: new Date() });
    const written = await tools.verbs.writeNotice({
      id: 'form',
      ...author,
      edits: null,
      event: FAIR,
      audience: { source: { kind: 'event', event: FAIR }, where: { all: [] } },
      text: { zh: TEXT, en: TEXT },
      file: null,
      buttons: [],
      link: null,
      critical: true,
      without: [],
      startsAt: null,
    });
    expect(written).toMatchObject({ ok: true, data: { reach: RECIPIENTS } });
    const confirmed = await tools.verbs.confirmNotice({ ...author, number: 1, counted: RECIPIENTS });
    expect(confirmed).toMatchObject({ ok: true });
  }

  /** Kills a worker at a random moment, and starts another one. */
  async function kill(workers: WorkerProcess[], nth: number): Promise<void> {
    await someArrive();
    const victim = nth % workers.length;
    await workers[victim]?.kill();
    await countInFlight();
    workers[victim] = await startOne();
  }

  async function cutMongodb(): Promise<void> {
    await line.cut();
    await countInFlight();
    await pause(AWAY_MS);
    await line.mend();
  }

  /** What the dead held is given up by a clock that is ahead by more than their lease, while nobody sends. */
  async function giveUpTheDead(workers: readonly WorkerProcess[]): Promise<void> {
    await until('only what the dead hold is left', PATIENCE_MS, async () => {
      const tally = await tools.stores.deliveries.tally('form');
      return tally.every(({ state }) => state !== 'pending' && state !== 'retry_wait');
    });
    expect(await Promise.all(workers.map((one) => one.stop()))).toEqual(workers.map(() => 0));
    while (
      Object.values(await tools.stores.deliveries.recover(new Date(Date.now() + 2 * MINUTE))).some(
        (count) => count > 0,
      )
    );
  }

  const nowhereTwice = (rows: readonly Delivery[]) =>
    rows.map(({ person, state }) => {
      const texts = api.shownIn(person.slice(1)).filter(({ text }) => text === TEXT).length;
      return state === 'sent' ? texts === 1 : state === 'unknown' && texts <= 1;
    });

  it('reaches each reader once at most, and leaves each with one end', { timeout: PATIENCE_MS }, async () => {
    const workers = await Promise.all([startOne(), startOne()]);
    for (let nth = 0; nth < KILLS; nth++) {
      await kill(workers, nth);
      if (nth === Math.floor(KILLS / 3)) await emptyQueues();
      if (nth === Math.floor((KILLS * 2) / 3)) await cutMongodb();
    }
    await giveUpTheDead(workers);
    await startOne('0');
    await until('the notice is done', PATIENCE_MS, async () => {
      return (await tools.stores.notices.byNumber(1))?.state === 'done';
    });

    const rows = (await rowsOf({ env: direct }, 'deliveries', { notice: 'form' })) as unknown as Delivery[];
    const unknown = rows.filter(({ state }) => state === 'unknown').length;
    const seconds = (performance.now() - began) / 1_000;
    const figures = `${RECIPIENTS} readers, ${KILLS} kills, ${unknown} unknown of ${inFlight} in flight`;
    process.stderr.write(`chaos: ${figures}, ${seconds.toFixed(1)} s\n`);
    expect(rows).toHaveLength(RECIPIENTS);
    expect(nowhereTwice(rows).filter((isRight) => !isRight)).toEqual([]);
    expect(Math.max(...api.counts.values())).toBe(1);
    expect(unknown).toBeLessThanOrEqual(inFlight);
    const reports = await rowsOf({ env: direct }, 'deliveries', { person: 'author' });
    expect(reports.filter(({ _id }) => String(_id).startsWith('progress/form/end'))).toHaveLength(1);
  });
});
