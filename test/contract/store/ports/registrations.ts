import { expect } from 'vitest';
import type { Registration } from '../../../../src/domain/registration.ts';
import type { Registrations } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

function registration(id: string, given: Partial<Registration> = {}): Registration {
  return {
    id,
    event: 'fair',
    person: `person-${id}`,
    status: 'confirmed',
    ticket: `T${id}`,
    details: {
      lang: 'zh',
      name: HARD_TEXT,
      organization: '某大学技术转移中心',
      kind: 'guest',
      attendance: 'onsite',
      sessions: ['ai', 'bio'],
      party: 2,
      phone: null,
      email: 'a@example.org',
      extra: { food: '都可以 🌶️', topics: ['a', 'b'] },
    },
    consent: { at: at(-1), text: 'sha' },
    runs: ['run-1'],
    waitlist: { hall: true, sessions: false },
    history: [
      { at: at(0), what: 'registered', detail: null },
      { at: at(1), what: 'confirmed', detail: HARD_TEXT },
    ],
    createdAt: at(0),
    rev: 1,
    ...given,
  };
}

export const registrations = cases<Registrations>({
  'knows nothing while it is empty': async ({ port }) => {
    expect(await port.byId(['nobody'])).toEqual([]);
    expect(await port.byId([])).toEqual([]);
    expect(await port.byPerson([])).toEqual([]);
    expect(await port.byPerson(['nobody'])).toEqual([]);
    expect(await port.byTicket('T0')).toBeUndefined();
    expect(await port.byTickets([])).toEqual([]);
    expect(await port.ofEvent('fair', '', 10)).toEqual([]);
  },
  'gives back exactly what was stored, by every way of asking': async ({ port, documents }) => {
    const one = registration('a');
    expect(await port.save(one)).toBe(true);
    expect(await port.byId(['a'])).toEqual([one]);
    expect(await port.byPerson(['person-a'])).toEqual([one]);
    expect(await port.byTicket('Ta')).toEqual(one);
    expect(await port.byTickets(['Ta', 'T0'])).toEqual([one]);
    expect(await port.ofEvent('fair', '', 10)).toEqual([one]);
    const [row] = (await documents?.()) ?? [];
    if (row) expect(row).toMatchObject({ _id: 'a', rev: 1, createdAt: at(0), details: one.details });
  },
  'keeps empty lists and objects as they are': async ({ port }) => {
    const bare = registration('a', { runs: [], history: [] });
    const one = { ...bare, details: { ...bare.details, sessions: [], extra: {} } };
    await port.save(one);
    expect(await port.byId(['a'])).toEqual([one]);
  },
  'finds several, leaves out unknown ones, and gives each once': async ({ port }) => {
    for (const id of ['a', 'b', 'c']) await port.save(registration(id));
    expect(idsOf(await port.byId(['c', 'nobody', 'a'])).sort()).toEqual(['a', 'c']);
    expect(idsOf(await port.byId(['b', 'b']))).toEqual(['b']);
    expect(idsOf(await port.byPerson(['person-a', 'person-a', 'x']))).toEqual(['a']);
    expect(idsOf(await port.byTickets(['Tc', 'Tb', 'Tb', 'x'])).sort()).toEqual(['b', 'c']);
  },
  'answers many questions at once, each with its own': async ({ port }) => {
    for (const id of ['a', 'b']) await port.save(registration(id));
    const found = await Promise.all([
      port.byId(['a']),
      port.byId(['b', 'a']),
      port.byId(['x']),
      port.byPerson(['person-b']),
      port.byPerson(['person-a', 'person-b']),
      port.byPerson(['x']),
    ]);
    expect(found.map((one) => idsOf(one).sort())).toEqual([['a'], ['a', 'b'], [], ['b'], ['a', 'b'], []]);
  },
  'finds every registration of a person, over events': async ({ port }) => {
    await port.save(registration('a', { person: 'p', event: 'fair' }));
    await port.save(registration('b', { person: 'p', event: 'salon' }));
    await port.save(registration('c', { person: 'q', event: 'salon' }));
    expect(idsOf(await port.byPerson(['p'])).sort()).toEqual(['a', 'b']);
    expect(idsOf(await port.byPerson(['q', 'p'])).sort()).toEqual(['a', 'b', 'c']);
  },
  'stores a first revision once: id, ticket, and person within an event are unique': async ({
    port,
    documents,
  }) => {
    expect(await port.save(registration('a', { person: 'p' }))).toBe(true);
    expect(await port.save(registration('a', { person: 'q', ticket: 'T9' }))).toBe(false);
    expect(await port.save(registration('b', { person: 'p' }))).toBe(false);
    expect(await port.save(registration('c', { ticket: 'Ta' }))).toBe(false);
    expect(await port.save(registration('d', { person: 'p', event: 'salon' }))).toBe(true);
    expect(idsOf(await port.ofEvent('fair', '', 10))).toEqual(['a']);
    expect((await port.byId(['a']))[0]).toMatchObject({ person: 'p', ticket: 'Ta' });
    if (documents) expect(await documents()).toHaveLength(2);
  },
  'stores what is new and refuses what is not, of many at once': async (ground) => {
    await ground.port.save(registration('r3'));
    const saved = await atOnce(ground, 20, (port, i) => port.save(registration(`r${i % 10}`)));
    expect(saved.filter(Boolean)).toHaveLength(9);
    expect(await ground.port.ofEvent('fair', '', 50)).toHaveLength(10);
  },
  'lets one of twenty register a person': async (ground) => {
    const saved = await atOnce(ground, 20, (port, i) => port.save(registration(`r${i}`, { person: 'p' })));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(idsOf(await ground.port.byPerson(['p']))).toEqual([`r${saved.indexOf(true)}`]);
    if (ground.documents) expect(await ground.documents()).toHaveLength(1);
  },
  'changes only the revision before': async ({ port, twin }) => {
    await port.save(registration('a'));
    expect(await port.save(registration('a', { rev: 2, status: 'cancelled' }))).toBe(true);
    expect(await twin.save(registration('a', { rev: 2, status: 'rejected' }))).toBe(false);
    expect(await port.save(registration('a', { rev: 4, status: 'rejected' }))).toBe(false);
    expect(await port.save(registration('nobody', { rev: 2 }))).toBe(false);
    expect(await port.byId(['a', 'nobody'])).toEqual([registration('a', { rev: 2, status: 'cancelled' })]);
  },
  'lets one of twenty change a revision': async (ground) => {
    await ground.port.save(registration('a'));
    const done = await atOnce(ground, 20, (port, i) =>
      port.save(registration('a', { rev: 2, runs: [`run-${i}`] })),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.byId(['a'])).toMatchObject([{ rev: 2, runs: [`run-${done.indexOf(true)}`] }]);
  },
  'changes different ones at once, each by itself': async (ground) => {
    for (let i = 0; i < 20; i++) await ground.port.save(registration(`r${i}`));
    const done = await atOnce(ground, 20, (port, i) =>
      port.save(registration(`r${i}`, { rev: i % 4 === 3 ? 9 : 2, runs: [`run-${i}`] })),
    );
    expect(done).toEqual(Array.from({ length: 20 }, (_, i) => i % 4 !== 3));
    for (const one of await ground.port.ofEvent('fair', '', 50))
      expect(one.runs).toEqual(Number(one.id.slice(1)) % 4 === 3 ? ['run-1'] : [`run-${one.id.slice(1)}`]);
  },
  'pages an event in order of id, none twice and none left out': async ({ port }) => {
    for (const id of ['05', '01', '04', '02', '03']) await port.save(registration(id));
    await port.save(registration('00', { event: 'salon' }));
    expect(idsOf(await port.ofEvent('fair', '', 2))).toEqual(['01', '02']);
    expect(idsOf(await port.ofEvent('fair', '02', 2))).toEqual(['03', '04']);
    expect(idsOf(await port.ofEvent('fair', '04', 2))).toEqual(['05']);
    expect(await port.ofEvent('fair', '05', 2)).toEqual([]);
    expect(await port.ofEvent('unknown', '', 2)).toEqual([]);
  },
});
