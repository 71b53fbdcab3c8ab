import { beforeEach, describe, expect, it } from 'vitest';
import { session } from '../domain/examples.ts';
import { Crash, counting, crashAfter, interleaving } from '../support/memory-faults.ts';
import { aCall } from '../support/projects.ts';
import { FAIR, fair } from './house.ts';
import { idOf } from './linking.ts';
import { memberOf, Reviewing, TRACKS, written } from './reviewing.ts';

let made: Reviewing;
const accepted = { state: 'accepted' } as const;

/** Six accepted projects, of one team each but for P05, which shares a member with P01. */
async function six(): Promise<Reviewing> {
  return Reviewing.open(6, (number) => ({
    ...accepted,
    ...(number === 5 && { members: [memberOf('t5'), memberOf('t1')] }),
    ...(number === 6 && { parts: written({ field: 'materials' }) }),
  }));
}

const reasonOf = (done: { ok: boolean; reason?: string }) => (done.ok ? 'ok' : done.reason);
const id = (number: number): string => `project-${number}`;

beforeEach(async () => {
  made = await six();
});

describe('a place', () => {
  it('is given in the order in which projects are named, behind those that are there', async () => {
    expect(await made.place('main', [3, 1])).toMatchObject({ ok: true, data: { moved: 2 } });
    expect(await made.place('main', [2])).toMatchObject({ ok: true, data: { moved: 1 } });
    expect(await made.track('main')).toEqual(['1: P03 proposed', '2: P01 proposed', '3: P02 proposed']);
    expect(await made.place('main', [2])).toMatchObject({ ok: true, data: { moved: 0 } });
  });

  it('is refused where there is no room, no such track or project, or no acceptance', async () => {
    await made.place('main', [1, 2, 3]);
    expect(await made.place('main', [4])).toMatchObject({
      ok: false,
      reason: 'full',
      data: { capacity: 3, placed: 3 },
    });
    expect(reasonOf(await made.place('main', [4], { place: 1, how: 'insert', anyway: true }))).toBe('full');
    expect(reasonOf(await made.place('nowhere', [4]))).toBe('unknown-track');
    expect(await made.place('green', [4, 9])).toMatchObject({
      reason: 'unknown-projects',
      data: { numbers: [9] },
    });
    await made.change(4, { state: 'submitted' });
    expect(reasonOf(await made.place('green', [4]))).toBe('not-accepted');
    await made.grant('rob', { event: FAIR });
    const asked = {
      person: idOf('rob'),
      event: null,
      track: 'green',
      numbers: [2],
      place: null,
      how: 'keep',
    } as const;
    expect(reasonOf(await made.verbs.placeProjects({ ...asked, anyway: false }))).toBe('not-allowed');
    expect(await made.track('green')).toEqual([]);
  });

  it('that somebody has is taken by moving the others down, or by swapping', async () => {
    await made.place('main', [1, 2]);
    expect(await made.place('main', [3], { place: 1 })).toMatchObject({
      reason: 'taken',
      data: { holder: { number: 1 } },
    });
    await made.place('main', [3], { place: 1, how: 'insert' });
    expect(await made.track('main')).toEqual(['1: P03 proposed', '2: P01 proposed', '3: P02 proposed']);
    await made.place('main', [2], { place: 1, how: 'swap' });
    expect(await made.track('main')).toEqual(['1: P02 proposed', '2: P01 proposed', '3: P03 proposed']);
  });

  it('is warned about where people are needed twice, a reviewer is of the same organization, or the field differs', async () => {
    const content = { sessions: [session('talk'), session('salon')], call: aCall({ tracks: TRACKS }) };
    await made.house.verbs.importEvent(fair(content));
    await made.grant('rob', { event: FAIR, part: 'green', note: '热能工程系' });
    await made.place('main', [1]);
    const done = await made.place('green', [5, 6]);
    expect(done).toMatchObject({ ok: false, reason: 'warned' });
    const { warnings } = (
      done as { data: { warnings: readonly { kind: string; project: { number: number } }[] } }
    ).data;
    expect(warnings.map(({ kind, project }) => `${kind} ${project.number}`)).toEqual([
      'clash 5',
      'reviewer 5',
      'reviewer 6',
      'field 6',
    ]);
    expect(reasonOf(await made.place('green', [5, 6], { anyway: true }))).toBe('ok');
    expect(await made.track('green')).toEqual(['1: P05 proposed', '2: P06 proposed']);
  });

  it('is one for each, however many place at once, and no track is fuller than it may be', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      made = await six();
      const verbs = made.house.verbsOn(interleaving(made.house.stores, seed));
      await Promise.all(
        [1, 2, 3, 4, 5].map((number) => made.place('main', [number], { anyway: true }, verbs)),
      );
      const places = (await made.track('main')).map((line) => line.split(':')[0]);
      expect(new Set(places).size, `seed ${seed}`).toBe(places.length);
      expect(places.length, `seed ${seed}`).toBeLessThanOrEqual(3);
    }
  });

  it('interrupted at any call is given as without, when it is done again', async () => {
    const act = (verbs = made.verbs) =>
      made.place('main', [3], { place: 1, how: 'insert', anyway: true }, verbs);
    const prepare = async () => {
      made = await six();
      await made.place('main', [1, 2]);
    };
    await prepare();
    const { ports, calls } = counting(made.house.stores);
    await act(made.house.verbsOn(ports));
    const [expected, steps] = [await made.track('main'), calls()];
    for (let last = 0; last < steps; last++) {
      await prepare();
      const verbs = made.house.verbsOn(crashAfter(made.house.stores, last).ports);
      await expect(act(verbs)).rejects.toThrow(Crash);
      expect(await act(), `after ${last}`).toMatchObject({ ok: true });
      expect(await made.track('main'), `after ${last}`).toEqual(expected);
    }
  });
});

