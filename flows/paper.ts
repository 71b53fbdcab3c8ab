import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import type { Call, Track } from '../src/domain/call.ts';
import { type CallingEvent, calling } from '../src/domain/event.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { PaperKind } from '../src/usecases/paper-ports.ts';
import type { PaperPrinted } from '../src/usecases/print-paper.ts';
import { wordsAfterEvent } from './manual-events.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  which: { zh: '要打印什么？', en: 'What would you like to print?' },
  whichTrack: { zh: '是哪个赛道？', en: 'Of which track?' },
  track: { zh: '{track}（{title}）', en: '{track} ({title})' },
  'not-allowed': {
    zh: '只有主办方和计分长可以打印评分表，流程也可以由主持人打印。目前没有您负责的路演。',
    en: 'Only organizers and chief scorers can print score sheets; hosts can print the running order. No roadshow of yours was found.',
  },
  noImport: {
    zh: '只有主办方和计分长可以导入评分。目前没有您负责的路演。',
    en: 'Only organizers and chief scorers can import scores. No roadshow of yours was found.',
  },
  noTracks: {
    zh: '您负责的活动还没有赛道。请在活动文件的 call 部分添加 tracks。',
    en: 'None of your events has tracks. Please add tracks to the call in the event file.',
  },
  'unknown-track': {
    zh: '没有这个赛道。请发送“打印评分表”，再点选赛道。',
    en: 'There is no such track. Please send “paper sheets” and choose one.',
  },
  'no-projects': {
    zh: '{track}还没有安排项目，没有可以打印的内容。请先发送“排期”安排项目。',
    en: 'No project has been placed in {track} yet, so there is nothing to print. Send “schedule” to place some.',
  },
  'no-judges': {
    zh: '{track}还没有评委，不能打印评分表。请先发送“邀请 评委”。',
    en: '{track} has no judges yet, so there are no sheets to print. Invite them first with “invite judge”.',
  },
  sheets: {
    zh: '{track}评分表：{judges} 位评委，{projects} 个项目。请用 A4 纸横向打印，填好后发送“导入评分”录入。',
    en: 'Score sheets of {track}: {judges, plural, one {# judge} other {# judges}}, {projects, plural, one {# project} other {# projects}}. Print them on A4, landscape. Once they are filled in, send “import scores” to enter them.',
  },
  run: {
    zh: '{track}流程：{projects} 个项目。',
    en: 'Running order of {track}: {projects, plural, one {# project} other {# projects}}.',
  },
  xlsx: {
    zh: '{track}评分表格：每位评委、每个项目一行，共 {rows} 行。填好后发送“导入评分”；不填的行不会改动。',
    en: 'Form for the scores of {track}: a row for each judge and project, {rows} in all. Fill it in and send “import scores”; rows left empty change nothing.',
  },
} as const satisfies Record<string, Text>;

const NAMES: Readonly<Record<PaperKind, Text>> = {
  sheets: { zh: '打印评分表', en: 'Score sheets' },
  run: { zh: '打印流程', en: 'Running order' },
  xlsx: { zh: '评分表格', en: 'Form for scores' },
};
const KINDS = Object.keys(NAMES) as PaperKind[];
const WORDS: ReadonlyMap<string, PaperKind> = new Map([
  ['sheets', 'sheets'],
  ['sheet', 'sheets'],
  ['评分表', 'sheets'],
  ['run', 'run'],
  ['流程', 'run'],
  ['xlsx', 'xlsx'],
  ['excel', 'xlsx'],
  ['表格', 'xlsx'],
]);

/** Events whose papers a person may have. */
export function paperEvents(
  { facts }: C,
  roles: readonly string[] = ['scorer', 'host'],
): readonly CallingEvent[] {
  return facts.events.flatMap(({ event }) => {
    const own = facts.grants.some((one) => roles.includes(one.role) && one.event === event.id);
    return organizes(facts.grants, event.office) || own ? (calling(event) ?? []) : [];
  });
}

const named = (word: string, { tracks }: Call): Track | undefined =>
  tracks.find(({ code, name }) => [code, fold(name.zh), fold(name.en)].includes(fold(word)));

