import { expect } from 'vitest';
import type { Event } from '../../../../src/domain/event.ts';
import type { Events } from '../../../../src/usecases/ports.ts';
import { anEvent } from '../../../support/events.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

function event(id: string, given: Partial<Event> = {}): Event {
  return { ...anEvent({ startsAt: at(0), code: id, ...given }), id };
}

const RICH: Partial<Event> = {
  title: { zh: HARD_TEXT, en: HARD_TEXT },
  description: null,
  registrationOpensAt: at(-3600),
  capacity: 0,
  offerHours: 0.5,
  sessions: [
    {
      code: 'ai',
      title: { zh: '人工智能 🤖', en: 'AI' },
      venue: { zh: '一号厅', en: 'Hall 1' },
      startsAt: at(60),
      endsAt: at(120),
      capacity: null,
    },
  ],
  questions: [
    {
      id: 'food',
      ask: { zh: '饮食', en: 'Food' },
      label: { zh: '饮食', en: 'Food' },
      optional: true,
      kind: 'choice',
      choices: [
        { value: 'a', label: { zh: '甲', en: 'A' } },
        { value: 'b', label: { zh: '乙', en: 'B' } },
      ],
    },
  ],
  reminders: [{ id: 'day', kind: 'at', of: 'event', daysBefore: 1, time: '18:00' }],
};

