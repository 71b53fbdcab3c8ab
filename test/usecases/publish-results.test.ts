import { describe, expect, it } from 'vitest';
import { checkResultFile, writeResultFile } from '../../src/documents/result-file.ts';
import { Crash, counting, crashAfter, interleaving } from '../support/memory-faults.ts';
import { FAIR } from './house.ts';
import { idOf } from './linking.ts';
import { JUDGES, RUN, Scoring } from './scoring-house.ts';

const reasonOf = (done: { ok: boolean; reason?: string }) => (done.ok ? 'ok' : done.reason);

async function locked(): Promise<Scoring> {
  const one = await Scoring.open();
  await one.scoreAll();
  expect(reasonOf(await one.lock())).toBe('ok');
  return one;
}

describe('locking', () => {
  it('an incomplete track takes who says how many sheets are missing', async () => {
    const one = await Scoring.open();
    await one.score('j1', 1);
    expect(await one.lock()).toMatchObject({ reason: 'incomplete', data: { missing: 8 } });
    expect(reasonOf(await one.lock(7))).toBe('incomplete');
    expect(reasonOf(await one.lock(8, 'j1'))).toBe('not-allowed');
    expect(reasonOf(await one.lock(8, 'host'))).toBe('not-allowed');
    expect(reasonOf(await one.lock(8, 'chief'))).toBe('ok');
    expect(await one.stored()).toMatchObject({ scoring: { state: 'locked', lockedAt: one.clock.now() } });
    expect(await one.score('j2', 1)).toBe(false);
    expect(one.made.rows('locked').map((row) => row.split('/').at(-1))).toEqual([`${idOf('ada')} pending`]);
  });

  it('that a host began by closing is completed by the sweep', async () => {
    const one = await Scoring.open({ state: 'locking' });
    await one.verbs.settleRuns();
    expect((await one.stored()).scoring.state).toBe('locked');
    expect((await one.stores.sheets.ofTrack(FAIR, 'main')).filter(({ locked: is }) => is)).toHaveLength(9);
    expect(one.made.rows('locked')).toHaveLength(2);
  });

  it('beside judges who hand in takes a sheet or refuses it, and what was taken counts', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const one = await Scoring.open();
      const stores = interleaving(one.stores, seed);
      const racing = Object.create(one, { stores: { value: stores } }) as Scoring;
      const handing = JUDGES.map((judge) => racing.score(judge, 1));
      const verbs = one.made.house.verbsOn(stores);
      const locking = (async () => {
        for (;;) {
          const tried = await one.lock(null, 'ada', verbs);
          if (tried.ok) return tried;
          const { missing } = tried.data as { missing: number };
          const done = await one.lock(missing, 'ada', verbs);
          if (done.ok) return done;
        }
      })();
      const taken = await Promise.all(handing);
      await locking;
      const sheets = await Promise.all(JUDGES.map((judge) => one.sheet(judge, 1)));
      expect(
        sheets.every((sheet) => sheet.locked),
        `seed ${seed}`,
      ).toBe(true);
      expect(sheets.map(({ state }) => state === 'submitted')).toEqual(taken);
    }
  });

  it('interrupted at any call is completed', async () => {
    const counted = await Scoring.open();
    const all = counting(counted.stores);
    await counted.lock(9, 'ada', counted.made.house.verbsOn(all.ports));
    for (let call = 0; call <= all.calls(); call++) {
      const one = await Scoring.open();
      const verbs = one.made.house.verbsOn(crashAfter(one.stores, call).ports);
      await one.lock(9, 'ada', verbs).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      await one.verbs.settleRuns();
      await one.lock(9);
      expect((await one.stored()).scoring.state, `call ${call}`).toBe('locked');
      const sheets = await one.stores.sheets.ofTrack(FAIR, 'main');
      expect(sheets.filter((sheet) => sheet.locked)).toHaveLength(9);
    }
  });
});

