import type { Action, Command, Context } from '../src/conversation/flow.ts';
import type { Raw } from '../src/conversation/types.ts';
import { isDriver } from '../src/domain/driving.ts';
import { runState } from '../src/domain/run-of-show.ts';
import { HOUR } from '../src/domain/time.ts';
import type { TrackRun } from '../src/domain/track-run.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Order } from '../src/usecases/steer-run.ts';
import { runItemStart } from './run-item.ts';
import { planText } from './run-tellers.ts';
import { drivenRuns, hostChoices, nowOf, nowText, readSaid } from './run-words.ts';
import { offer, type Said, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  nothing: {
    zh: '目前没有正在进行的路演。发送“日程”可查看近期活动。',
    en: 'No roadshow is going on at present. Send “agenda” to see what is coming up.',
  },
  title: { zh: '{title}', en: '{title}' },
  delay: {
    zh: '请写明延时几分钟（1 到 240），例如：延时 10',
    en: 'Please say by how many minutes, 1 to 240, for example: delay 10',
  },
  swap: {
    zh: '请写明要对调的两个项目，例如：换序 P04 P06',
    en: 'Please name the two projects to swap, for example: swap P04 P06',
  },
  noshow: {
    zh: '请写明缺席的项目，例如：缺席 P05',
    en: 'Please name the project that is absent, for example: noshow P05',
  },
  noRun: {
    zh: '还没有排流程。主办方或主持人发送“排流程”和赛道即可，例如：排流程 {example}',
    en: 'No run of show is planned yet. Organizers and hosts send “run plan” and the track, for example: run plan {example}',
  },
} as const satisfies Record<string, Text>;

const effect = (kind: string, input: Record<string, unknown>): Action => ({ effect: { kind, input } });

function steer(order: Order, argument: string, c: C): Action {
  const { event, track } = readSaid(argument, c);
  return effect('steer-run', { event, track, order });
}

/** A run is worth showing from half a day before it until it is closed. */
const BEFORE_MS = 12 * HOUR;
const AFTER_MS = 24 * HOUR;

function isNow({ plan, commands }: TrackRun, now: Date): boolean {
  const from = now.getTime() - plan.startsAt.getTime();
  const { phase } = runState(plan, commands);
  // What has begun is shown, whenever it was planned: a rehearsal, too.
  return phase === 'planned' ? from > -BEFORE_MS && from < AFTER_MS : phase !== 'closed';
}

/** What is on stage and comes next in every track, for everybody. */
function now(argument: string, c: C): Said {
  const said = readSaid(argument, c);
  const shown = c.facts.events.flatMap(({ event }) => {
    const { call } = event;
    const runs = c.facts.runs.filter(
      (run) =>
        run.event === event.id &&
        isNow(run, c.facts.now) &&
        (said.event ?? event.id) === event.id &&
        (said.track ?? run.track) === run.track,
    );
    return call && runs.length > 0 ? [{ event: { ...event, call }, runs }] : [];
  });
  if (shown.length === 0) return tell(TEXTS.nothing, c);
  const text = shown
    .flatMap(({ event, runs }) => [
      fill(TEXTS.title, c.lang, { title: event.title[c.lang] }),
      ...runs.map((run) => nowText(nowOf(run, c), event, c.lang)),
    ])
    .join('\n\n');
  const ids = shown.flatMap(({ runs }) => runs.map(({ id }) => id));
  const [mine, ...more] = drivenRuns(c).filter(({ run }) => ids.includes(run.id));
  return offer(text, mine && more.length === 0 ? hostChoices(nowOf(mine.run, c), mine.event, c.lang) : []);
}

/** The whole run of the tracks that somebody drives; to everybody else what is on stage. */
function show(argument: string, c: C): Said {
  const said = readSaid(argument, c);
  const runs = drivenRuns(c).filter(
    ({ run, event }) => (said.event ?? event.id) === event.id && (said.track ?? run.track) === run.track,
  );
  if (runs.length > 0) return offer(runs.map(({ run, event }) => planText(run, event, c)).join('\n\n'), []);
  const track = isDriver(c.facts.grants)
    ? c.facts.events.flatMap(({ event }) => event.call?.tracks ?? [])[0]
    : undefined;
  return track ? tell(TEXTS.noRun, c, { example: track.code }) : now(argument, c);
}

function plan(argument: string, c: C): Action {
  const { event, track, time } = readSaid(argument, c);
  return effect('plan-run', { event, track, time });
}

function add(argument: string, c: C): Action {
  const raw: Record<string, Raw> = runItemStart(argument, c);
  return { start: { flow: 'run-item', raw } };
}

