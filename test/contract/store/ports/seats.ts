import { expect } from 'vitest';
import type { Entry, Seats } from '../../../../src/domain/seats.ts';
import type { SeatsStore } from '../../../../src/usecases/ports.ts';
import { at, atOnce, cases, HARD_TEXT } from '../case.ts';

const held = (registration: string, given: Partial<Entry> = {}): Entry => ({
  registration,
  pool: 'hall',
  seats: 1,
  state: 'held',
  ...given,
});

/** A change that appends entries; its result is how many there were before. */
const append =
  (...entries: Entry[]) =>
  (seats: Seats) => ({
    seats: { ...seats, entries: [...seats.entries, ...entries] },
    result: seats.entries.length,
  });

/** A change that takes one of `capacity` seats; its result tells whether there was one. */
const takeOne =
  (registration: string, capacity: number) =>
  (seats: Seats): { seats: Seats; result: boolean } =>
    seats.entries.length < capacity
      ? { seats: { ...seats, entries: [...seats.entries, held(registration)] }, result: true }
      : { seats, result: false };

async function entriesOf(port: SeatsStore, event: string): Promise<readonly Entry[]> {
  return (await port.load([event]))[0]?.entries ?? [];
}

export const seats = cases<SeatsStore>({
  'knows nothing while it is empty': async ({ port }) => {
    expect(await port.load([])).toEqual([]);
    expect(await port.load(['fair'])).toEqual([]);
    expect((await port.taken([])).size).toBe(0);
    expect((await port.taken(['fair'])).size).toBe(0);
    expect(await port.needingAttention(10)).toEqual([]);
  },
  'starts an event with nobody, and gives back what a change stored': async ({ port, twin, documents }) => {
    const entries = [
      held('r1', { seats: 3 }),
      held('r2', { state: 'offered', until: at(60) }),
      held(HARD_TEXT, { pool: 'session:ai', state: 'waiting' }),
    ];
    const result = await port.change('fair', (before) => {
      expect(before).toEqual({ event: 'fair', entries: [] });
      return { seats: { ...before, entries }, result: { text: HARD_TEXT } };
    });
    expect(result).toEqual({ text: HARD_TEXT });
    expect(await twin.load(['fair'])).toEqual([{ event: 'fair', entries }]);
    if (documents) expect(await documents()).toHaveLength(1);
  },
  'stores nothing when a change changes nothing, and still gives its result': async ({ port, documents }) => {
    expect(await port.change('fair', (before) => ({ seats: before, result: 'nothing' }))).toBe('nothing');
    expect(await port.load(['fair'])).toEqual([]);
    if (documents) expect(await documents()).toEqual([]);
    await port.change('fair', append(held('r1')));
    const before = await documents?.();
    expect(await port.change('fair', (same) => ({ seats: same, result: same.entries.length }))).toBe(1);
    if (documents) expect(await documents()).toEqual(before);
  },
  'changes one event and not another': async ({ port }) => {
    await Promise.all([port.change('fair', append(held('r1'))), port.change('salon', append(held('r2')))]);
    const found = await port.load(['salon', 'fair', 'unknown', 'fair']);
    expect(new Map(found.map(({ event, entries }) => [event, entries[0]?.registration]))).toEqual(
      new Map([
        ['fair', 'r1'],
        ['salon', 'r2'],
      ]),
    );
    expect(found).toHaveLength(2);
  },
  'applies twenty changes at once, each to what another left, none lost': async (ground) => {
    const before = await atOnce(ground, 20, (port, i) => port.change('fair', append(held(`r${i}`))));
    expect([...before].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    const entries = await entriesOf(ground.port, 'fair');
    expect(entries.map(({ registration }) => registration)).toEqual(
      before
        .map((place, i) => ({ place, id: `r${i}` }))
        .sort((a, b) => a.place - b.place)
        .map(({ id }) => id),
    );
  },
  'never sells a seat twice: forty want seven': async (ground) => {
    const got = await atOnce(ground, 40, (port, i) => port.change('fair', takeOne(`r${i}`, 7)));
    expect(got.filter(Boolean)).toHaveLength(7);
    const winners = got.flatMap((one, i) => (one ? [`r${i}`] : []));
    const entries = await entriesOf(ground.twin, 'fair');
    expect(entries.map(({ registration }) => registration).sort()).toEqual(winners.sort());
    expect((await ground.port.taken(['fair'])).get('fair')).toEqual({ hall: 7 });
  },
  'keeps changes of one caller in the order in which they were asked for': async ({ port }) => {
    const places = await Promise.all(
      Array.from({ length: 10 }, (_, i) => port.change('fair', append(held(`r${i}`)))),
    );
    expect(places).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  },
  'hands the error of a change to its caller, stores nothing of it, and goes on': async ({ port }) => {
    await port.change('fair', append(held('r1')));
    const failing = port.change('fair', () => {
      throw new Error('not pure');
    });
    await expect(failing).rejects.toThrow('not pure');
    expect(await port.change('fair', append(held('r2')))).toBe(1);
    expect(await entriesOf(port, 'fair')).toHaveLength(2);
  },
  'lets a change that throws fail alone among others': async ({ port }) => {
    const done = await Promise.allSettled([
      port.change('fair', append(held('r1'))),
      port.change('fair', append(held('r2'))),
      port.change('fair', () => {
        throw new Error('not pure');
      }),
      port.change('fair', append(held('r3'))),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((await entriesOf(port, 'fair')).map(({ registration }) => registration)).toEqual([
      'r1',
      'r2',
      'r3',
    ]);
  },
  'counts held and offered seats by pool': async ({ port }) => {
    await port.change(
      'fair',
      append(
        held('r1', { seats: 3 }),
        held('r2', { seats: 2, state: 'offered', until: at(60) }),
        held('r3', { seats: 9, state: 'waiting' }),
        held('r4', { seats: 9, state: 'lapsed' }),
        held('r1', { pool: 'session:ai', seats: 4 }),
      ),
    );
    await port.change('salon', append(held('r9')));
    const taken = await port.taken(['fair', 'salon', 'unknown', 'fair']);
    expect(taken).toEqual(
      new Map([
        ['fair', { hall: 5, 'session:ai': 4 }],
        ['salon', { hall: 1 }],
      ]),
    );
    await port.change('salon', (before) => ({ seats: { ...before, entries: [] }, result: null }));
    expect((await port.taken(['salon'])).get('salon')?.hall ?? 0).toBe(0);
  },
  'answers many questions at once, each with its own': async ({ port }) => {
    await port.change('fair', append(held('r1')));
    await port.change('salon', append(held('r2', { seats: 2 })));
    const [fair, both, none, taken] = await Promise.all([
      port.load(['fair']),
      port.load(['fair', 'salon']),
      port.load(['unknown']),
      port.taken(['salon']),
    ]);
    expect(fair?.map(({ event }) => event)).toEqual(['fair']);
    expect(both?.map(({ event }) => event).sort()).toEqual(['fair', 'salon']);
    expect(none).toEqual([]);
    expect(taken).toEqual(new Map([['salon', { hall: 2 }]]));
  },
  'shows events where somebody waits, has an offer or has yet to hear of its end': async ({ port }) => {
    for (const state of ['held', 'waiting', 'offered', 'lapsed'] as const)
      await port.change(state, append(held('r', { state })));
    expect((await port.needingAttention(10)).sort()).toEqual(['lapsed', 'offered', 'waiting']);
    expect(await port.needingAttention(2)).toHaveLength(2);
    for (const event of ['waiting', 'lapsed'])
      await port.change(event, (before) => ({ seats: { ...before, entries: [held('r')] }, result: null }));
    expect(await port.needingAttention(10)).toEqual(['offered']);
  },
});