describe('the schedule', () => {
  it('is told to teams whose place is new, and to those alone', async () => {
    await made.place('main', [1, 2]);
    expect(reasonOf(await made.publishSlots(1))).toBe('count-changed');
    expect(await made.publishSlots(2)).toMatchObject({ ok: true, data: { count: 2 } });
    const heard = await made.send();
    expect(heard).toHaveLength(2);
    expect(heard[0]).toContain('赛道：主赛道');
    expect(heard[0]).toContain('顺序：第 1 位');
    await made.place('main', [3], { place: 2, how: 'insert' });
    expect(await made.track('main')).toEqual(['1: P01 told', '2: P03 proposed', '3: P02 proposed']);
    await made.publishSlots(2);
    expect((await made.send()).map((text) => text.slice(0, 2))).toEqual(['t2', 't3']);
  });

  it('that changes before its letter has left is told as it is', async () => {
    await made.place('main', [1, 2]);
    await made.publishSlots(2);
    await made.place('main', [2], { place: 1, how: 'swap' });
    await made.publishSlots(2);
    const heard = await made.send();
    expect(heard.map((text) => /第 \d 位/u.exec(text)?.[0])).toEqual(['第 2 位', '第 1 位']);
    expect(made.rows().filter((row) => row.includes('superseded'))).toHaveLength(2);
  });

  it('interrupted at any call tells every team once', async () => {
    for (let last = 0; last < 24; last++) {
      made = await six();
      await made.place('main', [1, 2]);
      const verbs = made.house.verbsOn(crashAfter(made.house.stores, last).ports);
      await made
        .publishSlots(2, 'same', verbs)
        .catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      expect(await made.publishSlots(2, 'same'), `after ${last}`).toMatchObject({ ok: true });
      expect(await made.send(), `after ${last}`).toHaveLength(2);
    }
  });
});

describe('a team', () => {
  const answer = (name: string, isComing: boolean, seen: { track: string; place: number } | null = null) =>
    made.verbs.answerSlot({ person: idOf(name), project: id(1), accepted: isComing, seen });

  beforeEach(async () => {
    await made.place('main', [1, 2]);
  });

  it('answers once it was told, for itself and the place that it read', async () => {
    expect(reasonOf(await answer('t1', true))).toBe('no-slot');
    await made.publishSlots(2);
    expect(reasonOf(await answer('t2', true))).toBe('unknown-project');
    expect(reasonOf(await answer('t1', true, { track: 'main', place: 2 }))).toBe('changed');
    expect(reasonOf(await answer('t1', true, { track: 'main', place: 1 }))).toBe('ok');
    expect(await made.track('main')).toEqual(['1: P01 confirmed', '2: P02 told']);
  });

  it('that does not come is told to who organizes the event, once', async () => {
    await made.publishSlots(2);
    await made.send();
    for (let again = 0; again < 2; again++) expect(reasonOf(await answer('t1', false))).toBe('ok');
    expect(await made.send()).toEqual([
      'ada: 项目 P01“盐碱地改良技术”不能参加已安排的路演：主赛道，第 1 位。请调整排期。',
    ]);
    await made.verbs.unplaceProject(made.named(1));
    expect(await made.track('main')).toEqual(['2: P02 told']);
    expect(reasonOf(await made.verbs.unplaceProject(made.named(1)))).toBe('not-placed');
  });
});
