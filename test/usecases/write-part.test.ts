import { beforeEach, describe, expect, it } from 'vitest';
import { projectCode } from '../../src/domain/project.ts';
import { later } from '../domain/examples.ts';
import { crashAfter, interleaving } from '../support/memory-faults.ts';
import { WRITTEN } from '../support/projects.ts';
import { FAIR, type House } from './house.ts';
import { CLOSES, filled, houseWithCall, join, stored, write } from './project-house.ts';

let house: House;
beforeEach(async () => {
  house = await houseWithCall();
});

const valuesOf = async (id?: string) =>
  Object.fromEntries(
    Object.entries((await stored(house, id)).parts).map(([part, { value }]) => [part, value]),
  );

async function addFile(id: string, given: { type?: string; size?: number } = {}): Promise<void> {
  const { type = 'application/pdf', size = 3 } = given;
  const file = {
    id,
    conversation: 'c',
    name: `${id}.pdf`,
    type,
    size,
    sha256: id,
    createdAt: house.clock.now(),
  };
  await house.stores.files.add(file, new Uint8Array(size), later(house.clock.now(), 60));
}
const fileRef = (ref: string) => ({ ref, name: 'x', type: 'application/pdf', size: 1 });

describe('the first part', () => {
  it('begins a draft with the next number, led by who wrote it', async () => {
    expect(await write(house, 'lead', 'title-zh', '甲')).toMatchObject({ ok: true, data: { others: [] } });
    await write(house, 'bo', 'title-zh', '乙', { project: 'run.2' });
    const first = await stored(house);
    expect(first).toMatchObject({ event: FAIR, number: 1, state: 'draft', rev: 1 });
    expect(first.members).toMatchObject([{ person: 'lead', lead: true }]);
    expect(projectCode(await stored(house, 'run.2'))).toBe('P02');
  });

  it('begins one project when its effect is carried out twice, or interrupted anywhere', async () => {
    for (let calls = 0; calls < 8; calls++) {
      const verbs = house.verbsOn(crashAfter(house.stores, calls).ports);
      await write({ verbs, stores: house.stores }, 'lead', 'title-zh', '甲', { version: 0 }).catch(() => {});
    }
    await write(house, 'lead', 'title-zh', '甲', { version: 0 });
    expect(await house.stores.projects.ofEvent(FAIR, 0, 10)).toHaveLength(1);
    expect((await stored(house)).parts['title-zh']?.version).toBe(1);
  });

  it('gives each of thirty teams at once a number of its own', async () => {
    const runs = Array.from({ length: 30 }, (_, i) => `run.${i}`);
    await Promise.all(
      runs.map((project) => write(house, project, 'title-zh', project, { project, version: 0 })),
    );
    const all = await house.stores.projects.ofEvent(FAIR, 0, 100);
    expect(all.map(({ number }) => number)).toEqual(runs.map((_, i) => i + 1));
  });

  it('is refused beyond what one person may have open, and taken again once one is withdrawn', async () => {
    house = await houseWithCall({ perPerson: 2 });
    for (const project of ['run.1', 'run.2']) await write(house, 'lead', 'title-zh', '甲', { project });
    expect(await write(house, 'lead', 'title-zh', '丙', { project: 'run.3' })).toMatchObject({
      ok: false,
      reason: 'too-many',
      data: { limit: 2 },
    });
    await house.verbs.withdrawProject({ person: 'lead', project: 'run.1' });
    expect(await write(house, 'lead', 'title-zh', '丙', { project: 'run.3' })).toMatchObject({ ok: true });
  });

  it('is refused before the call opens and after it has closed', async () => {
    house = await houseWithCall({ opensAt: later(house.clock.now(), 60) });
    expect(await write(house, 'lead', 'title-zh', '甲')).toMatchObject({ ok: false, reason: 'not-yet' });
    house.clock.set(CLOSES);
    expect(await write(house, 'lead', 'title-zh', '甲')).toMatchObject({ ok: false, reason: 'late' });
    expect(await house.stores.projects.ofEvent(FAIR, 0, 10)).toEqual([]);
  });
});

