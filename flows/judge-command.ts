import type { Action, Command, Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import { LINE_MAX, looksLikeScores, namesScores } from '../src/domain/score-line.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { judgesHere } from './judge-words.ts';
import { conflict } from './review-command.ts';
import { named, namesProject, reviewed } from './review-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  tooLong: {
    zh: '太长：收到 {length, number} 字，上限 {max, number} 字，没有记录。请精简评语后重新发送。',
    en: 'That is too long: {length, number} characters, and at most {max, number} are possible. Nothing was kept; please send it with a shorter comment.',
  },
  whichRecuse: {
    zh: '请写明项目编号，例如：{example}',
    en: 'Please name the project by its code, for example: {example}',
  },
  recuseAs: {
    zh: '您既是评委也是审核人。{code} 要回避哪一项？',
    en: 'You are both a judge and a reviewer. Which of them do you stand back from for {code}?',
  },
  asJudge: { zh: '回避打分', en: 'Scoring it as a judge' },
  asReviewer: { zh: '回避审核', en: 'Reviewing it' },
  proxyForm: {
    zh: '代评委打分请写明评委序号、项目编号和分数，例如：代 评委3 P03 85 90 78。发送“评委席”可查看序号。',
    en: 'To enter scores for a judge, send their number, the project and the scores, for example: for J3 P03 85 90 78. Send “panel” for the numbers.',
  },
} as const satisfies Record<string, Text>;

const effect = (kind: string, input: Record<string, unknown>): Action => ({ effect: { kind, input } });

/** `P03` or `3号`: a project, and nothing else. */
const ALONE = /^(?:p ?0*(?<coded>[1-9]\d{0,4})|0*(?<plain>[1-9]\d{0,4}) ?号)(?: ?号| ?项目)?$/iu;
/** A project, and something after it. */
const BEGINS = /^(?:p ?0*[1-9]\d{0,4}(?!\d)|0*[1-9]\d{0,4} ?号)/iu;
const CODED = /^p ?0*[1-9]\d{0,4}(?!\d)/iu;
const PROXY =
  /^(?:for|代|代打分|proxy) ?(?:j|评委|judge) ?0*(?<seat>[1-9]\d{0,2})(?: ?号)?(?!\d)[ :,]*(?<line>.*)$/isu;

function submit(line: string, seat: number | null, c: C): Action {
  const { length } = [...line];
  if (length > LINE_MAX) return tell(TEXTS.tooLong, c, { length, max: LINE_MAX });
  return effect('submit-scores', { line, seat });
}

/** `score` opens a form for the project on stage, `score P03` for that one; with scores it takes them. */
function score(argument: string, c: C): Action {
  const said = argument.trim();
  if (said === '') return effect('open-sheet', { number: null });
  const alone = ALONE.exec(said)?.groups;
  if (alone) return effect('open-sheet', { number: Number(alone.coded ?? alone.plain) });
  return submit(said, null, c);
}

function correct(argument: string, c: C): Action {
  return argument.trim() === '' ? effect('sheets', {}) : score(argument, c);
}

function proxy(argument: string, c: C): Action {
  const said = /^(?:for|代|proxy)/iu.test(argument) ? argument : `for ${argument}`;
  const found = PROXY.exec(said.trim())?.groups;
  const line = found?.line?.trim() ?? '';
  if (!found || line === '') return tell(TEXTS.proxyForm, c);
  return submit(line, Number(found.seat), c);
}

const EXAMPLES = {
  recused: { zh: '回避 P03', en: 'recuse P03' },
  returned: { zh: '撤销回避 P03', en: 'return P03' },
} as const satisfies Record<string, Text>;

function standing(argument: string, c: C, what: keyof typeof EXAMPLES): Action {
  const number = numberIn(argument, c);
  return number === undefined
    ? tell(TEXTS.whichRecuse, c, { example: EXAMPLES[what][c.lang] })
    : effect('recuse-judge', { number, what });
}

