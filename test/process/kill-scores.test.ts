import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { makeLog } from '../../src/ops/log.ts';
import { openTools } from '../../src/wiring.ts';
import { freshDataDir } from '../support/data-dir.ts';
import { Guest } from '../support/guest.ts';
import { dropDatabase, ENGINES } from '../support/house.ts';
import { startHouse } from '../support/process.ts';
import { aRoadshow, seedDay } from '../support/roadshow-day.ts';

const JUDGES = 30;
const HOUR = 3_600_000;
/** Judges who have read their scores back when the house dies. */
const HEARD = 8;

const isEcho = (text: string): boolean => text.startsWith('已记录：P01');

describe.each(ENGINES)('kill -9 while thirty judges score, on $name', (engine) => {
  const dataDir = freshDataDir('luyan-scores-');
  const env = { DATA_DIR: dataDir, ...engine.env() };
  afterAll(async () => {
    await dropDatabase(readConfig(env));
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function inStore<T>(work: (tools: Awaited<ReturnType<typeof openTools>>) => Promise<T>): Promise<T> {
    const tools = await openTools(readConfig(env), makeLog('error'));
    try {
      return await work(tools);
    } finally {
      await tools.close();
    }
  }

  /** Makes the guests judges of a project on stage; the event's id. */
  const seed = (judges: readonly Guest[]) =>
    inStore(async ({ verbs, stores }) => {
      const startsAt = new Date(Date.now() - HOUR);
      await verbs.importEvent(aRoadshow({ startsAt, endsAt: new Date(Date.now() + 8 * HOUR) }));
      const [event] = await stores.events.live();
      if (!event) throw new Error('expected an event, received none');
      const people = judges.map(({ person }) => person);
      await seedDay(stores, event.id, people, startsAt);
      return event.id;
    });

  it('loses nothing that was acknowledged, and doubles nothing', { timeout: 150_000 }, async () => {
    let house = await startHouse(env);
    const judges = await Promise.all(Array.from({ length: JUDGES }, () => Guest.arrive(house.url, 'zh')));
    const event = await seed(judges);
    const body = (i: number) => ({ id: 'scores', text: `${60 + i} 90 78` });
    let heard = 0;
    let release = () => {};
    const enough = new Promise<void>((resolve) => {
      release = resolve;
    });
    const storm = judges.map(async (judge, i) => {
      await judge.post(body(i));
      await judge.listen();
      if (judge.heard.some(({ text }) => isEcho(text)) && ++heard >= HEARD) release();
    });
    const over = Promise.allSettled(storm);
    await Promise.race([enough, over]);
    await house.kill();
    await over;
    const acknowledged = judges.flatMap((judge, i) =>
      judge.heard.some(({ text }) => isEcho(text)) ? [i] : [],
    );
    expect(acknowledged.length).toBeGreaterThanOrEqual(HEARD);

    house = await startHouse(env);
    // Who has no answer sends it again, as the page does.
    const after = await Promise.all(
      judges.map(async (judge, i) => {
        const again = judge.again(house.url);
        expect((await again.post(body(i))).status).toBe(202);
        while (!again.heard.some(({ text }) => isEcho(text))) await again.listen();
        await again.listen(0);
        return again.heard.filter(({ text }) => isEcho(text)).length;
      }),
    );
    expect(await house.stop()).toBe(0);
    expect(after).toEqual(judges.map(() => 1));
    const sheets = await inStore(({ stores }) => stores.sheets.ofTrack(event, 'main'));
    const written = sheets.map(({ judge, scores, entries }) => [
      judge,
      scores.industrialization,
      entries.length,
    ]);
    expect(written.sort()).toEqual(judges.map(({ person }, i) => [person, 60 + i, 1]).sort());
  });
});
