import type { Context, Flow } from '../src/conversation/flow.ts';
import type { Raw } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { hasBegun } from '../src/domain/run-calls.ts';
import type { RunItem } from '../src/domain/run-of-show.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { drivenRuns, itemName, readSaid, trackName } from './run-words.ts';

type C = Context<Facts>;

const FIRST = 'first';
const TITLE_MAX = 80;
const MINUTES_MAX = 240;
const PARTIES_MAX = 20;
const PARTY_MAX = 120;

const TEXTS = {
  title: { zh: '添加环节', en: 'Add an item to a run' },
  none: {
    zh: '目前没有可以添加环节的流程：可能还没有排流程，或者已经开始。要排流程，请发送“排流程”。',
    en: 'There is no run to add to: it is not planned yet, or it has begun. Send “run plan” to plan one first.',
  },
  run: { zh: '加到哪个赛道？', en: 'To which track?' },
  runLabel: { zh: '赛道', en: 'Track' },
  runChoice: { zh: '{track} · {event}', en: '{track}, {event}' },
  kind: { zh: '是什么环节？', en: 'What kind of item is it?' },
  kindLabel: { zh: '类型', en: 'Kind' },
  titleZh: { zh: '环节的中文名称是什么？', en: 'What is it called in Chinese?' },
  titleZhLabel: { zh: '中文名称', en: 'Chinese title' },
  titleEn: {
    zh: '环节的英文名称是什么？',
    en: 'What is it called in English?',
  },
  titleEnLabel: { zh: '英文名称', en: 'English title' },
  titleLong: { zh: '名称最多 80 个字，请写短一些。', en: 'No more than 80 characters, please.' },
  minutes: { zh: '需要几分钟？', en: 'How many minutes does it take?' },
  minutesLabel: { zh: '时长（分钟）', en: 'Minutes' },
  minutesWrong: {
    zh: '请发送 1 到 240 之间的数字，例如：15',
    en: 'Please write a number from 1 to 240, for example: 15',
  },
  parties: {
    zh: '请按上台顺序写明各方，每行一方。',
    en: 'Who is called to the stage, in order? Please write one per line.',
  },
  partiesLabel: { zh: '上台各方', en: 'Called to the stage' },
  partiesWrong: {
    zh: '最多 20 方，每方一行、不超过 120 个字。',
    en: 'No more than 20 parties, one per line of at most 120 characters.',
  },
  after: { zh: '排在哪个环节之后？', en: 'After which item?' },
  afterLabel: { zh: '位置', en: 'Place' },
  first: { zh: '最前面', en: 'At the very beginning' },
  afterChoice: { zh: '{item}之后', en: 'After {item}' },
  review: { zh: '请确认这个环节：', en: 'Please check the item:' },
  confirm: { zh: '添加', en: 'Add it' },
} as const satisfies Record<string, Text>;

const KINDS: readonly (readonly [Exclude<RunItem['kind'], 'project'>, Text])[] = [
  ['signing', { zh: '签约', en: 'Signing' }],
  ['speech', { zh: '致辞', en: 'Speech' }],
  ['break', { zh: '休息', en: 'Break' }],
];

function openRuns(c: Pick<C, 'facts'>) {
  return drivenRuns(c).filter(({ run }) => !hasBegun(run));
}

const meant = (c: C) => openRuns(c).find(({ run }) => run.id === c.answers.run);
const wordsOf = (id: string, { answers }: C): string | undefined => {
  const answer = answers[id];
  return typeof answer === 'string' && answer !== '' ? answer : undefined;
};
const titled = (text: string, { lang }: C) =>
  [...text].length > TITLE_MAX ? { wrong: TEXTS.titleLong[lang] } : { ok: text };

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What a command says of the item already: `signing 签约仪式 after P03`. */
export function runItemStart(argument: string, c: C): Record<string, Raw> {
  const said = readSaid(argument, c);
  const runs = openRuns(c).filter(
    ({ run, event }) =>
      (said.event ?? event.id) === event.id &&
      (said.track ?? run.track) === run.track &&
      said.items.every((item) => run.plan.items.some(({ id }) => id === item)),
  );
  const [only, ...more] = runs;
  const kind = KINDS.find(
    ([code, name]) => fold(argument).includes(code) || fold(argument).includes(name.zh),
  );
  const title = /[“"「](?<title>[^”"」]+)[”"」]/u.exec(argument)?.groups?.title?.trim();
  const [after] = said.items;
  const picked = (value: string): Raw => ({ kind: 'picked', values: [value] });
  return {
    ...(only && more.length === 0 && { run: picked(only.run.id) }),
    ...(kind && { kind: picked(kind[0]) }),
    ...(title && { 'title-zh': { kind: 'text', text: title } as const }),
    ...(title && !/\p{Script=Han}/u.test(title) && { 'title-en': { kind: 'text', text: title } as const }),
    ...(after && only && more.length === 0 && { after: picked(after) }),
  };
}

