import { describe, expect, it } from 'vitest';
import { newDelivery } from '../../src/domain/delivery.ts';
import { walkProjects } from '../../src/usecases/walk-projects.ts';
import { later } from '../domain/examples.ts';
import { Crash, crashAfter } from '../support/memory-faults.ts';
import { aCall, parts } from '../support/projects.ts';
import { type Send, senderOn } from '../support/sender.ts';
import { CLOSES, COMPLETE, calling, callingHouse, HOUR, projectOf, team, told } from './calling.ts';
import { FAIR, fair, type House, START } from './house.ts';
import { idOf, joined } from './linking.ts';

const DAY_BEFORE = later(CLOSES, -24 * 60);

async function at(house: House, when: Date): Promise<void> {
  house.clock.set(when);
  await house.sweep();
}

const planned = (house: House) =>
  house.stores.occasions
    .all()
    .filter(({ kind, state }) => kind === 'deadline' && state === 'planned')
    .map(({ rule, startsAt }) => `${rule} ${startsAt.toISOString()}`)
    .sort();

async function sent(house: House): Promise<string[]> {
  const lines: string[] = [];
  const send: Send = async ({ id }, { text }) => {
    lines.push(`${id}: ${text}`);
    return { result: 'sent', messageId: '1' };
  };
  await senderOn(house.stores, { clock: house.clock, send }).sendDue();
  return lines;
}

