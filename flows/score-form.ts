import type { Action, Context, Flow, TextQuestion } from '../src/conversation/flow.ts';
import type { Choice, Raw } from '../src/conversation/types.ts';
import { projectCode, projectNumber } from '../src/domain/project.ts';
import { type Criterion, isComplete, type Rubric, type Scores, totalOf } from '../src/domain/rubric.ts';
import type { TrackRun } from '../src/domain/track-run.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Scored } from '../src/usecases/write-sheet.ts';
import { pointsOf } from './judge-words.ts';
import { offeredScores, parseScore } from './score-answers.ts';

type C = Context<Facts>;

const TEXTS = {
  ask: {
    zh: '{project}\n“{criterion}”打几分？{min}–{max} 分{low, select, yes {，请点选或直接发送分数；{count, number} 分及以下请带上“分”字，例如“5分”} some {，请点选或直接发送分数} other {，请直接发送分数}}。',
    en: '{project}\nYour score for “{criterion}”, from {min} to {max}? {low, select, yes {Tap one or send the number; a score up to {count, number} is written as “5 points”} some {Tap one or send the number} other {Send the number}}.',
  },
  points: { zh: '{score} 分', en: '{score} points' },
  comment: { zh: '请写评语。', en: 'A comment?' },
  tooLong: {
    zh: '太长：收到 {length, number} 字，上限 {max, number} 字。请精简后重新发送。',
    en: 'That is too long: {length, number} characters, and at most {max, number} are possible. Please send a shorter one.',
  },
  again: { zh: '请发送“打分 P03”，重新打开评分表。', en: 'Please send “score P03” to open the sheet again.' },
  title: {
    zh: '打分{code, select, none {} other { {code}}}',
    en: 'Scores{code, select, none {} other { for {code}}}',
  },
  review: {
    zh: '{project}\n合计 {total}。请核对，提交后才计入：',
    en: '{project}\nTotal {total}. Please check it; it counts once you submit it:',
  },
  labelled: { zh: '{code} {title}', en: '{code} {title}' },
} as const satisfies Record<string, Text>;

const COMMENT_MAX = 500;
const PREFIX = 'score-';
const runOf = ({ facts, answers }: C): TrackRun | undefined =>
  facts.judged.find(({ id }) => id === answers.run);

const pointsText = (score: number): string => `${score}分`;

function titleIn(c: C): string {
  const item = runOf(c)?.plan.items.find(({ project }) => project === c.answers.project);
  const code = typeof c.answers.code === 'string' ? c.answers.code : '';
  return fill(TEXTS.labelled, c.lang, { code, title: item?.title[c.lang] ?? '' }).trim();
}

function scoreQuestion(criterion: Criterion): TextQuestion<Facts> {
  const { code, name, min, max } = criterion;
  const offered = offeredScores(criterion);
  const low = offered.length === 0 ? 'none' : offered[0] === 1 ? 'some' : 'yes';
  return {
    id: `${PREFIX}${code}`,
    kind: 'text',
    ask: (c) =>
      fill(TEXTS.ask, c.lang, {
        project: titleIn(c),
        criterion: name[c.lang],
        min: String(min),
        max: String(max),
        low,
        count: offered.length,
      }),
    label: name,
    suggests: ({ lang }) =>
      offered.map((score): Choice => {
        const label = fill(TEXTS.points, lang, { score: String(score) });
        return { value: pointsText(score), label };
      }),
    parse: (text, c) => parseScore(text, criterion, c),
  };
}

/** The scores that a form has so far. */
function scoresIn(rubric: Rubric, { answers }: C): Scores {
  const given = rubric.flatMap(({ code }) => {
    const answer = answers[`${PREFIX}${code}`];
    return typeof answer === 'string' ? [[code, Number(answer)] as const] : [];
  });
  return Object.fromEntries(given);
}

const rubricIn = (c: C): Rubric => runOf(c)?.scoring.rubric ?? [];

function preset(id: string, label: Text, ok: (text: string, c: C) => boolean): TextQuestion<Facts> {
  return {
    id,
    kind: 'text',
    preset: true,
    ask: TEXTS.again,
    label,
    parse: (text, c) => (ok(text, c) ? { ok: text } : { wrong: TEXTS.again[c.lang] }),
  };
}

/** A judge's sheet for one project, criterion by criterion. Each answer is kept as a draft; submitting makes it count. */
export const scoreSheet: Flow<Facts> = {
  id: 'score-sheet',
  title: ({ answers, lang }) =>
    fill(TEXTS.title, lang, { code: typeof answers.code === 'string' ? answers.code : 'none' }),
  questions: [
    preset('run', { zh: '赛道', en: 'Track' }, (text, { facts }) =>
      facts.judged.some(({ id }) => id === text),
    ),
    preset(
      'project',
      { zh: '项目', en: 'Project' },
      (text, c) => runOf(c)?.plan.items.some(({ project }) => project === text) === true,
    ),
    preset('code', { zh: '编号', en: 'Code' }, (text) => projectNumber(text) !== undefined),
    { kind: 'from', questions: (c) => rubricIn(c).map(scoreQuestion) },
    {
      id: 'comment',
      kind: 'text',
      optional: true,
      ask: TEXTS.comment,
      label: { zh: '评语', en: 'Comment' },
      parse: (text, { lang }) => {
        const { length } = [...text];
        return length > COMMENT_MAX
          ? { wrong: fill(TEXTS.tooLong, lang, { length, max: COMMENT_MAX }) }
          : { ok: text };
      },
    },
  ],
  review: (c) => {
    const rubric = rubricIn(c);
    return fill(TEXTS.review, c.lang, {
      project: titleIn(c),
      total: pointsOf(totalOf(rubric, scoresIn(rubric, c))),
    });
  },
  confirm: { zh: '提交评分', en: 'Submit the scores' },
  effect: (c) => {
    const { run, project, comment } = c.answers;
    const scores = scoresIn(rubricIn(c), c);
    return { kind: 'score-sheet', input: { run, project, scores, comment: comment ?? null } };
  },
  // The last one is not kept by itself: a sheet counts once it is submitted.
  keeps: (question, c) => {
    const rubric = rubricIn(c);
    const scores = scoresIn(rubric, c);
    const code = question.slice(PREFIX.length);
    const score = question.startsWith(PREFIX) ? scores[code] : undefined;
    if (score === undefined || isComplete(rubric, scores)) return undefined;
    const { run, project } = c.answers;
    return { kind: 'keep-score', input: { run, project, scores: { [code]: score }, comment: null } };
  },
};

/** Begins the form of a sheet, with what stands on it. */
export function beginSheet(scored: Scored): NonNullable<Action['start']> {
  const { run, project, sheet } = scored;
  const given = Object.entries(sheet.scores).map(([code, score]): [string, Raw] => [
    `${PREFIX}${code}`,
    { kind: 'text', text: pointsText(score) },
  ]);
  const comment: Raw | undefined =
    sheet.comment !== null
      ? { kind: 'text', text: sheet.comment }
      : sheet.state === 'submitted'
        ? { kind: 'skipped' }
        : undefined;
  return {
    flow: 'score-sheet',
    raw: {
      run: { kind: 'text', text: run.id },
      project: { kind: 'text', text: project },
      code: { kind: 'text', text: projectCode(scored) },
      ...Object.fromEntries(given),
      ...(comment && { comment }),
    },
  };
}