const DELAY_MAX = 240;

function delay(argument: string, c: C): Action {
  const { number } = readSaid(argument, c);
  if (number === null || number < 1 || number > DELAY_MAX) return tell(TEXTS.delay, c);
  return steer({ what: 'delay', minutes: number }, argument, c);
}

function swap(argument: string, c: C): Action {
  const { items } = readSaid(argument, c);
  const [a, b] = items;
  if (a === undefined || b === undefined || items.length > 2) return tell(TEXTS.swap, c);
  return steer({ what: 'swap', items: [a, b] }, argument, c);
}

function noshow(argument: string, c: C): Action {
  const { items } = readSaid(argument, c);
  const [item] = items;
  if (item === undefined || items.length > 1) return tell(TEXTS.noshow, c);
  return steer({ what: 'noshow', item }, argument, c);
}

const SURE = /(?:^| )(?:yes|是|确定)(?: |$)/u;

const drives = (c: C): boolean => isDriver(c.facts.grants);
const yields = (c: C): boolean => !drives(c);
/** Whether nothing but a track, an event and numbers follows. */
const isBare = (argument: string, c: C): boolean => {
  const { rest, number } = readSaid(argument, c);
  return rest === '' || number !== null || SURE.test(rest);
};
const knowsBare = (argument: string, c: C): boolean => drives(c) && isBare(argument, c);
const knowsItem = (argument: string, c: C): boolean => drives(c) && readSaid(argument, c).items.length > 0;

interface Words {
  readonly zh: readonly string[];
  readonly en: readonly string[];
}
const plain = (id: 'pause' | 'resume' | 'undo', words: Words): Command<Facts> => ({
  id: `run-${id}`,
  words,
  argument: true,
  knows: knowsBare,
  yields,
  run: (argument, c) => steer({ what: id }, argument, c),
});

/** The run of show: what its hosts say, and what everybody may ask. */
export const runCommands: readonly Command<Facts>[] = [
  {
    id: 'now',
    open: true,
    yields: () => true,
    words: { zh: ['现在'], en: ['now'] },
    argument: true,
    knows: (argument, c) => readSaid(argument, c).rest === '',
    run: now,
  },
  { id: 'run', words: { zh: ['流程'], en: ['run'] }, argument: true, knows: knowsBare, yields, run: show },
  {
    id: 'run-plan',
    words: { zh: ['排流程'], en: ['run plan'] },
    argument: true,
    knows: knowsBare,
    yields,
    run: plan,
  },
  {
    id: 'run-add',
    words: { zh: ['加环节', '添加环节'], en: ['run add'] },
    argument: true,
    knows: (_, c) => drives(c),
    yields,
    run: add,
  },
  {
    id: 'next',
    words: { zh: ['下一个', '下一位'], en: ['next'] },
    argument: true,
    knows: knowsBare,
    yields,
    run: (argument, c) => steer({ what: 'next', step: readSaid(argument, c).step }, argument, c),
  },
  {
    id: 'delay',
    words: { zh: ['延时'], en: ['delay'] },
    argument: true,
    knows: knowsBare,
    yields,
    run: delay,
  },
  {
    id: 'swap',
    words: { zh: ['换序', '对调'], en: ['swap'] },
    argument: true,
    knows: knowsItem,
    yields,
    run: swap,
  },
  {
    id: 'noshow',
    words: { zh: ['缺席'], en: ['noshow', 'no-show'] },
    argument: true,
    knows: knowsItem,
    yields,
    run: noshow,
  },
  plain('pause', { zh: ['暂停'], en: ['pause'] }),
  plain('resume', { zh: ['继续流程', '恢复流程'], en: ['go on', 'resume run'] }),
  plain('undo', { zh: ['撤销'], en: ['undo'] }),
  {
    id: 'close',
    words: { zh: ['结束打分'], en: ['close'] },
    argument: true,
    knows: knowsBare,
    yields,
    run: (argument, c) => steer({ what: 'close', sure: SURE.test(argument) }, argument, c),
  },
];

/** What `resume` means outside of a form to somebody who has paused a run. */
export function resumesRun(c: C): Action['effect'] {
  const paused = drivenRuns(c).filter(({ run }) => runState(run.plan, run.commands).phase === 'paused');
  if (paused.length === 0) return undefined;
  const [only, ...more] = paused;
  const meant = only && more.length === 0 ? { event: only.event.id, track: only.run.track } : null;
  const { event, track } = meant ?? { event: null, track: null };
  return { kind: 'steer-run', input: { event, track, order: { what: 'resume' } } };
}