export const events = cases<Events>({
  'knows nothing while it is empty': async ({ port }) => {
    expect(await port.byId(['nobody'])).toEqual([]);
    expect(await port.byId([])).toEqual([]);
    expect(await port.byCode('office', 'fair')).toBeUndefined();
    expect(await port.live()).toEqual([]);
    expect(await port.list()).toEqual([]);
    expect(await port.unplanned(10)).toEqual([]);
  },
  'gives back exactly what was stored, dates and nested texts included': async ({ port, documents }) => {
    const rich = event('rich', RICH);
    expect(await port.save(rich, 0)).toBe(true);
    expect(await port.byId(['rich'])).toEqual([rich]);
    expect(await port.byCode('office', 'rich')).toEqual({ event: rich, revision: 1 });
    expect(await port.list()).toEqual([rich]);
    const [row] = (await documents?.()) ?? [];
    if (row) expect(row).toMatchObject({ _id: 'rich', revision: 1, startsAt: at(0), title: rich.title });
  },
  'finds several, leaves out unknown ones, and gives each once': async ({ port }) => {
    for (const id of ['a', 'b', 'c']) await port.save(event(id), 0);
    expect(idsOf(await port.byId(['c', 'nobody', 'a'])).sort()).toEqual(['a', 'c']);
    expect(idsOf(await port.byId(['b', 'b']))).toEqual(['b']);
  },
  'answers many questions at once, each with its own': async ({ port }) => {
    for (const id of ['a', 'b', 'c']) await port.save(event(id), 0);
    const found = await Promise.all([
      port.byId(['a']),
      port.byId(['b', 'a']),
      port.byId([]),
      port.byId(['x']),
    ]);
    expect(found.map((one) => idsOf(one).sort())).toEqual([['a'], ['a', 'b'], [], []]);
  },
  'stores a first revision once: the id and the code within an office are unique': async ({
    port,
    documents,
  }) => {
    expect(await port.save(event('a', { code: 'fair' }), 0)).toBe(true);
    expect(await port.save(event('a', { code: 'other' }), 0)).toBe(false);
    expect(await port.save(event('b', { code: 'fair' }), 0)).toBe(false);
    expect(await port.save(event('c', { code: 'fair', office: 'elsewhere' }), 0)).toBe(true);
    expect(idsOf(await port.list()).sort()).toEqual(['a', 'c']);
    if (documents) expect(await documents()).toHaveLength(2);
  },
  'lets one of twenty make an event': async (ground) => {
    const made = await atOnce(ground, 20, (port, i) => port.save(event(`e${i}`, { code: 'fair' }), 0));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.list()).toHaveLength(1);
    if (ground.documents) expect(await ground.documents()).toHaveLength(1);
  },
  'changes only the revision that was read': async ({ port, twin }) => {
    await port.save(event('a'), 0);
    expect(await port.save(event('a', { maxParty: 2 }), 1)).toBe(true);
    expect(await twin.save(event('a', { maxParty: 3 }), 1)).toBe(false);
    expect(await port.save(event('a', { maxParty: 4 }), 7)).toBe(false);
    expect(await port.save(event('unknown'), 1)).toBe(false);
    expect(await port.byCode('office', 'a')).toMatchObject({ event: { maxParty: 2 }, revision: 2 });
    expect(await port.byId(['unknown'])).toEqual([]);
  },
  'lets one of twenty change a revision': async (ground) => {
    await ground.port.save(event('a'), 0);
    const done = await atOnce(ground, 20, (port, i) => port.save(event('a', { maxParty: i + 2 }), 1));
    expect(done.filter(Boolean)).toHaveLength(1);
    const stored = await ground.port.byCode('office', 'a');
    expect(stored).toMatchObject({ revision: 2, event: { maxParty: done.indexOf(true) + 2 } });
  },
  'drops what a change left out': async ({ port }) => {
    await port.save(event('a', RICH), 0);
    const plain = event('a');
    await port.save(plain, 1);
    expect(await port.byId(['a'])).toEqual([plain]);
  },
  'shows open and running events as live, earliest first': async ({ port }) => {
    const given = [
      ['late', 'open', 30],
      ['early', 'running', 10],
      ['mid', 'open', 20],
      ['draft', 'draft', 0],
      ['closed', 'closed', 0],
      ['cancelled', 'cancelled', 0],
      ['archived', 'archived', 0],
    ] as const;
    for (const [id, status, startsAt] of given)
      await port.save(event(id, { status, startsAt: at(startsAt) }), 0);
    expect(idsOf(await port.live())).toEqual(['early', 'mid', 'late']);
    await port.save(event('mid', { status: 'closed', startsAt: at(20) }), 1);
    expect(idsOf(await port.live())).toEqual(['early', 'late']);
  },
  'lists all events by office and code': async ({ port }) => {
    for (const [id, office, code] of [
      ['1', 'b', 'a'],
      ['2', 'a', 'z'],
      ['3', 'a', 'b-1'],
      ['4', 'a', 'b'],
    ] as const)
      await port.save(event(id, { office, code, status: 'draft' }), 0);
    expect(idsOf(await port.list())).toEqual(['4', '3', '2', '1']);
  },
  'pages the events of an office in order of code': async ({ port }) => {
    for (const [id, office, code] of [
      ['1', 'b', 'a'],
      ['2', 'a', 'z'],
      ['3', 'a', 'b-1'],
      ['4', 'a', 'b'],
    ] as const)
      await port.save(event(id, { office, code, status: 'archived' }), 0);
    expect(await port.ofOffice('a', '', 1)).toEqual([
      event('4', { office: 'a', code: 'b', status: 'archived' }),
    ]);
    expect(idsOf(await port.ofOffice('a', 'b', 2))).toEqual(['3', '2']);
    expect(await port.ofOffice('a', 'z', 2)).toEqual([]);
    expect(await port.ofOffice('unknown', '', 2)).toEqual([]);
  },
  'keeps what is new or changed for planning, until that very revision is marked': async ({ port }) => {
    await port.save(event('a'), 0);
    await port.save(event('b'), 0);
    expect(await port.unplanned(1)).toHaveLength(1);
    await port.markPlanned('a', 1);
    expect((await port.unplanned(10)).map((one) => [one.event.id, one.revision])).toEqual([['b', 1]]);
    await port.markPlanned('b', 2);
    await port.markPlanned('nobody', 1);
    expect(await port.unplanned(10)).toHaveLength(1);
    await port.save(event('b', { maxParty: 2 }), 1);
    await port.markPlanned('b', 1);
    expect(await port.unplanned(10)).toEqual([{ event: event('b', { maxParty: 2 }), revision: 2 }]);
    await port.markPlanned('b', 2);
    await port.markPlanned('b', 2);
    expect(await port.unplanned(10)).toEqual([]);
    await port.save(event('a', { maxParty: 3 }), 1);
    expect(await port.unplanned(10)).toMatchObject([{ event: { id: 'a' }, revision: 2 }]);
  },
});