describe('a locked sheet', () => {
  const reopen = (one: Scoring, given: object = {}) =>
    one.verbs.reopenSheet({
      person: idOf('chief'),
      event: null,
      number: 3,
      judge: 2,
      reason: '录入有误',
      effect: 'web:main:chief.1',
      ...given,
    });

  it('is reopened for a reason, tells its judge, and is locked again once it is handed in', async () => {
    const one = await locked();
    expect(reasonOf(await reopen(one))).toBe('ok');
    expect(reasonOf(await reopen(one))).toBe('ok');
    expect(reasonOf(await reopen(one, { effect: 'web:main:chief.2' }))).toBe('open-already');
    expect((await one.stored()).scoring.reopened).toMatchObject([{ reason: '录入有误', endedAt: null }]);
    expect(one.made.house.lettersTo(idOf('j2'))[0]?.letter.text).toContain('原因：录入有误');
    const { rev } = await one.stored();
    expect(reasonOf(await one.publish(rev))).toBe('reopened');
    await one.verbs.settleRuns();
    expect(await one.score('j1', 3)).toBe(false);
    expect(await one.score('j2', 3, 100, 100, 100)).toBe(true);
    await one.verbs.settleRuns();
    expect((await one.sheet('j2', 3)).locked).toBe(true);
    expect((await one.stored()).scoring.reopened?.[0]?.endedAt).toEqual(one.clock.now());
    expect((await one.sheet('j2', 3)).entries.map(({ what }) => what)).toEqual([
      'scored',
      'reopened',
      'scored',
    ]);
  });

  it('is not reopened by judges, before the lock, nor of a judge whom there is not', async () => {
    expect(reasonOf(await reopen(await Scoring.open()))).toBe('not-locked');
    const one = await locked();
    expect(reasonOf(await reopen(one, { person: idOf('j2') }))).toBe('not-allowed');
    expect(reasonOf(await reopen(one, { judge: 4 }))).toBe('unknown-judge');
    expect(reasonOf(await reopen(one, { number: 9 }))).toBe('unknown-project');
  });

  it('whose reopening was interrupted is opened by the sweep', async () => {
    for (let call = 0; call < 40; call++) {
      const one = await locked();
      const verbs = one.made.house.verbsOn(crashAfter(one.stores, call).ports);
      const given = { person: idOf('chief'), event: null, number: 3, judge: 2, reason: 'r', effect: 'w.1' };
      const done = await verbs.reopenSheet(given).catch(() => undefined);
      await one.verbs.settleRuns();
      const isNoted = (await one.stored()).scoring.reopened !== undefined;
      expect((await one.sheet('j2', 3)).locked, `call ${call}`).toBe(!isNoted);
      expect(one.made.rows('reopened')).toHaveLength(isNoted ? 1 : 0);
      if (done) return;
    }
    throw new Error('expected it to come to its end, received only crashes');
  });
});

describe('a tie', () => {
  const decide = (one: Scoring, numbers: readonly number[], person = idOf('ada')) =>
    one.verbs.decideTie({ person, event: null, numbers, reason: '合议' });

  it('is decided by an organizer, of exactly those who are tied, after the lock', async () => {
    const open = await Scoring.open();
    await open.scoreAll();
    expect(reasonOf(await decide(open, [3, 1]))).toBe('not-locked');
    const one = await locked();
    expect(reasonOf(await decide(one, [3, 1], idOf('chief')))).toBe('not-allowed');
    expect(reasonOf(await decide(one, [3, 2]))).toBe('not-tied');
    expect(reasonOf(await decide(one, [3, 8]))).toBe('unknown-project');
    const done = await decide(one, [3, 1]);
    if (!done.ok) throw new Error(done.reason);
    expect(done.data.standing.ranked.map(({ project, by }) => [project, by])).toEqual([
      ['project-2', null],
      ['project-3', 'chair'],
      ['project-1', null],
    ]);
    expect((await one.stored()).scoring.decisions).toMatchObject([{ by: idOf('ada'), reason: '合议' }]);
  });
});

