import { aRoadshow, seedDay } from '../support/roadshow-day.ts';
import { serveHouse } from './house.ts';

// A house in a process of its own: it makes whoever it is told of a judge, and counts their sheets.
const app = await serveHouse();
const HOUR = 3_600_000;

async function seed(judges: readonly string[]): Promise<string> {
  const startsAt = new Date(Date.now() - HOUR);
  await app.verbs.importEvent(aRoadshow({ startsAt, endsAt: new Date(Date.now() + 8 * HOUR) }));
  const event = (await app.stores.events.live()).find(({ code }) => code === 'fair');
  if (!event) throw new Error('expected an event, received none');
  await seedDay(app.stores, event.id, judges, startsAt);
  return event.id;
}

let event = '';
process.on('message', async (asked: { judges?: readonly string[] }) => {
  if (asked.judges) {
    event = await seed(asked.judges);
    return process.send?.('seeded');
  }
  const sheets = await app.stores.sheets.ofTrack(event, 'main');
  return process.send?.(sheets.filter(({ total }) => total !== null).length);
});
