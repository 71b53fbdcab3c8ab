import { beforeEach, describe, expect, it } from 'vitest';
import { FAIR } from './house.ts';
import { idOf } from './linking.ts';
import { Reviewing, written } from './reviewing.ts';

let made: Reviewing;

beforeEach(async () => {
  made = await Reviewing.open(3, (number) =>
    number === 3 ? { parts: written({ field: 'materials', organization: 'Tsinghua University' }) } : {},
  );
});

const reasonOf = (done: { ok: boolean; reason?: string }) => (done.ok ? 'ok' : done.reason);

describe('who may decide', () => {
  it('is who organizes the event or reviews the field, and nobody else', async () => {
    expect(reasonOf(await made.decide(1, 'accept', 'rob'))).toBe('no-reviewer');
    await made.grant('rob', { event: FAIR, part: 'energy' });
    expect(reasonOf(await made.decide(1, 'accept', 'rob'))).toBe('ok');
    expect(reasonOf(await made.decide(3, 'accept', 'rob'))).toBe('unknown-project');
    expect(reasonOf(await made.decide(9, 'accept', 'rob'))).toBe('unknown-project');
    expect(reasonOf(await made.decide(3, 'reject'))).toBe('ok');
    expect(reasonOf(await made.decide(1, 'reject', 't1'))).toBe('no-reviewer');
  });

  it('is nobody who stands back, however they are named', async () => {
    await made.grant('rob', { event: FAIR });
    await made.grant('eve', { event: FAIR, part: 'energy' });
    await made.verbs.standBack({ ...made.named(1, 'rob'), effect: 'e' });
    await made.verbs.standBack({ ...made.named(1, 'rob'), effect: 'e' });
    const named = made.named(1, 'rob');
    expect(reasonOf(await made.decide(1, 'accept', 'rob'))).toBe('conflict');
    expect(reasonOf(await made.verbs.showReview(named))).toBe('conflict');
    expect(reasonOf(await made.verbs.noteProject({ ...named, text: 'x', effect: 'n' }))).toBe('conflict');
    expect(reasonOf(await made.verbs.undecideProject({ ...named, effect: 'u' }))).toBe('conflict');
    const { conflicts, history } = await made.project(1);
    expect(conflicts).toEqual([idOf('rob')]);
    expect(history.map(({ what, by }) => [what, by])).toEqual([['conflict', idOf('rob')]]);
    const list = async (name: string) => {
      const done = await made.verbs.listReviews({ person: idOf(name), event: null, part: null, page: 0 });
      const [one] = done.ok ? done.data : [];
      return {
        waiting: one?.waiting.map(({ number }) => number),
        alone: one?.leftAlone.map(({ number }) => number),
      };
    };
    expect(await list('rob')).toEqual({ waiting: [2, 3], alone: [] });
    expect(await list('ada')).toEqual({ waiting: [1, 2, 3], alone: [] });
    await made.verbs.standBack({ ...made.named(1, 'eve'), effect: 'e' });
    expect(await list('ada')).toEqual({ waiting: [1, 2, 3], alone: [1] });
    expect(await list('eve')).toEqual({ waiting: [2], alone: [] });
  });

  it('is warned where their organization is that of the team', async () => {
    await made.grant('rob', { event: FAIR, note: '热能工程系 审核组' });
    await made.grant('eve', { event: FAIR });
    await made.house.register(idOf('eve'), { organization: 'the TSINGHUA  university, Inc.' });
    const same = async (number: number, name: string) => {
      const done = await made.verbs.showReview(made.named(number, name));
      return done.ok ? done.data.sameOrganization : done.reason;
    };
    expect(await same(1, 'rob')).toBe('热能工程系 审核组');
    expect(await same(3, 'rob')).toBeNull();
    expect(await same(3, 'eve')).toBe('the TSINGHUA  university, Inc.');
    expect(await same(1, 'eve')).toBeNull();
  });
});

