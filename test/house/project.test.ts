import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/usecases/codes.ts';
import { eventId } from '../../src/usecases/import-event.ts';
import { anEvent } from '../support/events.ts';
import { ENGINES, type OpenHouse, openHouse } from '../support/house.ts';
import { aCall, WRITTEN } from '../support/projects.ts';

const EVENT = eventId('office', 'fair');
const PROJECT = 'web:main:lead.1';

describe.each(ENGINES)('a project of a team, on $name,', (engine) => {
  let house: OpenHouse;
  beforeAll(async () => {
    house = await openHouse(engine);
    await house.addEvent(anEvent({ call: aCall() }));
  });
  afterAll(() => house.close());

  const write = (person: string, part: string, value: (typeof WRITTEN)[string], version = 0) =>
    house.app.verbs.writePart({
      person,
      project: PROJECT,
      event: EVENT,
      part,
      value: value ?? null,
      version,
    });

  it('loses no field of two members who write all of them at once, and begins once', async () => {
    const [first, ...rest] = Object.entries(WRITTEN);
    if (!first) throw new Error('expected parts, there are none');
    const begun = await Promise.all(Array.from({ length: 8 }, () => write('lead', ...first)));
    expect(begun.every(({ ok }) => ok)).toBe(true);
    const invited = await house.app.verbs.inviteMate({ person: 'lead', project: PROJECT });
    if (!invited.ok) throw new Error(invited.reason);
    const { code } = invited.data;
    expect(await house.app.stores.invites.byId(digestOf('claim', code))).toMatchObject({ project: PROJECT });
    const joining = { person: 'mate', code, conversation: 'web:main:mate', effect: 'web:main:mate.1' };
    expect(await house.app.verbs.joinTeam(joining)).toMatchObject({ ok: true });
    const done = await Promise.all(
      rest.map(([part, value], i) => write(i % 2 === 0 ? 'lead' : 'mate', part, value)),
    );
    expect(done.filter(({ ok }) => !ok)).toEqual([]);
    const all = await house.app.stores.projects.ofEvent(EVENT, 0, 10);
    expect(all).toHaveLength(1);
    const values = Object.entries(all[0]?.parts ?? {}).map(([part, { value }]) => [part, value]);
    expect(Object.fromEntries(values)).toEqual(WRITTEN);
  });

  it('lets one of both stand where they write the same part, and tells the other', async () => {
    const done = await Promise.all(['lead', 'mate'].map((person) => write(person, 'market', person, 1)));
    expect(done.map((one) => (one.ok ? 'ok' : one.reason)).sort()).toEqual(['changed', 'ok']);
  });
});
