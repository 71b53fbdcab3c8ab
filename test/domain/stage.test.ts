import { describe, expect, it } from 'vitest';
import { holdsOfRun, type RunHold } from '../../src/domain/run-hold.ts';
import { type RunCommand, type RunItem, type RunPlan, runState } from '../../src/domain/run-of-show.ts';
import { stageCues } from '../../src/domain/stage-cues.ts';
import { trackNow } from '../../src/domain/track-now.ts';

const at = (clock: string) => new Date(`2026-11-27T${clock}+08:00`);
const item = (id: string, given: Partial<RunItem> = {}): RunItem => ({
  id,
  kind: 'project',
  project: id,
  title: { zh: id, en: id },
  parties: [],
  pitch: 8,
  questions: 5,
  changeover: 2,
  ...given,
});
const PLAN: RunPlan = {
  event: 'fair',
  track: 'main',
  startsAt: at('14:30:00'),
  items: [
    item('P01'),
    item('A1', {
      kind: 'signing',
      project: null,
      pitch: 5,
      questions: 0,
      changeover: 0,
      parties: [
        { zh: '甲', en: 'A' },
        { zh: '乙', en: 'B' },
      ],
    }),
    item('P02'),
  ],
};
const said = (...all: [string, 'next' | 'pause' | 'resume' | 'undo'][]): RunCommand[] =>
  all.map(([clock, what], i) => ({ id: `c${i}`, at: at(clock), by: 'host', what }));
const cuesAt = (clock: string, commands: RunCommand[]) =>
  stageCues(PLAN, runState(PLAN, commands), at(clock)).map((cue) =>
    cue.what === 'last-minute' ? cue.what : `${cue.what} ${cue.minutes}`,
  );

describe('a signing', () => {
  it('has its parties called one after the other, and an undo calls the last one back', () => {
    const began = said(['14:30:00', 'next'], ['14:45:00', 'next'], ['14:46:00', 'next']);
    const now = (commands: RunCommand[]) =>
      trackNow({ event: 'fair', track: 'main', plan: PLAN, commands }, at('14:46:00'));
    expect(now(began)).toMatchObject({ onStage: { item: 'A1' }, party: { en: 'A' }, nextParty: { en: 'B' } });
    expect(now([...began, ...said(['14:46:00', 'undo'])])).toMatchObject({
      party: null,
      nextParty: { en: 'A' },
    });
    expect(runState(PLAN, [...began, ...said(['14:47:00', 'next'], ['14:50:00', 'next'])])).toMatchObject({
      current: { item: 'P02' },
      cued: 0,
    });
  });

  it('goes on from a pause with the next party, at the time that it began', () => {
    const paused = said(
      ['14:30:00', 'next'],
      ['14:45:00', 'next'],
      ['14:46:00', 'pause'],
      ['14:48:00', 'next'],
    );
    expect(runState(PLAN, paused)).toMatchObject({ phase: 'live', cued: 1, pausedMs: 120_000 });
  });
});

describe('the clock of the stage', () => {
  it('speaks at its moments, for a minute', () => {
    const began = said(['14:30:00', 'next']);
    expect(cuesAt('14:37:59', began)).toEqual([]);
    expect(cuesAt('14:38:00', began)).toEqual(['questions 5']);
    expect(cuesAt('14:38:59', began)).toEqual(['questions 5']);
    expect(cuesAt('14:39:00', began)).toEqual([]);
    expect(cuesAt('14:42:10', began)).toEqual(['last-minute']);
    expect(cuesAt('14:43:30', began)).toEqual([]);
    expect(cuesAt('14:44:00', began)).toEqual(['over 1']);
    expect(cuesAt('14:47:00', began)).toEqual(['over 4']);
    expect(cuesAt('15:14:00', began)).toEqual(['over 31']);
    expect(cuesAt('15:17:00', began)).toEqual([]);
  });

  it('stands still while it is paused', () => {
    const paused = said(['14:30:00', 'next'], ['14:36:00', 'pause']);
    expect(cuesAt('14:38:00', paused)).toEqual([]);
    expect(cuesAt('14:48:00', [...paused, ...said(['14:46:00', 'resume'])])).toEqual(['questions 5']);
  });
});

describe('a letter of the day', () => {
  const holds = (hold: RunHold, clock: string, commands: RunCommand[]) =>
    holdsOfRun(hold, { plan: PLAN, commands }, at(clock));

  it('is true while its team is expected about then', () => {
    const coming = { run: 'r', item: 'P02', still: 'coming', from: at('14:50:00'), isNext: false } as const;
    expect(holds(coming, '14:31:00', said(['14:30:00', 'next']))).toBe(true);
    expect(holds(coming, '14:31:00', said(['14:30:00', 'next'], ['14:30:30', 'pause']))).toBe(false);
    expect(holds({ ...coming, isNext: true }, '14:31:00', said(['14:30:00', 'next']))).toBe(false);
    expect(holds({ ...coming, from: at('15:10:00') }, '14:31:00', said(['14:30:00', 'next']))).toBe(false);
  });

  it('of the stage is true in its part alone', () => {
    const cue = {
      run: 'r',
      item: 'P01',
      still: 'on-stage',
      since: at('14:30:00'),
      part: 'questions',
    } as const;
    expect(holds(cue, '14:38:30', said(['14:30:00', 'next']))).toBe(true);
    expect(holds(cue, '14:44:00', said(['14:30:00', 'next']))).toBe(false);
    expect(holds(cue, '14:38:30', said(['14:30:10', 'next']))).toBe(false);
  });
});