function trackChoices(kind: PaperKind, events: readonly CallingEvent[], lang: Lang): Choice[] {
  return events.flatMap(({ code: event, title, call }) =>
    call.tracks.map(({ code, name }) => ({
      value: `paper ${kind} ${event} ${code}`,
      label: fill(TEXTS.track, lang, { track: name[lang], title: title[lang] }),
    })),
  );
}

/** `sheets`, `run` or `xlsx` of a track, by its code or its name, with the event's before it where that is needed. */
function print(kind: PaperKind, argument: string, c: C): Action {
  const events = paperEvents(c);
  if (events.length === 0) return tell(TEXTS['not-allowed'], c);
  const { event, words } = wordsAfterEvent(argument, events);
  const within = event ? events.filter(({ id }) => id === event.id) : events;
  const all = within.flatMap((one) => one.call.tracks.map((track) => ({ event: one, track })));
  if (all.length === 0) return tell(TEXTS.noTracks, c);
  const word = words.join(' ');
  const meant = word === '' ? all : all.filter((one) => named(word, one.event.call) === one.track);
  const [first, ...more] = meant;
  if (first && more.length === 0)
    return {
      effect: { kind: 'print-paper', input: { event: first.event.id, track: first.track.code, kind } },
    };
  return offer(
    TEXTS[first || word === '' ? 'whichTrack' : 'unknown-track'][c.lang],
    trackChoices(kind, within, c.lang),
  );
}

function paper(argument: string, c: C): Action {
  const [first = '', ...rest] = argument.trim().split(/\s+/u);
  const kind = WORDS.get(fold(first));
  if (kind) return print(kind, rest.join(' '), c);
  if (paperEvents(c).length === 0) return tell(TEXTS['not-allowed'], c);
  return offer(
    TEXTS.which[c.lang],
    KINDS.map((one) => ({ value: `paper ${one}`, label: NAMES[one][c.lang] })),
  );
}

const printing = (id: string, kind: PaperKind, zh: readonly string[]): Command<Facts> => ({
  id,
  words: { zh, en: [] },
  argument: true,
  run: (argument, c) => print(kind, argument, c),
});

const IMPORTS = /^yes (?<event>[a-z0-9-]{1,32}) (?<file>[\w-]{1,64}) (?<seen>[\w-]{1,64})$/u;

/** Begins the form for a filled sheet, or enters what was shown of one. */
function importing(argument: string, c: C): Action {
  const events = paperEvents(c, ['scorer']);
  const sure = IMPORTS.exec(argument)?.groups;
  const event = events.find(({ code }) => code === sure?.event);
  if (sure && event)
    return {
      effect: { kind: 'import-scores', input: { event: event.id, file: sure.file, seen: sure.seen } },
    };
  if (events.length === 0) return tell(TEXTS.noImport, c);
  const one = wordsAfterEvent(argument, events).event;
  return {
    start: { flow: 'import-scores', ...(one && { raw: { event: { kind: 'picked', values: [one.id] } } }) },
  };
}

/** Papers of a track, and what comes back of them. */
export const paperCommands: readonly Command<Facts>[] = [
  {
    id: 'paper',
    words: { zh: [], en: ['paper'] },
    argument: true,
    knows: (argument) => WORDS.has(fold(argument).split(' ')[0] ?? ''),
    run: paper,
  },
  printing('print-sheets', 'sheets', ['打印评分表']),
  printing('print-run', 'run', ['打印流程']),
  printing('print-form', 'xlsx', ['评分表格']),
  {
    id: 'import-scores',
    words: { zh: ['导入评分'], en: ['import scores'] },
    argument: true,
    knows: (argument) => IMPORTS.test(argument),
    run: importing,
  },
];

/** What is told when a paper was printed. */
export const paperTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'print-paper'(outcome, c) {
    if (!outcome.ok) {
      const { track } = (outcome.data ?? {}) as { track?: Track };
      return tell(TEXTS[outcome.reason as 'no-judges'], c, { track: track?.name[c.lang] ?? '' });
    }
    const { kind, paper: printed, file } = outcome.data as PaperPrinted;
    const projects = printed.items.filter(({ project }) => project !== undefined).length;
    const judges = printed.judges.length;
    const values = { track: printed.track.name[c.lang], projects, judges, rows: projects * judges };
    return { replies: [{ kind: 'file', text: fill(TEXTS[kind], c.lang, values), file }] };
  },
};