describe('publishing', () => {
  it('shows first, publishes what was seen, once, and anybody can verify it', async () => {
    const one = await locked();
    const { openResults } = one.verbs;
    const shown = await one.publish(null);
    expect(shown).toMatchObject({ ok: true, data: { published: null } });
    const { rev } = await one.stored();
    expect(reasonOf(await one.publish(rev, one.verbs, 'chief'))).toBe('not-allowed');
    await one.verbs.giveAward({ person: idOf('ada'), event: null, number: 3, name: '最具投资价值奖' });
    expect(reasonOf(await one.publish(rev))).toBe('changed');
    expect(await openResults({ code: 'fair', track: 'main' })).toEqual([]);
    const done = await one.publish(rev + 1);
    if (!done.ok || !done.data.published) throw new Error(reasonOf(done));
    const { published } = done.data;
    expect(published.awards).toEqual([{ project: 'P03', name: '最具投资价值奖' }]);
    expect(await openResults({ code: 'fair', track: 'main' })).toEqual([published]);
    expect(await one.stored()).toMatchObject({
      active: false,
      scoring: { state: 'published', sha256: published.sha256 },
    });
    one.clock.pass(1);
    expect(await one.publish(rev + 1)).toMatchObject({ ok: true, data: { published } });
    const checked = checkResultFile(writeResultFile(published.result, published.sha256));
    expect(checked).toMatchObject({ problems: [], sha256: published.sha256 });
    const said = JSON.stringify(published.result);
    for (const judge of JUDGES) {
      expect(said).not.toContain(idOf(judge));
      expect(said).not.toContain(`评委${judge}`);
    }
    expect(reasonOf(await one.lock())).toBe('not-open');
  });

  it('is refused before the lock', async () => {
    expect(reasonOf(await (await Scoring.open()).publish(null))).toBe('not-locked');
  });

  it('by several at once is one', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const one = await locked();
      const { rev } = await one.stored();
      const verbs = one.made.house.verbsOn(interleaving(one.stores, seed));
      const done = await Promise.all([1, 2, 3].map(() => one.publish(rev, verbs)));
      const digests = done.map((each) => (each.ok ? each.data.published?.sha256 : each.reason));
      expect(new Set(digests), `seed ${seed}`).toEqual(new Set([(await one.stored()).scoring.sha256]));
    }
  });

  it('interrupted at any call is completed by doing it again, and nothing half is ever shown', async () => {
    const counted = await locked();
    const all = counting(counted.stores);
    const { rev } = await counted.stored();
    await counted.publish(rev, counted.made.house.verbsOn(all.ports));
    for (let call = 0; call <= all.calls(); call++) {
      const one = await locked();
      const verbs = one.made.house.verbsOn(crashAfter(one.stores, call).ports);
      await one.publish(rev, verbs).catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      const seen = await one.verbs.openResults({ code: 'fair', track: 'main' });
      expect(seen).toHaveLength((await one.stored()).scoring.state === 'published' ? 1 : 0);
      expect(reasonOf(await one.publish(rev)), `call ${call}`).toBe('ok');
      const [stored] = await one.stores.results.byId([RUN]);
      expect(stored?.sha256).toBe((await one.stored()).scoring.sha256);
    }
  });

  it('is announced by a draft of a notice, in the languages of the event', async () => {
    const one = await locked();
    const announce = () =>
      one.verbs.announceResults({ person: idOf('ada'), event: null, effect: 'web:main:ada.9' });
    expect(reasonOf(await announce())).toBe('nothing-published');
    await one.publish((await one.stored()).rev);
    expect(reasonOf(await announce())).toBe('empty-audience');
    await one.made.house.register(idOf('guest'));
    const done = await announce();
    if (!done.ok) throw new Error(done.reason);
    expect(done.data.notice.state).toBe('draft');
    expect(done.data.notice.content.text.zh).toContain('一等奖：P02');
    expect(done.data.notice.content.text.zh).toContain('（90.00 分）');
    expect(await announce()).toMatchObject({
      ok: true,
      data: { notice: { number: done.data.notice.number } },
    });
  });
});