function numberIn(argument: string, c: C): number | undefined {
  const alone = ALONE.exec(argument.trim())?.groups;
  return alone ? Number(alone.coded ?? alone.plain) : named(argument, c, 'after')?.number;
}

/** Judges withdraw from scoring a project, reviewers from deciding on it: the word is the same. */
function recuse(argument: string, c: C): Action {
  if (!judgesHere(c))
    return reviewed(c).length > 0 ? conflict(argument, c) : standing(argument, c, 'recused');
  const found = named(argument, c, 'after');
  if (!found || reviewed(c).length === 0) return standing(argument, c, 'recused');
  const code = argument.trim();
  return offer(fill(TEXTS.recuseAs, c.lang, { code }), [
    { value: `recuse as judge ${code}`, label: TEXTS.asJudge[c.lang] },
    { value: `conflict ${code}`, label: TEXTS.asReviewer[c.lang] },
  ]);
}

/** The code of a track of an event that the person organizes. */
function trackNamed(argument: string, { facts }: C): string | null {
  const said = fold(argument);
  const tracks = facts.events
    .filter(({ event }) => organizes(facts.grants, event.office))
    .flatMap(({ event }) => event.call?.tracks ?? []);
  return tracks.find(({ code, name }) => [code, fold(name.zh), fold(name.en)].includes(said))?.code ?? null;
}

/** What a judge says that can only be meant as scores, in the words of the tracks that they judge. */
const meansScores = (said: string, { facts }: C): boolean =>
  looksLikeScores(said) ||
  BEGINS.test(said) ||
  facts.judged.some(({ scoring }) => namesScores(said, scoring.rubric));

const namesOne = (argument: string, c: C): boolean => judgesHere(c) && BEGINS.test(argument.trim());

/** Judges score by message; who runs the event sees who they are, and enters for them what they cannot. */
export const judgeCommands: readonly Command<Facts>[] = [
  {
    id: 'score',
    words: { zh: ['打分'], en: ['score'] },
    argument: true,
    // Of others only what names a project can be meant as scores.
    means: (said, c) => (judgesHere(c) ? meansScores(said, c) : CODED.test(said) && looksLikeScores(said)),
    knows: namesOne,
    run: score,
  },
  {
    id: 'proxy',
    words: { zh: ['代打分'], en: ['proxy'] },
    argument: true,
    means: (said) => PROXY.test(said),
    run: proxy,
  },
  { id: 'correct', words: { zh: ['更正'], en: ['correct'] }, argument: true, knows: namesOne, run: correct },
  {
    id: 'recuse',
    words: { zh: ['回避'], en: ['recuse'] },
    argument: true,
    knows: (argument, c) => namesOne(argument, c) || namesProject(argument, c),
    run: recuse,
  },
  {
    id: 'recuse-as-judge',
    words: { zh: ['评委回避'], en: ['recuse as judge'] },
    argument: true,
    knows: namesOne,
    run: (argument, c) => standing(argument, c, 'recused'),
  },
  {
    id: 'return',
    words: { zh: ['撤销回避'], en: ['return'] },
    argument: true,
    knows: namesOne,
    run: (argument, c) => standing(argument, c, 'returned'),
  },
  { id: 'sheets', words: { zh: ['我的评分'], en: ['sheets'] }, run: () => effect('sheets', {}) },
  {
    id: 'briefing',
    words: { zh: ['评委须知'], en: ['briefing'] },
    argument: true,
    run: (argument, c) => effect('briefing', { event: byCode(c.facts, argument)?.event.id ?? null }),
  },
  {
    id: 'confirm-judge',
    words: { zh: ['确认担任评委'], en: ['confirm judge'] },
    run: () => effect('confirm-judge', {}),
  },
  {
    id: 'judges',
    words: { zh: ['评委', '评委名单'], en: ['judges'] },
    argument: true,
    run: (argument, c) => effect('judges', { track: trackNamed(argument, c) }),
  },
  { id: 'panel', words: { zh: ['评委席'], en: ['panel'] }, run: () => effect('panel', {}) },
];
