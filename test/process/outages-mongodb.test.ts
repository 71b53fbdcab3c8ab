import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools, type Tools } from '../../src/wiring.ts';
import { anEvent } from '../support/events.ts';
import { type Guest, register } from '../support/guest.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import {
  OUTAGE_MS,
  outageLines,
  type Patience,
  pause,
  readiness,
  report,
  tireless,
  until,
} from '../support/outages.ts';
import { type HouseProcess, startHouse } from '../support/process.ts';
import { openProxy, type TcpProxy } from '../support/tcp-proxy.ts';

const AT_ONCE = 8;
/** Guests whose messages are acknowledged just before the outage begins. */
const POSTING = 40;
const BOUND_MS = 11_000;
const RECOVERED_WITHIN_MS = 60_000;

const OUTAGES = [
  { name: 'refuses connections', begin: (line: TcpProxy) => line.cut() },
  { name: 'falls silent', begin: (line: TcpProxy) => line.silence() },
] as const;

describe.runIf(process.env.TEST_MONGODB_URI)('MongoDB goes away under load', () => {
  let dataDir: string;
  let line: TcpProxy;
  let house: HouseProcess;
  let tools: Tools;
  let direct: Record<string, string>;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'luyan-outage-'));
    direct = { DATA_DIR: dataDir, LOG_LEVEL: 'info', ...ENGINES.at(-1)?.env() };
    const uri = new URL(direct.MONGODB_URI ?? '');
    line = await openProxy({ host: uri.hostname, port: Number(uri.port || 27017) });
    uri.host = `127.0.0.1:${line.port}`;
    // Else the driver learns the server's own address and goes around the line.
    uri.searchParams.set('directConnection', 'true');
    house = await startHouse({ ...direct, MONGODB_URI: uri.href });
    tools = await openTools(readConfig(direct), makeLog('warn'));
    await tools.verbs.importEvent(anEvent({ code: 'fair' }));
  });
  afterEach(async () => {
    await house.kill();
    await line.close();
    await tools.close();
    await dropDatabase({ mongodbUri: direct.MONGODB_URI });
    rmSync(dataDir, { recursive: true, force: true });
  });

  /** A check of another part may be late on a busy machine, so one answer alone does not tell. */
  const namesMongoAlone = () =>
    until('/readyz names MongoDB alone', 30_000, async () =>
      isDeepStrictEqual(await readiness(house), {
        status: 503,
        body: { status: 'not ready', failing: ['mongodb'] },
      }),
    );

  const isRegistered = (guest: Guest) =>
    guest.heard.some(({ text }) => text.startsWith('You are registered'));

  /** Guests who come and register one after the other, until told that it is enough. */
  const registering = (met: Patience) => {
    let enough = false;
    const guests: Guest[] = [];
    const answeredAt: number[] = [];
    const queue = async () => {
      while (!enough) {
        const guest = await tireless(house.url, 'en', met);
        guests.push(guest);
        await register(guest, 'fair');
        while (!isRegistered(guest)) await guest.listen();
        answeredAt.push(Date.now());
      }
    };
    const queues = Array.from({ length: AT_ONCE }, queue);
    // Whoever ends it hears of a failure; a test that has failed before must not fail anew by it.
    for (const one of queues) one.catch(() => undefined);
    return {
      answeredAt,
      async end() {
        enough = true;
        await Promise.all(queues);
        return guests;
      },
    };
  };

  it.each(OUTAGES)(
    'refuses what it cannot keep, and does what it acknowledged once, when it $name',
    {
      timeout: 180_000 + 3 * OUTAGE_MS,
    },
    async ({ name, begin }) => {
      const met: Patience = { refusals: [], slowestMs: 0 };
      const [zh, en] = [await tireless(house.url, 'zh', met), await tireless(house.url, 'en', met)];
      const load = registering(met);
      await until('a guest is registered', 60_000, async () => load.answeredAt.length > 0);

      const posting = await Promise.all(
        Array.from({ length: POSTING }, () => tireless(house.url, 'en', met)),
      );
      const posted = posting.map((guest) => guest.post({ id: guest.nextId(), text: 'help' }));
      expect((await Promise.all(posted)).map(({ status }) => status)).toEqual(posting.map(() => 202));
      const away = Date.now();
      await begin(line);
      const asked = Promise.all([zh.say('帮助'), en.say('help')]);
      await namesMongoAlone();
      await pause(away + Math.max(OUTAGE_MS, BOUND_MS) - Date.now());
      await line.mend();
      const back = Date.now();
      await until(
        '/readyz is ready again',
        RECOVERED_WITHIN_MS,
        async () => (await readiness(house)).status === 200,
      );
      const readyMs = Date.now() - back;
      await asked;
      const answeredMs = Date.now() - back;
      await Promise.all(posting.map((guest) => guest.listen()));
      const madeUpMs = Date.now() - back;
      const guests = await load.end();
      const allMs = Date.now() - back;
      report(`MongoDB ${name}`, {
        awayMs: back - away,
        readyMs,
        answeredMs,
        madeUpMs,
        allMs,
        guests: guests.length,
        refusals: met.refusals.length,
        slowestMs: met.slowestMs,
      });

      expect(allMs).toBeLessThan(RECOVERED_WITHIN_MS);
      expect(met.slowestMs).toBeLessThan(BOUND_MS);
      expect(met.refusals.join()).toContain('这条消息没有收下，请稍后再发');
      expect(met.refusals.join()).toContain('this message was not taken. Please try again shortly');
      for (const guest of [zh, en, ...posting]) expect(guest.heard).toHaveLength(1);
      const stored = await tools.stores.registrations.byPerson(guests.map(({ person }) => person));
      expect(stored.map(({ history }) => history.map(({ what }) => what))).toEqual(
        guests.map(() => ['registered']),
      );
      for (const { heard } of guests) {
        expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, i) => i + 1));
        expect(heard.filter(({ text }) => text.startsWith('You are registered'))).toHaveLength(1);
        const questions = heard.flatMap(({ question }) => question ?? []);
        expect(questions).toEqual([...new Set(questions)]);
      }
      expect(outageLines(house)).toEqual([
        expect.stringMatching(/^MongoDB cannot be reached/u),
        expect.stringMatching(/^MongoDB is back after \d+ s$/u),
      ]);
    },
  );

  it('ends within 5 s when it is asked to in an outage', { timeout: 60_000 }, async () => {
    const load = registering({ refusals: [], slowestMs: 0 });
    await until('a guest is registered', 60_000, async () => load.answeredAt.length > 0);
    await line.cut();
    await namesMongoAlone();
    const asked = performance.now();
    const ended = load.end().catch(() => undefined);
    const code = await house.stop();
    const endedMs = performance.now() - asked;
    report('MongoDB away, asked to end', { endedMs });
    await ended;
    expect(outageLines(house)).toEqual([expect.stringMatching(/^MongoDB cannot be reached/u)]);
    expect(code).toBe(0);
    expect(endedMs).toBeLessThan(5_000);
  });
});