/** A signing, a speech or a break is added to a run that has not begun. */
export const runItem: Flow<Facts> = {
  id: 'run-item',
  title: ({ lang }) => TEXTS.title[lang],
  unavailable: (c) => (openRuns(c).length === 0 ? [{ kind: 'say', text: TEXTS.none[c.lang] }] : undefined),
  questions: [
    {
      id: 'run',
      kind: 'choice',
      sole: true,
      ask: TEXTS.run,
      label: TEXTS.runLabel,
      choices: (c) =>
        openRuns(c).map(({ run, event }) => ({
          value: run.id,
          label: fill(TEXTS.runChoice, c.lang, {
            track: trackName(run.track, event, c.lang),
            event: event.title[c.lang],
          }),
        })),
    },
    {
      id: 'kind',
      kind: 'choice',
      ask: TEXTS.kind,
      label: TEXTS.kindLabel,
      choices: ({ lang }) => KINDS.map(([value, label]) => ({ value, label: label[lang] })),
    },
    { id: 'title-zh', kind: 'text', ask: TEXTS.titleZh, label: TEXTS.titleZhLabel, parse: titled },
    {
      id: 'title-en',
      kind: 'text',
      optional: true,
      ask: TEXTS.titleEn,
      label: TEXTS.titleEnLabel,
      parse: titled,
    },
    {
      id: 'minutes',
      kind: 'text',
      ask: TEXTS.minutes,
      label: TEXTS.minutesLabel,
      parse: (text, { lang }) => {
        const number = /^(?<n>\d{1,3})(?: ?(?:分钟|分|min|minutes?))?$/u.exec(fold(text))?.groups?.n;
        const isFine = number !== undefined && Number(number) >= 1 && Number(number) <= MINUTES_MAX;
        return isFine ? { ok: String(Number(number)) } : { wrong: TEXTS.minutesWrong[lang] };
      },
    },
    {
      id: 'parties',
      kind: 'text',
      optional: true,
      when: ({ answers }) => answers.kind !== 'break',
      ask: TEXTS.parties,
      label: TEXTS.partiesLabel,
      parse: (text, { lang }) => {
        const all = lines(text);
        const isFine = all.length <= PARTIES_MAX && all.every((one) => [...one].length <= PARTY_MAX);
        return isFine ? { ok: all.join('\n') } : { wrong: TEXTS.partiesWrong[lang] };
      },
    },
    {
      id: 'after',
      kind: 'choice',
      ask: TEXTS.after,
      label: TEXTS.afterLabel,
      choices: (c) => [
        { value: FIRST, label: TEXTS.first[c.lang] },
        ...(meant(c)?.run.plan.items ?? []).map((item) => ({
          value: item.id,
          label: fill(TEXTS.afterChoice, c.lang, { item: itemName(item, c.lang) }),
        })),
      ],
    },
  ],
  review: TEXTS.review,
  confirm: TEXTS.confirm,
  effect: (c) => {
    const driven = meant(c);
    const zh = wordsOf('title-zh', c) ?? '';
    return {
      kind: 'add-run-item',
      input: {
        event: driven?.event.id ?? null,
        track: driven?.run.track ?? null,
        kind: wordsOf('kind', c),
        title: { zh, en: wordsOf('title-en', c) ?? zh },
        minutes: Number(wordsOf('minutes', c)),
        parties: lines(wordsOf('parties', c) ?? '').map((party) => ({ zh: party, en: party })),
        after: c.answers.after === FIRST ? null : c.answers.after,
      },
    };
  },
};