describe('a decision', () => {
  it('stays pending, and the team reads nothing of it', async () => {
    await made.decide(1, 'accept');
    expect(await made.project(1)).toMatchObject({
      state: 'submitted',
      decision: { number: 1, publishedAt: null },
    });
    expect(made.rows()).toEqual([]);
    expect(reasonOf(await made.verbs.undecideProject({ ...made.named(1), effect: 'u' }))).toBe('ok');
    expect((await made.project(1)).decision).toBeNull();
    expect(reasonOf(await made.verbs.undecideProject({ ...made.named(1), effect: 'v' }))).toBe(
      'nothing-pending',
    );
  });

  it('is the same however often its effect is performed', async () => {
    for (let again = 0; again < 3; again++)
      expect(reasonOf(await made.decide(1, 'accept', 'ada', 'same'))).toBe('ok');
    expect((await made.project(1)).decision?.number).toBe(1);
    await made.decide(1, 'reject');
    await made.decide(1, 'accept', 'ada', 'same');
    expect((await made.project(1)).decision).toMatchObject({ number: 2, verdict: 'reject' });
  });

  it('takes the place of one that was not published, and says so', async () => {
    await made.grant('rob', { event: FAIR });
    await made.decide(1, 'accept', 'rob');
    const done = await made.decide(1, 'reject');
    expect(done).toMatchObject({ ok: true, data: { superseded: { number: 1, verdict: 'accept' }, next: 2 } });
    expect((await made.project(1)).decision).toMatchObject({ number: 2, verdict: 'reject' });
    await made.publish(1);
    expect(made.rows()).toEqual([`decision/project-1/2/${idOf('t1')} pending`]);
  });

  it.each(['draft', 'withdrawn'] as const)('is not made on one that is %s', async (state) => {
    await made.change(1, { state });
    expect(reasonOf(await made.decide(1, 'accept'))).toBe('wrong-state');
  });

  it('that is published is changed by organizers alone, and the letter tells so', async () => {
    await made.grant('rob', { event: FAIR });
    await made.accepted(1);
    expect(reasonOf(await made.decide(1, 'reject', 'rob'))).toBe('wrong-state');
    expect(await made.send()).toEqual([expect.stringContaining('已通过“成果对接会”的项目征集')]);
    await made.place('main', [1]);
    await made.decide(1, 'reject');
    expect(await made.project(1)).toMatchObject({ state: 'accepted', slot: { track: 'main' } });
    await made.publish(1);
    expect(await made.project(1)).toMatchObject({ state: 'rejected', slot: null });
    const [text] = await made.send();
    expect(text).toContain('更正：此前发送的审核结果不再有效');
    expect(text).toContain('未能入选');
  });

  it('asks for changes until a time that is still to come, and opens the project until then', async () => {
    const now = made.house.clock.now();
    const asking = { ...made.named(1), verdict: 'changes' as const, effect: 'c' };
    const messages = [{ part: 'title-zh', text: '请简短' }];
    expect(reasonOf(await made.verbs.decideProject({ ...asking, messages, until: now }))).toBe('past');
    expect(reasonOf(await made.verbs.decideProject({ ...asking, messages: [], until: null }))).toBe(
      'no-message',
    );
    await made.decide(1, 'changes');
    await made.publish(1);
    const until = new Date('2026-05-13T10:00:00Z');
    expect(await made.project(1)).toMatchObject({ state: 'changes-requested', extendedUntil: until });
    const [row] = made.house.stores.deliveries.all();
    expect(row?.letter.text).toContain('· 中文名称：Shorter, please');
    expect(row?.letter.text).toContain('2026年5月13日周三 18:00（Asia/Shanghai）');
    expect(row?.letter.choices).toEqual([{ value: 'edit P01', label: '修改项目' }]);
  });

  it('whose time for changes is over waits to be made anew', async () => {
    await made.decide(1, 'changes');
    await made.decide(2, 'accept');
    made.house.clock.pass(10 * 24 * 60);
    expect(await made.publish(2)).toMatchObject({ ok: false, reason: 'count-changed', data: { count: 1 } });
    expect(reasonOf(await made.publish(1))).toBe('ok');
    expect((await made.project(1)).decision?.publishedAt).toBeNull();
    expect(reasonOf(await made.verbs.publishDecision({ ...made.named(1), effect: 'p' }))).toBe('stale');
  });

  it('that is taken back leaves what was published before', async () => {
    await made.accepted(1);
    await made.decide(1, 'reject');
    await made.verbs.undecideProject({ ...made.named(1), effect: 'u' });
    expect(await made.project(1)).toMatchObject({
      state: 'accepted',
      decision: { number: 1, verdict: 'accept' },
    });
    expect(await made.send()).toHaveLength(1);
  });
});

describe('a note', () => {
  it('is kept once for each effect, with who wrote it', async () => {
    for (const effect of ['a', 'a', 'b'])
      await made.verbs.noteProject({ ...made.named(1), text: effect, effect });
    expect((await made.project(1)).notes.map(({ by, text }) => [by, text])).toEqual([
      [idOf('ada'), 'a'],
      [idOf('ada'), 'b'],
    ]);
  });
});