describe('the reminder of a deadline', () => {
  it('goes to every member of what is not submitted or lacks something, once', async () => {
    const house = await callingHouse({}, 'cy', 'di', 'ed', 'flo');
    await team(house, 1, ['ana', 'bo'], { parts: parts({ 'title-zh': '一号' }) });
    await team(house, 2, ['cy'], { state: 'submitted' });
    await team(house, 3, ['di'], { state: 'submitted', parts: COMPLETE });
    await team(house, 4, ['ed'], { state: 'changes-requested', parts: COMPLETE });
    await team(house, 5, ['flo'], { state: 'withdrawn' });
    await at(house, later(DAY_BEFORE, -1));
    expect(told(house, 'deadline')).toEqual([]);
    await at(house, DAY_BEFORE);
    await house.sweep();
    expect(told(house, 'deadline')).toEqual(['ana pending', 'bo pending', 'cy pending', 'ed pending']);
    await at(house, later(CLOSES, -60));
    expect(told(house, 'deadline').filter((line) => line.startsWith('ana'))).toHaveLength(2);
  });

  it('says which project it is, what is missing and until when, in the language of its reader', async () => {
    const house = await callingHouse();
    await house.stores.people.setLanguage(idOf('bo'), 'en');
    await team(house, 3, ['ana', 'bo'], { state: 'submitted' });
    await at(house, DAY_BEFORE);
    const [zh, en] = ['ana', 'bo'].map((name) => house.lettersTo(idOf(name))[0]);
    expect(zh?.letter).toEqual({
      text: '提醒：项目提交即将截止，截止时间为 2026年5月18日周一 09:00（Asia/Shanghai）。\n\nP03“盐碱地改良技术”\n成果对接会\n还缺：路演材料',
      choices: [{ value: 'edit P03', label: '继续填写 P03' }],
    });
    expect(en?.letter.text).toBe(
      'A reminder: the deadline for your project is Mon, 18 May 2026 09:00 (Asia/Shanghai).\n\nP03 “Soil improvement with desulfurized coal waste”\nMatchmaking fair\nStill missing: Deck',
    );
    expect(zh).toMatchObject({
      kind: 'own',
      hold: { project: 'p3', still: 'lacking', until: CLOSES },
      expiresAt: later(DAY_BEFORE, 120),
    });
    expect(zh?.id).toBe(`${zh?.occasion}/p3/${idOf('ana')}`);
  });

  it('names an event’s own questions by their labels', async () => {
    const label = { zh: '获奖情况', en: 'Awards' };
    const question = { id: 'awards', kind: 'text' as const, ask: label, label, optional: false, max: 99 };
    const house = await callingHouse({ questions: [question] });
    await team(house, 1, ['ana'], { parts: COMPLETE });
    await at(house, DAY_BEFORE);
    expect(house.lettersTo(idOf('ana'))[0]?.letter.text).toContain('还缺：获奖情况');
  });

  it('is not sent to a team that has done it meanwhile, nor to who has left it', async () => {
    const house = await callingHouse();
    const project = await team(house, 1, ['ana', 'bo']);
    await at(house, DAY_BEFORE);
    const members = project.members.slice(0, 1);
    await house.stores.projects.save({ ...project, members, rev: 2 });
    expect((await sent(house)).map((line) => line.split(':')[0])).toEqual(['ana']);
    await at(house, later(CLOSES, -60));
    await house.stores.projects.save({ ...project, members, state: 'submitted', parts: COMPLETE, rev: 3 });
    expect(await sent(house)).toEqual([]);
  });

  it('reaches who joined another account before it was sent', async () => {
    const house = await callingHouse();
    await team(house, 1, ['bo']);
    await at(house, DAY_BEFORE);
    await joined(house, 'bo', 'ana');
    expect((await sent(house)).filter((line) => line.includes('P01'))).toHaveLength(1);
  });

  it('comes before the later deadline that a project has of its own, instead', async () => {
    const house = await callingHouse({}, 'cy');
    const own = later(CLOSES, 24 * 60);
    await team(house, 1, ['ana'], { extendedUntil: own });
    await team(house, 2, ['bo'], { extendedUntil: later(CLOSES, -60) });
    await team(house, 3, ['cy']);
    // Everything that is planned is worked out from what is stored.
    await house.verbs.importEvent(fair({ ...calling(), maxParty: 2 }));
    expect(planned(house)).toHaveLength(4);
    await at(house, later(CLOSES, -60));
    expect(told(house, 'deadline')).toEqual([
      'bo pending',
      'bo skipped missed',
      'cy pending',
      'cy skipped missed',
    ]);
    await at(house, later(own, -60));
    expect(told(house, 'deadline').filter((line) => line.startsWith('ana'))).toEqual([
      'ana pending',
      'ana skipped missed',
    ]);
    expect(house.lettersTo(idOf('ana')).at(-1)?.letter.text).toContain('5月19日');
  });

  it('is written whole although it is interrupted at any step', async () => {
    for (let last = 0; last <= 8; last++) {
      const house = await callingHouse({ reminders: [HOUR] });
      await team(house, 1, ['ana', 'bo']);
      await team(house, 2, ['ana']);
      house.clock.set(later(CLOSES, -60));
      const [occasion] = await house.stores.occasions.due(house.clock.now(), 9);
      await house
        .verbsOn(crashAfter(house.stores, last).ports)
        .fireOccasion(occasion?.id ?? '')
        .catch((error: unknown) => expect(error).toBeInstanceOf(Crash));
      await house.sweep();
      expect(told(house, 'deadline')).toEqual(['ana pending', 'ana pending', 'bo pending']);
    }
  });

  it('goes through all projects of an event, however many fit into a batch', async () => {
    const house = await callingHouse();
    for (let i = 1; i <= 5; i++) await team(house, i, ['ana'], { parts: {} });
    for (const size of [1, 2, 5, 6]) {
      const found: number[] = [];
      for await (const batch of walkProjects(house.stores.projects, FAIR, size))
        found.push(...batch.map(({ number }) => number));
      expect(found).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it('is planned for no event that is not live, and dropped with the call', async () => {
    const house = await callingHouse();
    expect(planned(house)).toHaveLength(2);
    await house.verbs.importEvent(fair({ call: null }));
    expect(planned(house)).toEqual([]);
    await house.verbs.importEvent(fair({ ...calling(), status: 'closed' }));
    expect(planned(house)).toEqual([]);
  });
});

describe('a deadline that is moved', () => {
  const moved = (closesAt: Date) => fair({ call: aCall({ closesAt, reminders: [HOUR] }) });

  it('is told once to teams that have something to do, and its reminders move along', async () => {
    const house = await callingHouse({ reminders: [HOUR] }, 'cy', 'di');
    await team(house, 1, ['ana']);
    await team(house, 2, ['bo'], { state: 'submitted', parts: COMPLETE });
    await team(house, 3, ['cy'], { extendedUntil: later(CLOSES, 9_000) });
    const next = later(CLOSES, 24 * 60);
    await house.verbs.importEvent(moved(next));
    await house.verbs.importEvent(moved(next));
    house.clock.pass(1);
    await house.sweep();
    expect(told(house, 'deadline-moved')).toEqual(['ana pending']);
    expect(house.lettersTo(idOf('ana'))[0]?.letter.text).toMatch(/有变动，现为 2026年5月19日/u);
    expect(planned(house).filter((line) => line.includes(CLOSES.toISOString()))).toEqual([]);
    await at(house, later(CLOSES, -60));
    expect(told(house, 'deadline')).toEqual([]);
    await at(house, later(next, -60));
    expect(told(house, 'deadline')).toEqual(['ana pending']);
  });

  it('twice is told by its newest time alone, also where the first was written already', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    const [one, two] = [later(CLOSES, 60), later(CLOSES, 120)];
    await house.verbs.importEvent(moved(one));
    house.clock.pass(1);
    await house.sweep();
    await house.verbs.importEvent(moved(two));
    expect(await sent(house)).toEqual([]);
    await house.verbs.importEvent(moved(one));
    await house.verbs.importEvent(moved(two));
    house.clock.pass(1);
    await house.sweep();
    expect(await sent(house)).toHaveLength(1);
  });

  it('and back has its reminders again', async () => {
    const house = await callingHouse({ reminders: [HOUR] });
    await team(house, 1, ['ana']);
    await house.verbs.importEvent(moved(later(CLOSES, 60)));
    await house.verbs.importEvent(moved(CLOSES));
    await at(house, later(CLOSES, -60));
    expect(told(house, 'deadline')).toEqual(['ana pending']);
  });

  it('tells nobody of a time that has passed', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    await house.verbs.importEvent(moved(later(house.clock.now(), -1)));
    house.clock.pass(1);
    await house.sweep();
    expect(told(house, 'deadline')).toEqual([]);
  });
});

describe('a letter about a project', () => {
  it('of a deadline that is gone is not sent', async () => {
    const house = await callingHouse();
    await team(house, 1, ['ana']);
    const row = newDelivery({
      id: 'x',
      person: idOf('ana'),
      kind: 'own',
      hold: { project: 'p1', still: 'lacking', until: START },
      letter: { text: 'late' },
      notBefore: house.clock.now(),
      expiresAt: START,
    });
    await house.stores.deliveries.add([row]);
    expect(await sent(house)).toEqual([]);
    expect((await projectOf(house, 1)).rev).toBe(1);
  });
});
