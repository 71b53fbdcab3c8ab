import { expect } from 'vitest';
import type { Voting } from '../../../../src/domain/ballot.ts';
import type { Votings } from '../../../../src/usecases/vote-ports.ts';
import { at, atOnce, cases, HARD_TEXT } from '../case.ts';

const voting = (given: Partial<Voting> = {}): Voting => ({
  id: 'fair',
  state: 'open',
  openedAt: at(1),
  closedAt: null,
  by: 'host',
  result: null,
  rev: 1,
  ...given,
});

export const votings = cases<Votings>({
  'gives back exactly what was saved': async ({ port, twin }) => {
    const row = {
      project: 'p1',
      number: 1,
      title: { zh: HARD_TEXT, en: 'a' },
      votes: 1,
      place: 1,
      tied: false,
    };
    const one = voting({ state: 'published', closedAt: at(2), result: { ballots: 1, rows: [row] } });
    expect(await port.save(one)).toBe(true);
    expect(await twin.of('fair')).toEqual(one);
    expect(await twin.of('other')).toBeUndefined();
  },
  'takes one of many who change it at once': async (ground) => {
    const opened = await atOnce(ground, 8, (port) => port.save(voting()));
    expect(opened.filter(Boolean)).toHaveLength(1);
    const closed = await atOnce(ground, 8, (port) => port.save(voting({ state: 'closed', rev: 2 })));
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect(await ground.port.save(voting())).toBe(false);
  },
});
