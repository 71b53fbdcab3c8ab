import { describe, expect, it } from 'vitest';
import {
  dueCalls,
  expectedTimes,
  type RunCommand,
  type RunItem,
  type RunPlan,
  refusalOf,
  runState,
  stageClock,
  upcoming,
} from '../../src/domain/run-of-show.ts';
import fc from '../support/any.ts';

const at = (clock: string) => new Date(`2026-11-27T${clock}:00+08:00`);
const clockOf = (date: Date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
const item = (id: string): RunItem => ({
  id,
  kind: 'project',
  project: id,
  title: { zh: id, en: id },
  parties: [],
  pitch: 8,
  questions: 5,
  changeover: 2,
});
/** Four projects of 15 minutes each from 14:30. */
const PLAN: RunPlan = {
  event: 'fair',
  track: 'main',
  startsAt: at('14:30'),
  items: ['P01', 'P02', 'P03', 'P04'].map(item),
};

type Said =
  | [string, 'next' | 'pause' | 'resume' | 'close' | 'undo']
  | [string, 'delay', number]
  | [string, 'swap', string, string]
  | [string, 'noshow', string];
function day(...said: Said[]): RunCommand[] {
  return said.map(([clock, what, a, b], i) => {
    const base = { id: `c${i}`, at: at(clock), by: 'host' };
    if (what === 'delay') return { ...base, what, minutes: Number(a) };
    if (what === 'swap') return { ...base, what, items: [String(a), String(b)] as const };
    if (what === 'noshow') return { ...base, what, item: String(a) };
    return { ...base, what };
  });
}
const timesAt = (clock: string, commands: readonly RunCommand[]) =>
  expectedTimes(PLAN, runState(PLAN, commands), at(clock)).map(
    ({ item: id, from }) => `${id} ${clockOf(from)}`,
  );

describe('a run of show', () => {
  it('is as planned before it begins, and no earlier than now', () => {
    expect(timesAt('09:00', [])).toEqual(['P01 14:30', 'P02 14:45', 'P03 15:00', 'P04 15:15']);
    expect(timesAt('14:40', [])).toEqual(['P01 14:40', 'P02 14:55', 'P03 15:10', 'P04 15:25']);
  });

  it('moves with when each one really begins, and with who overruns', () => {
    const began = day(['14:35', 'next']);
    expect(timesAt('14:36', began)).toEqual(['P01 14:35', 'P02 14:50', 'P03 15:05', 'P04 15:20']);
    expect(timesAt('14:53', began)).toEqual(['P01 14:35', 'P02 14:55', 'P03 15:10', 'P04 15:25']);
    expect(stageClock(PLAN, runState(PLAN, began), at('14:40'))).toEqual({
      item: 'P01',
      part: 'pitch',
      ms: 180_000,
    });
    expect(stageClock(PLAN, runState(PLAN, began), at('14:45'))).toMatchObject({
      part: 'questions',
      ms: 180_000,
    });
    expect(stageClock(PLAN, runState(PLAN, began), at('14:53'))).toMatchObject({ part: 'over', ms: 300_000 });
  });

  it('is put off by a delay, once, before and during it', () => {
    expect(timesAt('14:00', day(['14:00', 'delay', 10]))).toEqual([
      'P01 14:40',
      'P02 14:55',
      'P03 15:10',
      'P04 15:25',
    ]);
    const during = day(['14:30', 'next'], ['14:35', 'delay', 10]);
    expect(timesAt('14:36', during)).toEqual(['P01 14:30', 'P02 14:55', 'P03 15:10', 'P04 15:25']);
    expect(timesAt('14:56', day(['14:30', 'next'], ['14:35', 'delay', 10], ['14:56', 'next']))).toEqual([
      'P02 14:56',
      'P03 15:11',
      'P04 15:26',
    ]);
  });

  it('stands still while it is paused', () => {
    const paused = day(['14:30', 'next'], ['14:35', 'pause']);
    expect(timesAt('14:45', paused)).toEqual(['P01 14:30', 'P02 14:55', 'P03 15:10', 'P04 15:25']);
    expect(stageClock(PLAN, runState(PLAN, paused), at('14:45'))).toMatchObject({
      part: 'pitch',
      ms: 180_000,
    });
    const on = [...paused, ...day(['14:45', 'resume'])];
    expect(timesAt('14:46', on)).toEqual(['P01 14:30', 'P02 14:55', 'P03 15:10', 'P04 15:25']);
  });

  it('changes its order, and passes over who does not come', () => {
    const swapped = day(['14:00', 'swap', 'P02', 'P04'], ['14:30', 'next'], ['14:40', 'noshow', 'P04']);
    expect(upcoming(runState(PLAN, swapped))).toEqual(['P03', 'P02']);
    const away = day(['14:30', 'next'], ['14:32', 'noshow', 'P01']);
    expect(runState(PLAN, away)).toMatchObject({ current: null, missing: ['P01'], shown: [] });
    expect(timesAt('14:32', away)).toEqual(['P02 14:32', 'P03 14:47', 'P04 15:02']);
  });

  it('takes the last command back, whatever it was, as often as is said', () => {
    const said = day(['14:30', 'next'], ['14:45', 'next'], ['14:46', 'swap', 'P03', 'P04']);
    const undone = [...said, ...day(['14:47', 'undo'], ['14:48', 'undo'])];
    expect(runState(PLAN, undone)).toEqual(runState(PLAN, said.slice(0, 1)));
    expect(
      refusalOf(PLAN, [...undone, ...day(['14:49', 'undo'])], {
        id: 'x',
        at: at('14:50'),
        by: 'h',
        what: 'undo',
      }),
    ).toBe('nothing-to-undo');
  });

  it.each([
    ['a second pause', day(['14:30', 'next'], ['14:31', 'pause']), day(['14:32', 'pause']), 'already-paused'],
    ['resuming what goes on', day(['14:30', 'next']), day(['14:32', 'resume']), 'not-paused'],
    ['swapping what is on stage', day(['14:30', 'next']), day(['14:32', 'swap', 'P01', 'P02']), 'on-stage'],
    [
      'swapping what was shown',
      day(['14:30', 'next'], ['14:45', 'next']),
      day(['14:46', 'swap', 'P01', 'P03']),
      'already-shown',
    ],
    ['swapping one with itself', [], day(['14:32', 'swap', 'P02', 'P02']), 'same-item'],
    ['a project of elsewhere', [], day(['14:32', 'noshow', 'P99']), 'unknown-item'],
    ['anything after the end', day(['14:30', 'next'], ['14:31', 'close']), day(['14:32', 'next']), 'closed'],
  ] as const)('refuses %s', (_, before, [command], refusal) => {
    expect(command && refusalOf(PLAN, before, command)).toBe(refusal);
  });

  it('ends its last item by `next`, and then has nothing next', () => {
    const all = day(
      ['14:30', 'next'],
      ['14:45', 'next'],
      ['15:00', 'next'],
      ['15:15', 'next'],
      ['15:30', 'next'],
    );
    const state = runState(PLAN, all);
    expect(state).toMatchObject({ phase: 'live', current: null });
    expect(state.shown.map(({ item: id }) => id)).toEqual(['P01', 'P02', 'P03', 'P04']);
    expect(refusalOf(PLAN, all, { id: 'x', at: at('15:31'), by: 'h', what: 'next' })).toBe('nothing-next');
  });

  it('calls each team half an hour and ten minutes before, and when it is next', () => {
    const calls = (clock: string, commands: readonly RunCommand[]) =>
      dueCalls(PLAN, runState(PLAN, commands), at(clock)).map(({ item: id, why }) => `${id} ${why}`);
    expect(calls('13:59', [])).toEqual([]);
    expect(calls('14:00', [])).toEqual(['P01 30']);
    expect(calls('14:20', [])).toEqual(['P01 10', 'P02 30']);
    expect(calls('14:30', day(['14:30', 'next']))).toEqual(['P02 30', 'P02 next', 'P03 30']);
    expect(calls('14:35', day(['14:30', 'next']))).toEqual(['P02 10', 'P02 next', 'P03 30']);
    expect(calls('14:35', day(['14:30', 'next'], ['14:34', 'pause']))).toEqual([]);
  });

  it('never expects anything in the past, out of order or twice, whatever is said', () => {
    const any = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 40 }),
        what: fc.constantFrom('next', 'pause', 'resume', 'undo', 'delay', 'swap', 'noshow'),
        a: fc.constantFrom('P01', 'P02', 'P03', 'P04'),
        b: fc.constantFrom('P01', 'P02', 'P03', 'P04'),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(any, (said) => {
        let now = at('14:00').getTime();
        const commands: RunCommand[] = [];
        for (const [i, { gap, what, a, b }] of said.entries()) {
          now += gap * 60_000;
          const base = { id: `c${i}`, at: new Date(now), by: 'host' };
          const command: RunCommand =
            what === 'delay'
              ? { ...base, what, minutes: gap }
              : what === 'swap'
                ? { ...base, what, items: [a, b] }
                : what === 'noshow'
                  ? { ...base, what, item: a }
                  : { ...base, what: what as 'next' };
          if (!refusalOf(PLAN, commands, command)) commands.push(command);
        }
        const state = runState(PLAN, commands);
        const expected = expectedTimes(PLAN, state, new Date(now));
        const coming = expected.filter(({ item: id }) => id !== state.current?.item);
        for (const [i, one] of coming.entries()) {
          expect(one.from.getTime()).toBeGreaterThanOrEqual(now);
          expect(one.from.getTime()).toBeGreaterThanOrEqual(coming[i - 1]?.to.getTime() ?? 0);
        }
        const everybody = [
          ...state.shown.map(({ item: id }) => id),
          ...state.missing,
          ...expected.map(({ item: id }) => id),
        ];
        expect(everybody.sort()).toEqual(['P01', 'P02', 'P03', 'P04']);
      }),
    );
  });
});
