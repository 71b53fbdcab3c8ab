import { describe, expect, it } from 'vitest';
import { changed } from '../../src/domain/project.ts';
import { Crash, counting, crashAfter } from '../support/memory-faults.ts';
import { FAIR, type House } from './house.ts';
import { arrive, idOf } from './linking.ts';
import { build, lettersTo, manualHouse, ORGANIZER, projectOf } from './manual-house.ts';

const edition = async ({ stores }: House, number = 1) =>
  (await stores.editions.of(FAIR)).find((one) => one.number === number);
const textOf = async ({ stores }: House, ref = '') =>
  Buffer.from((await stores.files.open(ref)) ?? []).toString();

describe('an edition of the manual', () => {
  it('is made for organizers alone, and not of nothing', async () => {
    const house = await manualHouse();
    const asked = { person: idOf('lead'), event: FAIR };
    const effect = { langs: 'zh', effect: 'e.1', conversation: 'e' } as const;
    expect(await house.verbs.showManual(asked)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await house.verbs.startManual({ ...asked, ...effect })).toMatchObject({ reason: 'not-allowed' });
    expect(await house.verbs.planManual({ ...asked, order: 'title' })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await house.verbs.sendProofs({ ...asked, number: null, effect: 'e' })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await house.verbs.publishManual({ ...asked, number: 1, published: true })).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await edition(house)).toBeUndefined();
    for (const number of [1, 2, 3]) {
      const project = await projectOf(house, number);
      const at = house.clock.now();
      await house.stores.projects.save(
        changed(project, { state: 'withdrawn' }, { at, by: null, what: 'withdrawn', detail: null }),
      );
    }
    expect(await build(house)).toMatchObject({ reason: 'no-projects' });
  });

  it('has what was accepted when it was asked for, and keeps its number, cover and content', async () => {
    const house = await manualHouse();
    const cover = { title: { zh: '甲', en: 'A' }, subtitle: { zh: '', en: '' }, text: { zh: '', en: '' } };
    await house.verbs.planManual({ person: ORGANIZER, event: FAIR, cover });
    await house.verbs.planManual({ person: ORGANIZER, event: FAIR, order: 'title' });
    expect(await build(house)).toMatchObject({ ok: true, data: { number: 1, state: 'building' } });
    expect(await build(house)).toMatchObject({ ok: true, data: { number: 1 } });
    expect(await build(house, house.verbs, 'other.2')).toMatchObject({ reason: 'under-way' });
    expect(await house.verbs.buildManuals()).toBe(1);
    expect(await house.verbs.buildManuals()).toBe(0);
    const one = await edition(house);
    expect(one).toMatchObject({ state: 'ready', cover, order: 'title', projects: 3, lease: null });
    expect(await textOf(house, one?.files?.pdf.ref)).toBe('P01 P02 P03 with 0 pictures');
    expect(await lettersTo(house, 'manual/')).toHaveLength(1);
    await house.verbs.planManual({ person: ORGANIZER, event: FAIR, order: 'code' });
    expect(await edition(house)).toEqual(one);
    expect(await edition(house, 2)).toMatchObject({ state: 'draft', cover, order: 'code' });
  });

  it('is public one at a time', async () => {
    const house = await manualHouse();
    const publish = (number: number, published: boolean) =>
      house.verbs.publishManual({ person: ORGANIZER, event: FAIR, number, published });
    expect(await publish(1, true)).toMatchObject({ reason: 'unknown-edition' });
    await build(house);
    expect(await publish(1, true)).toMatchObject({ reason: 'not-built' });
    expect(await house.verbs.openPublicManual('office', 'fair')).toBeUndefined();
    await house.verbs.buildManuals();
    await build(house, house.verbs, 'e.2');
    await house.verbs.buildManuals();
    await publish(1, true);
    await publish(2, true);
    expect((await edition(house, 1))?.state).toBe('ready');
    expect((await house.verbs.openPublicManual('office', 'fair'))?.manual.number).toBe(2);
    await publish(2, false);
    expect(await house.verbs.openPublicManual('office', 'fair')).toBeUndefined();
  });

  it('is built by one process at a time, and by another when that one is gone', async () => {
    const house = await manualHouse();
    await build(house);
    const { ports, calls } = counting(house.stores);
    await house.verbsOn(ports).buildManuals();
    const all = calls();
    expect(all).toBeGreaterThan(15);
    for (let last = 0; last < all; last++) {
      const mortal = await manualHouse();
      await build(mortal);
      const dead = mortal.verbsOn(crashAfter(mortal.stores, last).ports);
      await expect(dead.buildManuals(), `after call ${last}`).rejects.toThrow(Crash);
      const left = await edition(mortal);
      if (left?.state === 'building' && left.lease) expect(await mortal.verbs.buildManuals()).toBe(0);
      mortal.clock.pass(2);
      await mortal.verbs.buildManuals();
      const done = await edition(mortal);
      expect(done, `after call ${last}`).toMatchObject({ state: 'ready', projects: 3, lease: null });
      for (const file of Object.values(done?.files ?? {}))
        expect((await mortal.stores.files.byId([file.ref]))[0]?.owners).toEqual([`manual:${done?.id}`]);
      expect(await lettersTo(mortal, 'manual/')).toHaveLength(1);
    }
  });

  it('is given up after some tries, and its organizer hears of it', async () => {
    const house = await manualHouse();
    await build(house);
    const broken = house.verbsOn({
      ...house.stores,
      files: { ...house.stores.files, add: async () => Promise.reject(new Error('no space')) },
    });
    for (let tries = 0; tries < 4; tries++) {
      await expect(broken.buildManuals()).rejects.toThrow('no space');
      house.clock.pass(2);
    }
    await broken.buildManuals();
    expect(await edition(house)).toMatchObject({ state: 'failed', files: null });
    expect((await lettersTo(house, 'manual/'))[0]).toContain('失败');
  });
});

