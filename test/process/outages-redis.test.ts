import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Event } from '../../src/domain/event.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools, type Tools } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';
import { Guest, register } from '../support/guest.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import { chatter, OUTAGE_MS, outageLines, pause, readiness, report, until } from '../support/outages.ts';
import { type HouseProcess, startHouse } from '../support/process.ts';
import { type RedisServer, startRedis } from '../support/redis-server.ts';

const HOUR = 3_600_000;
const ONE_HOUR_BEFORE = { id: 'hour', kind: 'before', of: 'event', days: 0, minutes: 60 } as const;
const REBUILT_WITHIN_MS = 60_000;
const ANSWERED_WITHIN_MS = 2_000;

describe.runIf(process.env.TEST_REDIS_URL)('Redis goes away under load', () => {
  let dataDir: string;
  let redis: RedisServer;
  let house: HouseProcess;
  let tools: Tools;
  let env: Record<string, string>;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'luyan-outage-'));
    redis = await startRedis();
    const { MONGODB_URI } = ENGINES.at(-1)?.env() ?? {};
    env = { DATA_DIR: dataDir, LOG_LEVEL: 'info', REDIS_URL: redis.url, ...(MONGODB_URI && { MONGODB_URI }) };
    house = await startHouse(env);
    tools = await openTools(readConfig(env), makeLog('warn'));
  });
  afterEach(async () => {
    await house.kill();
    await tools.close();
    await redis.kill();
    await dropDatabase({ mongodbUri: env.MONGODB_URI });
    rmSync(dataDir, { recursive: true, force: true });
  });

  const addEvent = async (given: Partial<Omit<Event, 'id'>>) =>
    (await tools.verbs.importEvent(anEvent(given))).event;

  /** An event whose reminder falls due so many milliseconds from now. */
  const remindedIn = (ms: number, code: string) =>
    addEvent({ code, startsAt: new Date(Date.now() + HOUR + ms), reminders: [ONE_HOUR_BEFORE] });

  const guestOf = async (code: string): Promise<Guest> => {
    const guest = await Guest.arrive(house.url);
    await register(guest, code);
    return guest;
  };

  const hearing = (guest: Guest, text: string, ms: number) =>
    until(`the guest hears “${text}”`, ms, async () => {
      if (!guest.heard.some((message) => message.text.includes(text))) await guest.listen(1);
      return guest.heard.some((message) => message.text.includes(text));
    });

  it('answers all the while, says so once, and makes up for what fell due, once', {
    timeout: 180_000 + 3 * OUTAGE_MS,
  }, async () => {
    const during = await guestOf((await remindedIn(OUTAGE_MS, 'during')).code);
    const after = await guestOf((await remindedIn(2 * OUTAGE_MS + 10_000, 'after')).code);
    const moving = await addEvent({ code: 'moving' });
    const moved = await guestOf('moving');
    await addEvent({ code: 'full', capacity: 1 });
    const [seated, waiting] = [await guestOf('full'), await guestOf('full')];
    const talk = await chatter(house.url, 24);
    await until('the house is ready', 5_000, async () => (await readiness(house)).status === 200);

    const away = Date.now();
    await redis.kill();
    await until('/readyz says so', 5_000, async () => (await readiness(house)).status === 503);
    expect(await readiness(house)).toEqual({
      status: 503,
      body: { status: 'not ready', failing: ['queue'] },
    });
    await addEvent({ ...moving, place: { zh: '二号厅', en: 'hall 2' } });
    const cancelling = performance.now();
    await seated.say('cancel full yes');
    const turnMs = performance.now() - cancelling;
    await pause(away + OUTAGE_MS - Date.now());
    await redis.start();
    const back = Date.now();

    await until(
      '/readyz is ready again',
      REBUILT_WITHIN_MS,
      async () => (await readiness(house)).status === 200,
    );
    const readyMs = Date.now() - back;
    const left = () => REBUILT_WITHIN_MS - (Date.now() - back);
    await hearing(waiting, 'A seat is free', left());
    const offerMs = Date.now() - back;
    await hearing(moved, 'hall 2', left());
    await hearing(during, 'A reminder', left());
    const rebuiltMs = Date.now() - back;
    await hearing(after, 'A reminder', REBUILT_WITHIN_MS + OUTAGE_MS);
    const spoken = await talk.end();
    report('Redis ended and began empty', {
      awayMs: back - away,
      turnMs,
      readyMs,
      offerMs,
      rebuiltMs,
      turns: spoken.turns,
      slowestMs: spoken.slowestMs,
    });

    expect(spoken.failures).toEqual([]);
    expect(spoken.slowestMs).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(turnMs).toBeLessThan(ANSWERED_WITHIN_MS);
    for (const guest of [during, after])
      expect(guest.heard.filter(({ text }) => text.includes('A reminder'))).toHaveLength(1);
    expect(moved.heard.filter(({ text }) => text.includes('hall 2'))).toHaveLength(1);
    expect(outageLines(house)).toEqual([
      expect.stringMatching(/^the job queue cannot be reached/u),
      expect.stringMatching(/^the job queue is back after \d+ s$/u),
    ]);
    expect(house.output()).not.toContain(redis.password);
  });

  it('schedules everything again when Redis was emptied, and says nothing of it', {
    timeout: 120_000,
  }, async () => {
    const guest = await guestOf((await remindedIn(8_000, 'emptied')).code);
    const talk = await chatter(house.url, 24);
    await redis.empty();
    const emptied = Date.now();
    await hearing(guest, 'A reminder', REBUILT_WITHIN_MS + 8_000);
    const spoken = await talk.end();
    report('Redis emptied', { rebuiltMs: Date.now() - emptied, turns: spoken.turns });
    expect(spoken.failures).toEqual([]);
    expect(guest.heard.filter(({ text }) => text.includes('A reminder'))).toHaveLength(1);
    expect(outageLines(house)).toEqual([]);
  });

  it('ends within 5 s when it is asked to in an outage', { timeout: 60_000 }, async () => {
    await addEvent({ code: 'fair' });
    await guestOf('fair');
    await redis.kill();
    await until('/readyz says so', 5_000, async () => (await readiness(house)).status === 503);
    const asked = performance.now();
    expect(await house.stop()).toBe(0);
    const endedMs = performance.now() - asked;
    report('Redis away, asked to end', { endedMs });
    expect(endedMs).toBeLessThan(5_000);
  });
});
