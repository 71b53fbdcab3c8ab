import { expect } from 'vitest';
import type { Ballot } from '../../../../src/domain/ballot.ts';
import type { Ballots } from '../../../../src/usecases/vote-ports.ts';
import { at, atOnce, cases, HARD_TEXT, idsOf } from '../case.ts';

const ballot = (id: string, projects: string[], given: Partial<Ballot> = {}): Ballot => ({
  id,
  event: 'fair',
  person: `person of ${id}`,
  projects,
  changes: [{ id: 'e', at: at(1) }],
  locked: false,
  rev: 1,
  ...given,
});
const blank = (id: string): Ballot => ballot(id, [], { changes: [], rev: 0 });
const sorted = async (port: Ballots, event = 'fair') =>
  (await port.count(event))
    .map(({ projects, ballots }) => [projects.join('+'), ballots] as const)
    .sort(([a], [b]) => a.localeCompare(b));

export const ballots = cases<Ballots>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    const one = ballot('r1', ['p1', 'p2'], { person: HARD_TEXT });
    expect(await port.save(one)).toBe(true);
    expect(await twin.byId(['r1', 'r2'])).toEqual([one]);
    expect(await twin.byId([])).toEqual([]);
  },
  'takes one of many who change the same at once': async (ground) => {
    const first = await atOnce(ground, 8, (port, i) => port.save(ballot('r1', [`p${i}`])));
    expect(first.filter(Boolean)).toHaveLength(1);
    const next = await atOnce(ground, 8, (port, i) => port.save(ballot('r1', [`p${i}`], { rev: 2 })));
    expect(next.filter(Boolean)).toHaveLength(1);
  },
  'counts the choices of one event': async ({ port, twin }) => {
    await port.save(ballot('r1', ['p1', 'p2']));
    await port.save(ballot('r2', ['p1', 'p2']));
    await port.save(ballot('r3', ['p2']));
    await port.save(ballot('r4', []));
    await port.save(ballot('r5', ['p9'], { event: 'other' }));
    expect(await sorted(twin)).toEqual([
      ['', 1],
      ['p1+p2', 2],
      ['p2', 1],
    ]);
    expect(await port.count('none')).toEqual([]);
  },
  'locks those that are there and those that nobody cast, and opens them again': async ({ port, twin }) => {
    await port.save(ballot('r1', ['p1']));
    await port.save(ballot('r9', ['p1'], { event: 'other' }));
    await port.lock('fair', [blank('r1'), blank('r2')]);
    await twin.lock('fair', [blank('r1'), blank('r2')]);
    const found = await twin.byId(['r1', 'r2', 'r9']);
    expect(found.map(({ id, locked, rev, projects }) => [id, locked, rev, projects]).sort()).toEqual([
      ['r1', true, 2, ['p1']],
      ['r2', true, 1, []],
      ['r9', false, 1, ['p1']],
    ]);
    expect(await port.save(ballot('r1', ['p2'], { rev: 2 }))).toBe(false);
    expect(await port.save(ballot('r2', ['p2']))).toBe(false);
    await port.unlock('fair');
    expect((await twin.byId(['r1', 'r2'])).every(({ locked }) => !locked)).toBe(true);
    expect(await port.save(ballot('r1', ['p2'], { rev: 3 }))).toBe(false);
    expect(await port.save(ballot('r1', ['p2'], { rev: 4 }))).toBe(true);
  },
  'lets nobody in between: what was taken is counted, what was not is refused': async (ground) => {
    const ids = Array.from({ length: 30 }, (_, i) => `r${i}`);
    const casting = ids.map((id, i) => (i % 2 === 0 ? ground.port : ground.twin).save(ballot(id, ['p1'])));
    const [taken] = await Promise.all([Promise.all(casting), ground.twin.lock('fair', ids.map(blank))]);
    const found = await ground.port.byId(ids);
    expect(found.every(({ locked }) => locked)).toBe(true);
    const counted = idsOf(found.filter(({ projects }) => projects.length > 0)).sort();
    expect(counted).toEqual(ids.filter((_, i) => taken[i]).sort());
  },
  'empties ballots': async ({ port, twin }) => {
    await port.save(ballot('r1', ['p1']));
    await port.save(ballot('r2', ['p1']));
    await port.empty([]);
    await port.empty(['r1', 'none']);
    expect(await sorted(twin)).toEqual([
      ['', 1],
      ['p1', 1],
    ]);
    expect((await twin.byId(['r1']))[0]).toMatchObject({ projects: [], rev: 2 });
  },
});
