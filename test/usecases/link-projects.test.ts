import { describe, expect, it } from 'vitest';
import type { Member, Project } from '../../src/domain/project.ts';
import { bringProjects } from '../../src/usecases/bring-projects.ts';
import { later } from '../domain/examples.ts';
import { Crash, crashAfter, interleaving } from '../support/memory-faults.ts';
import { rowAbout } from '../support/project-rows.ts';
import { aCall, aProject } from '../support/projects.ts';
import { type Send, senderOn } from '../support/sender.ts';
import { FAIR, House, START } from './house.ts';
import { arrive, codeFrom, conversationOf, idOf, joined, met, send, unlink } from './linking.ts';

const [ANA, BO, CY] = [idOf('ana'), idOf('bo'), idOf('cy')];

const member = (person: string, given: Partial<Member> = {}): Member => ({
  person,
  lead: false,
  at: later(START, -9_000),
  ...given,
});

/** ana, bo and cy, and a project of the first team that is given. */
async function withProject(given: Partial<Project>): Promise<House> {
  const house = await House.with({ call: aCall({ closesAt: START }) });
  await arrive(house, 'ana', 'bo', 'cy');
  await house.stores.projects.save(aProject({ id: 'p', event: FAIR, ...given }));
  return house;
}

async function stored(house: House): Promise<Project> {
  const [found] = await house.stores.projects.byId(['p']);
  if (!found) throw new Error('expected the project, received none');
  return found;
}

describe('projects of accounts that are linked', () => {
  it('are the person’s, who leads what either led', async () => {
    const house = await withProject({ members: [member(BO, { lead: true }), member(CY)], seen: { [BO]: 4 } });
    await joined(house, 'bo', 'ana');
    const { members, seen } = await stored(house);
    expect(members).toEqual([member(ANA, { lead: true }), member(CY)]);
    expect(seen).toEqual({ [ANA]: 4 });
    for (const name of ['ana', 'bo']) {
      const [facts] = await house.verbs.loadFacts([await met(house, name)]);
      expect(facts?.projects.map(({ project }) => project.id)).toEqual(['p']);
    }
  });

  it('have nobody twice: the one who stays leads if either did, since the earlier time', async () => {
    const early = later(START, -20_000);
    const members = [member(ANA), member(CY), member(BO, { lead: true, at: early })];
    const house = await withProject({ members, seen: { [ANA]: 2, [BO]: 7 } });
    await joined(house, 'bo', 'ana');
    const project = await stored(house);
    expect(project.members).toEqual([member(ANA, { lead: true, at: early }), member(CY)]);
    expect(project.seen).toEqual({ [ANA]: 7 });
  });

  it('keep away a reviewer who stood back by either account', async () => {
    const house = await withProject({ members: [member(CY, { lead: true })], conflicts: [BO, 'other', ANA] });
    await joined(house, 'bo', 'ana');
    expect((await stored(house)).conflicts).toEqual([ANA, 'other']);
  });

  it('stay with the one who is left when an account is taken off', async () => {
    const house = await withProject({ members: [member(BO, { lead: true })] });
    await joined(house, 'bo', 'ana');
    await unlink(house, 'bo');
    const facts = await house.verbs.loadFacts([await met(house, 'ana'), await met(house, 'bo')]);
    expect(facts.map(({ projects }) => projects.length)).toEqual([1, 0]);
  });

  it('have the letters that were on their way, each once', async () => {
    const house = await withProject({ members: [member(ANA), member(BO, { lead: true }), member(CY)] });
    const { stores, clock } = house;
    await stores.deliveries.add(
      [ANA, BO, CY].map((person) => rowAbout('p', person, `decision/p/1/${person}`, clock.now())),
    );
    await stores.deliveries.add([rowAbout('p', BO, `placed/p/${BO}`, clock.now())]);
    await joined(house, 'bo', 'ana');
    const sent: string[] = [];
    const post: Send = async (account, { text }) => {
      sent.push(`${account.id}: ${text}`);
      return { result: 'sent', messageId: '1' };
    };
    await senderOn(stores, { clock, send: post }).sendDue();
    expect(sent.filter((line) => !line.includes('joined') && !line.includes('绑定')).sort()).toEqual([
      `bo: decision/p/1/${ANA}`,
      `bo: placed/p/${BO}`,
      `cy: decision/p/1/${CY}`,
    ]);
    const [twin] = await stores.deliveries.byId([`decision/p/1/${BO}`]);
    expect(twin).toMatchObject({ state: 'skipped', cause: 'duplicate_person' });
  });

  it('come whole although it is interrupted at any step and done again', async () => {
    for (let last = 0; last <= 60; last++) {
      const house = await withProject({
        members: [member(BO, { lead: true }), member(ANA)],
        conflicts: [BO],
      });
      const code = await codeFrom(house, 'ana');
      const effect = `${conversationOf('bo')}.1`;
      const dying = house.verbsOn(crashAfter(house.stores, last).ports);
      await send(house, 'bo', code, { verbs: dying, effect }).catch((error: unknown) =>
        expect(error).toBeInstanceOf(Crash),
      );
      expect(await send(house, 'bo', code, { effect }), `after ${last}`).toMatchObject({ ok: true });
      const { members, conflicts } = await stored(house);
      expect([members, conflicts]).toEqual([[member(ANA, { lead: true })], [ANA]]);
    }
  });

  it('are changed by others meanwhile, and lose nothing', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const house = await withProject({ members: [member(BO, { lead: true }), member(CY)] });
      const slow = interleaving(house.stores, seed);
      const work = async (): Promise<void> => {
        for (let i = 0; i < 5; ) {
          const [one] = await slow.projects.byId(['p']);
          if (one && (await slow.projects.save({ ...one, number: one.number + 1, rev: one.rev + 1 }))) i++;
        }
      };
      await Promise.all([bringProjects(slow, BO, ANA), bringProjects(slow, BO, ANA), work()]);
      const project = await stored(house);
      expect([project.number, project.members.map(({ person }) => person)]).toEqual([6, [ANA, CY]]);
    }
  });
});