describe('members who write at once', () => {
  it('lose nothing, however many parts they write', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    await join(house, 'bo');
    const parts = [
      'title-en',
      'organization',
      'contact',
      'summary-zh',
      'summary-en',
      'industrialization',
      'market',
      'cooperation',
      'patents',
    ];
    const verbs = house.verbsOn(interleaving(house.stores, 7));
    const done = await Promise.all(
      parts.map((part, i) =>
        write({ verbs, stores: house.stores }, i % 2 === 0 ? 'lead' : 'bo', part, `text of ${part}`, {
          version: 0,
        }),
      ),
    );
    expect(done.every(({ ok }) => ok)).toBe(true);
    const values = await valuesOf();
    for (const part of parts) expect(values[part]).toBe(`text of ${part}`);
    expect((await stored(house)).history).toHaveLength((await stored(house)).rev);
  });

  it('are told when both write the same part: one stands, the other reads what', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    await join(house, 'bo');
    const done = await Promise.all(
      ['lead', 'bo'].map((person) => write(house, person, 'contact', person, { version: 0 })),
    );
    const refusals = done.flatMap((one) => (one.ok ? [] : [one]));
    const value = (await valuesOf()).contact;
    expect(refusals).toMatchObject([{ reason: 'changed', data: { part: 'contact', now: { value } } }]);
  });

  it('hear once what the others changed since', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    await join(house, 'bo');
    await write(house, 'lead', 'summary-zh', '摘要');
    await write(house, 'lead', 'contact', '张工');
    await write(house, 'lead', 'summary-zh', '新摘要');
    expect(await write(house, 'bo', 'organization', '某系')).toMatchObject({
      data: { others: ['contact', 'summary-zh'] },
    });
    expect(await write(house, 'bo', 'market', '西北')).toMatchObject({ data: { others: [] } });
    expect(await write(house, 'lead', 'market', '西南')).toMatchObject({
      data: { others: ['organization'] },
    });
  });

  it('do nothing by writing what stands there already', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    await write(house, 'lead', 'contact', '张工');
    const before = await stored(house);
    expect(await write(house, 'lead', 'contact', '张工', { version: 0 })).toMatchObject({ ok: true });
    expect(await stored(house)).toEqual(before);
  });
});

describe('a part is refused', () => {
  it.each([
    ['field', 'alchemy'],
    ['stage', 'dream'],
    ['applicant', 'nobody'],
    ['capital', '500'],
    ['capital', '5 million CNY'],
    ['title-zh', 'x'.repeat(2_000)],
    ['title-zh', ''],
    ['title-zh', null],
    ['phone', '138'],
    ['email', 'nobody'],
    ['public', ['title-zh']],
    ['public', ['phone', 'phone']],
    ['own-unknown', 'x'],
    ['__proto__', 'x'],
    ['summary-zh', ['a']],
    ['members', 'x'],
  ])('where %s is %j', async (part, value) => {
    await write(house, 'lead', 'title-zh', '甲');
    const before = await stored(house);
    expect(
      await write(house, 'lead', part, value, { version: before.parts[part]?.version ?? 0 }),
    ).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await stored(house)).toEqual(before);
  });

  it('of somebody else’s project, which is none to them', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    expect(await write(house, 'eve', 'title-zh', '乙')).toEqual({ ok: false, reason: 'unknown-project' });
  });

  it('after the deadline, a decision or a withdrawal, and all that was kept stays', async () => {
    const before = await filled(house);
    house.clock.set(CLOSES);
    expect(await write(house, 'lead', 'market', '新')).toMatchObject({ ok: false, reason: 'late' });
    expect((await stored(house)).parts).toEqual(before.parts);
    await house.stores.projects.save({ ...before, extendedUntil: later(CLOSES, 60), rev: before.rev + 1 });
    expect(await write(house, 'lead', 'market', '新')).toMatchObject({ ok: true });
    const open = await stored(house);
    await house.stores.projects.save({ ...open, state: 'rejected', rev: open.rev + 1 });
    expect(await write(house, 'lead', 'market', '又')).toMatchObject({ ok: false, reason: 'decided' });
    const decided = await stored(house);
    await house.stores.projects.save({ ...decided, state: 'withdrawn', rev: decided.rev + 1 });
    expect(await write(house, 'lead', 'market', '又')).toMatchObject({ ok: false, reason: 'withdrawn' });
  });
});

