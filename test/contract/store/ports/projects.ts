import { expect } from 'vitest';
import type { Project } from '../../../../src/domain/project.ts';
import type { Projects } from '../../../../src/usecases/ports.ts';
import { aProject, parts } from '../../../support/projects.ts';
import { atOnce, cases, HARD_TEXT } from '../case.ts';

const at = new Date('2026-11-20T01:02:03.004Z');
const project = (id: string, number: number, given: Partial<Project> = {}): Project =>
  aProject({ id, number, ...given });
const memberOf = (...people: string[]): Pick<Project, 'members'> => ({
  members: people.map((person, i) => ({ person, lead: i === 0, at })),
});
const idsOf = (found: readonly Project[]): string[] => found.map(({ id }) => id).sort();

export const projects = cases<Projects>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    const file = { ref: 'f', name: HARD_TEXT, type: 'application/pdf', size: 12 };
    const one = project('a', 1, {
      parts: parts({ 'title-zh': HARD_TEXT, deck: file, patents: null, public: ['market', 'deck'] }),
      decision: {
        number: 2,
        verdict: 'changes',
        messages: [{ part: null, text: HARD_TEXT }],
        by: 'r',
        at,
        publishedAt: null,
      },
      slot: { track: 'main', place: 3, state: 'told', at },
      proof: { state: 'corrected', text: HARD_TEXT, by: 'lead', at },
      extendedUntil: at,
      seen: { lead: 3 },
      history: [{ at, by: null, what: 'extended', detail: null }],
    });
    expect(await port.save(one)).toBe(true);
    expect(await twin.byId(['a', 'none'])).toEqual([one]);
    expect(await twin.byNumber('event', 1)).toEqual(one);
    expect(await twin.byNumber('event', 2)).toBeUndefined();
    expect(await port.byId([])).toEqual([]);
  },
  'saves the next revision, and nothing over a faster one': async ({ port, twin }) => {
    await port.save(project('a', 1));
    expect(await twin.save(project('a', 1, { rev: 2, state: 'submitted' }))).toBe(true);
    expect(await port.save(project('a', 1, { rev: 2, state: 'withdrawn' }))).toBe(false);
    expect(await port.save(project('a', 1))).toBe(false);
    expect((await port.byId(['a'])).map(({ state }) => state)).toEqual(['submitted']);
  },
  'gives a number of an event to one project alone': async (ground) => {
    const saved = await atOnce(ground, 12, (port, i) => port.save(project(`p${i}`, 1)));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.save(project('other', 1, { event: 'another' }))).toBe(true);
  },
  'finds those of an event by number, and the last number': async ({ port, twin }) => {
    expect(await port.lastNumber('event')).toBe(0);
    for (const number of [10, 2, 1]) await port.save(project(`p${number}`, number));
    await port.save(project('other', 40, { event: 'another' }));
    expect((await twin.ofEvent('event', 0, 9)).map(({ number }) => number)).toEqual([1, 2, 10]);
    expect((await twin.ofEvent('event', 1, 1)).map(({ number }) => number)).toEqual([2]);
    expect(await twin.lastNumber('event')).toBe(10);
  },
  'finds those of people, by who is a member now': async ({ port, twin }) => {
    await port.save(project('a', 1, memberOf('one', 'two')));
    await port.save(project('b', 2, memberOf('three')));
    expect(idsOf(await twin.ofPeople(['two', 'three']))).toEqual(['a', 'b']);
    await port.save(project('a', 1, { ...memberOf('one'), rev: 2 }));
    expect(await twin.ofPeople(['two'])).toEqual([]);
    expect(idsOf(await twin.ofPeople(['one', 'nobody']))).toEqual(['a']);
    expect(await twin.ofPeople([])).toEqual([]);
  },
  'finds those that people stand back from': async ({ port, twin }) => {
    await port.save(project('a', 1, { ...memberOf('one'), conflicts: ['two', 'three'] }));
    await port.save(project('b', 2, { conflicts: ['three'] }));
    expect(idsOf(await twin.avoidedBy(['three', 'nobody']))).toEqual(['a', 'b']);
    await port.save(project('a', 1, { conflicts: ['two'], rev: 2 }));
    expect(idsOf(await twin.avoidedBy(['three']))).toEqual(['b']);
    expect(await twin.avoidedBy(['one'])).toEqual([]);
    expect(await twin.avoidedBy([])).toEqual([]);
  },
  'finds those with letters to be written, until they are': async ({ port, twin }) => {
    await port.save(project('a', 1, { telling: ['decision', 'slot'] }));
    await port.save(project('b', 2, { telling: [] }));
    await port.save(project('c', 3));
    await port.save(project('d', 4, { telling: ['declined'] }));
    expect(idsOf(await twin.telling(9))).toEqual(['a', 'd']);
    expect(await twin.telling(1)).toHaveLength(1);
    await port.save(project('a', 1, { telling: [], rev: 2 }));
    expect(idsOf(await twin.telling(9))).toEqual(['d']);
  },
});
