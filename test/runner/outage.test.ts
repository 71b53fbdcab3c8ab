import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Runner } from '../../src/runner/runner.ts';
import { Setting } from '../support/memory-runner.ts';
import { TOY_FACTS, toy } from '../support/toy.ts';

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('an outage in the middle of a turn', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  beforeEach(() => {
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
  });

  it('fails the turn and not the process, whichever of its reads fails first', async () => {
    const setting = new Setting(toy, TOY_FACTS);
    const { inbox, sessions, work } = setting.ports;
    let isAway = false;
    const { world } = setting;
    const runner = new Runner({
      book: toy,
      sessions,
      inbox: {
        ...inbox,
        async open(ids, limit) {
          if (!isAway) return inbox.open(ids, limit);
          for (let turns = 0; turns < 5; turns++) await later();
          throw new Error('the inbox was lost');
        },
      },
      house: {
        ...work,
        now: () => world.time,
        knownPeople: async (ids) => work.people(ids.map((id) => ({ id, lang: 'en' as const }))),
        async facts(people) {
          if (isAway) throw new Error('the facts were lost');
          return people.map(() => TOY_FACTS);
        },
        fault: (message, cause) => world.faults.push(`${message}: ${(cause as Error).message}`),
      },
    });
    isAway = true;
    await runner.accept([setting.message('hi')]);
    await runner.settled();
    for (let turns = 0; turns < 10; turns++) await later();
    expect(unhandled).toEqual([]);
    expect(world.faults).toEqual(['a batch of conversations was left to the sweep: the facts were lost']);
    expect(world.delivered).toEqual([]);
    isAway = false;
    world.time = new Date(world.time.getTime() + 60_000);
    expect(await runner.recover()).toBe(1);
    await runner.settled();
    expect(world.heard()).toHaveLength(1);
  });
});