describe('a file', () => {
  it('belongs to the project before it is a part of it, with name, type and size as they are stored', async () => {
    await addFile('deck1');
    await write(house, 'lead', 'title-zh', '甲');
    expect(await write(house, 'lead', 'deck', fileRef('deck1'))).toMatchObject({ ok: true });
    expect((await valuesOf()).deck).toEqual({
      ref: 'deck1',
      name: 'deck1.pdf',
      type: 'application/pdf',
      size: 3,
    });
    const [file] = await house.stores.files.byId(['deck1']);
    expect(file?.owners).toEqual(['project:run.1']);
  });

  it('that is gone, or of another type than it was said to be, is refused', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    expect(await write(house, 'lead', 'deck', fileRef('none'))).toMatchObject({
      ok: false,
      reason: 'file-gone',
    });
    await addFile('zip', { type: 'application/zip' });
    expect(await write(house, 'lead', 'deck', fileRef('zip'))).toMatchObject({
      ok: false,
      reason: 'invalid',
    });
    expect((await stored(house)).parts.deck).toBeUndefined();
  });
});

describe('a project', () => {
  const of = { person: 'lead', project: 'run.1' };

  it('is submitted once it lacks nothing, and twice is once', async () => {
    await write(house, 'lead', 'title-zh', '甲');
    const refusal = await house.verbs.submitProject(of);
    expect(refusal).toMatchObject({ ok: false, reason: 'missing' });
    expect((refusal as { data: { parts: string[] } }).data.parts.slice(0, 3)).toEqual([
      'field',
      'applicant',
      'organization',
    ]);
    await write(house, 'lead', 'title-zh', '甲');
    const { 'title-zh': _title, ...rest } = WRITTEN;
    for (const [part, value] of Object.entries(rest)) await write(house, 'lead', part, value);
    expect(await house.verbs.submitProject(of)).toMatchObject({ ok: true });
    const submitted = await stored(house);
    expect(submitted).toMatchObject({ state: 'submitted', submittedAt: house.clock.now() });
    house.clock.pass(5);
    await house.verbs.submitProject(of);
    expect(await stored(house)).toEqual(submitted);
  });

  it('is submitted again after changes were asked for, and keeps its state while it is edited', async () => {
    const draft = await filled(house);
    await house.stores.projects.save({ ...draft, state: 'changes-requested', rev: draft.rev + 1 });
    await write(house, 'lead', 'market', '新');
    expect((await stored(house)).state).toBe('changes-requested');
    await house.verbs.submitProject(of);
    await write(house, 'lead', 'market', '更新');
    expect((await stored(house)).state).toBe('submitted');
  });

  it('is not submitted by others, or late', async () => {
    await filled(house);
    expect(await house.verbs.submitProject({ ...of, person: 'eve' })).toEqual({
      ok: false,
      reason: 'unknown-project',
    });
    house.clock.set(CLOSES);
    expect(await house.verbs.submitProject(of)).toMatchObject({ ok: false, reason: 'late' });
  });

  it('is withdrawn and brought back as it was, until the deadline', async () => {
    await filled(house);
    await house.verbs.submitProject(of);
    for (let twice = 0; twice < 2; twice++) await house.verbs.withdrawProject(of);
    expect((await stored(house)).state).toBe('withdrawn');
    await house.verbs.restoreProject(of);
    expect((await stored(house)).state).toBe('submitted');
    await house.verbs.withdrawProject(of);
    house.clock.set(CLOSES);
    expect(await house.verbs.restoreProject(of)).toMatchObject({ ok: false, reason: 'late' });
  });
});
