import { describe, expect, it } from 'vitest';
import { book } from '../../flows/book.ts';
import type { Grant, Role } from '../../src/domain/access.ts';
import { DEFAULT_ROADSHOW } from '../../src/domain/roadshow.ts';
import type { RunCommand } from '../../src/domain/run-of-show.ts';
import type { TrackRun } from '../../src/domain/track-run.ts';
import type { Facts } from '../../src/usecases/load-facts.ts';
import { closedScoring } from '../../src/usecases/open-scoring.ts';
import { event } from '../domain/examples.ts';
import { aCall } from '../support/projects.ts';
import { Chat } from '../support/talk.ts';
import { TRACKS } from '../usecases/reviewing.ts';
import { facts } from './guest.ts';

const CALL = aCall({ tracks: TRACKS });
const FAIR = event({ call: CALL });
const NOW = facts([FAIR]).now;

const run = (what: RunCommand['what'] & ('next' | 'pause'), ...more: ('next' | 'pause')[]): TrackRun => ({
  id: 'fair/main',
  event: FAIR.id,
  track: 'main',
  plan: {
    event: FAIR.id,
    track: 'main',
    startsAt: NOW,
    items: ['P01', 'P02'].map((id) => ({
      ...{ id, kind: 'project' as const, project: id, title: { zh: `成果 ${id}`, en: `Result ${id}` } },
      ...{ parties: [], pitch: 8, questions: 5, changeover: 2 },
    })),
  },
  commands: [what, ...more].map((one, i) => ({ id: `c${i}`, at: NOW, by: 'host', what: one })),
  scoring: { ...closedScoring(CALL), rubric: DEFAULT_ROADSHOW.rubric },
  active: true,
  rev: 1,
});

function chatOf(runs: readonly TrackRun[], role?: Role): Chat<Facts> {
  const grant: Grant = {
    ...{ id: 'grant', person: 'p', office: 'office', event: FAIR.id, part: null, note: null, by: null },
    ...{ role: role ?? 'staff', at: NOW, ended: null },
  };
  const given = facts([FAIR], { grants: role ? [grant] : [] });
  return new Chat<Facts>(book, { ...given, runs }, 'en');
}

describe('what is on now', () => {
  it('is told to everybody, in a room too, with buttons for the host alone', () => {
    const chat = chatOf([run('next')]);
    const [told] = chat.say('now');
    expect(told?.text).toContain('On stage: P01 “Result P01”, 8 min of the pitch left');
    expect(told?.choices).toBeUndefined();
    const [inRoom] = chat.take({ kind: 'text', text: '现在', room: true });
    expect(inRoom?.text).toContain('P01');
    const [hosts] = chatOf([run('next')], 'host').say('now');
    expect(hosts?.choices?.map(({ value }) => value)).toEqual([
      'next fair main #1',
      'pause fair main',
      'delay 5 fair main',
    ]);
  });
});

describe('a host', () => {
  const orders: [string, unknown][] = [
    ['next', { event: null, track: null, order: { what: 'next', step: null } }],
    ['下一个 绿色赛道', { event: null, track: 'green', order: { what: 'next', step: null } }],
    ['next fair main #3', { event: FAIR.id, track: 'main', order: { what: 'next', step: 3 } }],
    ['延时10分钟', { event: null, track: null, order: { what: 'delay', minutes: 10 } }],
    ['delay 5 main', { event: null, track: 'main', order: { what: 'delay', minutes: 5 } }],
    ['swap p4 and P06', { event: null, track: null, order: { what: 'swap', items: ['P04', 'P06'] } }],
    ['换序 4号 6号', { event: null, track: null, order: { what: 'swap', items: ['P04', 'P06'] } }],
    ['缺席P05', { event: null, track: null, order: { what: 'noshow', item: 'P05' } }],
    ['close main yes', { event: null, track: 'main', order: { what: 'close', sure: true } }],
    ['结束打分', { event: null, track: null, order: { what: 'close', sure: false } }],
    ['/undo', { event: null, track: null, order: { what: 'undo' } }],
    ['继续流程', { event: null, track: null, order: { what: 'resume' } }],
  ];
  it.each(orders)('is understood: %s', (said, input) => {
    const chat = chatOf([run('next')], 'host');
    chat.say(said);
    expect(chat.effects.at(-1)).toMatchObject({ kind: 'steer-run', input });
  });

  it.each(['delay', 'delay 0', 'delay 900', 'swap P04', 'swap P01 P02 P03', 'noshow', 'noshow everybody'])(
    'hears the right form after “%s”, and nothing is done',
    (said) => {
      const chat = chatOf([run('next')], 'host');
      expect(chat.say(said)[0]?.text).toContain('for example');
      expect(chat.effects).toEqual([]);
    },
  );

  it('plans by track and time', () => {
    const chat = chatOf([], 'host');
    chat.say('排流程 主赛道 14：30');
    chat.say('run plan green 9点半');
    expect(chat.effects.map(({ input }) => input)).toMatchObject([
      { track: 'main', time: { hour: 14, minute: 30 } },
      { track: 'green', time: { hour: 9, minute: 30 } },
    ]);
  });

  it('goes on with a paused run by resume, but inside a form with the form', () => {
    const chat = chatOf([run('next', 'pause')], 'host');
    chat.say('resume');
    expect(chat.effects).toMatchObject([{ input: { track: 'main', order: { what: 'resume' } } }]);
    chat.ends({ ok: false, reason: 'not-host', data: [] });
    chat.say('register');
    chat.say('resume');
    expect(chat.effects).toHaveLength(1);
    const others = chatOf([run('next', 'pause')]);
    others.say('resume');
    expect(others.effects.filter(({ kind }) => kind === 'steer-run')).toEqual([]);
  });
});