describe('proofs', () => {
  const send = (house: House, number: number | null, effect: string, verbs = house.verbs) =>
    verbs.sendProofs({ person: ORGANIZER, event: FAIR, number, effect });

  it('go to every member with the page, and again to who has not approved', async () => {
    const house = await manualHouse();
    expect(await send(house, null, 'e.1')).toMatchObject({ ok: true, data: { asked: 3 } });
    expect(await send(house, null, 'e.1')).toMatchObject({ ok: true, data: { asked: 3 } });
    const letters = await lettersTo(house, 'proof/');
    expect(letters).toHaveLength(4);
    expect(letters[0]).toMatch(/P01 盐碱地改良技术[\s\S]*https:\/\/roadshow.example.org\/proof\/project-1/u);
    expect(letters[0]).not.toContain('8613800138000');
    const { id } = await projectOf(house, 1);
    const answer = (person: string, text: string | null) =>
      house.verbs.answerProof({ person, project: id, text });
    expect(await answer(idOf('visitor'), null)).toMatchObject({ reason: 'unknown-project' });
    expect(await answer(idOf('mate'), '单位名称有误')).toMatchObject({ ok: true });
    expect((await projectOf(house, 1)).proof).toMatchObject({
      state: 'corrected',
      text: '单位名称有误',
      by: idOf('mate'),
    });
    expect(await answer(idOf('lead'), null)).toMatchObject({ ok: true });
    expect(await answer(idOf('lead'), ' ')).toMatchObject({ reason: 'empty' });
    expect(await send(house, null, 'e.2')).toMatchObject({ data: { asked: 2 } });
    expect(await send(house, 1, 'e.3')).toMatchObject({ data: { asked: 1 } });
    expect((await projectOf(house, 1)).proof?.state).toBe('asked');
    expect(await send(house, 4, 'e.4')).toMatchObject({ reason: 'unknown-project' });
  });

  it('are asked for once, wherever a process dies', async () => {
    const house = await manualHouse();
    const { ports, calls } = counting(house.stores);
    await send(house, null, 'e.1', house.verbsOn(ports));
    for (let last = 0; last < calls(); last++) {
      const mortal = await manualHouse();
      const dead = mortal.verbsOn(crashAfter(mortal.stores, last).ports);
      await expect(send(mortal, null, 'e.1', dead)).rejects.toThrow(Crash);
      await send(mortal, null, 'e.1');
      expect(await lettersTo(mortal, 'proof/'), `after call ${last}`).toHaveLength(4);
      expect((await projectOf(mortal, 2)).history).toHaveLength(1);
    }
  });

  it('open for a team that is in the manual', async () => {
    const house = await manualHouse();
    expect((await house.verbs.openProof('project-1'))?.code).toBe('P01');
    expect(await house.verbs.openProof('project-4')).toBeUndefined();
    expect(await house.verbs.openProof('none')).toBeUndefined();
  });
});

describe('a wish to meet a team', () => {
  const visitor = { name: '访客', organization: '某企业', contact: '13900139000' };
  const meet = (house: House, number: number, effect: string, person = idOf('visitor')) =>
    house.verbs.meetTeam({ event: FAIR, number, person, effect, visitor });

  it('reaches every member once, of a project that is in the manual', async () => {
    const house = await manualHouse();
    expect(await meet(house, 1, 'v.1')).toMatchObject({ ok: true });
    expect(await meet(house, 1, 'v.2')).toMatchObject({ reason: 'already' });
    const letters = await lettersTo(house, 'meet/project-1/');
    expect(letters).toHaveLength(2);
    expect(letters[0]).toContain('13900139000');
    expect(await meet(house, 4, 'v.3')).toMatchObject({ reason: 'unknown-project' });
    expect(await meet(house, 99, 'v.3')).toMatchObject({ reason: 'unknown-project' });
    expect(await meet(house, 2, 'v.4', idOf('lead'))).toMatchObject({ reason: 'own' });
    expect(await house.verbs.showProject({ event: FAIR, number: 4 })).toMatchObject({
      reason: 'unknown-project',
    });
  });

  it('is heard ten times a day', async () => {
    const house = await manualHouse();
    await arrive(house, 'other');
    const project = await projectOf(house, 2);
    for (let number = 10; number < 21; number++)
      await house.stores.projects.save({ ...project, id: `p${number}`, number, rev: 1 });
    for (let number = 10; number < 20; number++)
      expect(await meet(house, number, `v.${number}`)).toMatchObject({ ok: true });
    expect(await meet(house, 20, 'v.20')).toMatchObject({ reason: 'too-many' });
    expect(await meet(house, 20, 'o.1', idOf('other'))).toMatchObject({ ok: true });
    house.clock.pass(25 * 60);
    expect(await meet(house, 20, 'v.21')).toMatchObject({ ok: true });
  });
});
