import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guest } from '../support/guest.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { aRoadshow, seedDay } from '../support/roadshow-day.ts';

const JUDGES = 30;
const HOUR = 3_600_000;

describe.each(ENGINES)('thirty judges who score one project at once, on $name', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
  });
  afterAll(() => house.close());

  it('read their own scores back, and leave thirty sheets, each written once', {
    timeout: 60_000,
  }, async () => {
    const startsAt = new Date(Date.now() - HOUR);
    await house.addEvent(aRoadshow({ startsAt, endsAt: new Date(Date.now() + 8 * HOUR) }));
    const { stores } = house.app;
    const [event] = await stores.events.live();
    if (!event) throw new Error('expected an event, received none');
    const judges = await Promise.all(Array.from({ length: JUDGES }, () => house.arrive('zh')));
    await seedDay(
      stores,
      event.id,
      judges.map(({ person }) => person),
      startsAt,
    );
    const line = (i: number) => `${60 + i} 90 78 第${i + 1}位`;
    await Promise.all(judges.map((judge, i) => judge.say(line(i))));
    const echoes = ({ heard }: Guest) => heard.map(({ text }) => text.split('\n').slice(0, 2).join(' '));
    expect(judges.map(echoes)).toEqual(judges.map((_, i) => [`已记录：P01 盐碱地改良 产业化：${60 + i}`]));
    const sheets = await stores.sheets.ofTrack(event.id, 'main');
    const written = sheets.map(({ judge, scores, entries }) => [
      judge,
      scores.industrialization,
      entries.length,
    ]);
    expect(written.sort()).toEqual(judges.map(({ person }, i) => [person, 60 + i, 1]).sort());
  });
});
