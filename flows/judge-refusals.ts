import type { Context } from '../src/conversation/flow.ts';
import type { Effect } from '../src/conversation/types.ts';
import { exampleLine } from '../src/domain/judging.ts';
import { projectCode } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { RefusedLine } from '../src/usecases/submit-scores.ts';
import type { Target } from '../src/usecases/write-sheet.ts';
import { criteriaNames, targetChoices } from './judge-words.ts';
import { offer, type Said, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  'no-judge': {
    zh: '您不是评委，没有记录。评委须先认领角色：发送“认领 认领码”。计分长请发送“代 评委3 P03 85 90 78”。',
    en: 'You are not a judge, so nothing was kept. Judges claim their role first: send “claim” and the code. The chief scorer sends “for J3 P03 85 90 78”.',
  },
  'no-scorer': {
    zh: '只有计分长和主办方可以代评委打分，没有记录。',
    en: 'Only the chief scorer and the organizers enter scores for a judge. Nothing was kept.',
  },
  'unknown-seat': {
    zh: '评委席上没有 {seat} 号评委，没有记录。发送“评委席”可查看序号。',
    en: 'Nobody has the number {seat} on the panel, so nothing was kept. Send “panel” for the numbers.',
  },
  'recused-judge': {
    zh: '评委{seat} 已回避 {code}，没有记录。要恢复打分，须由评委本人发送“撤销回避 {code}”。',
    en: 'Judge {seat} stands back from {code}, so nothing was kept. Only the judge can take that back, by “return {code}”.',
  },
  'no-organizer': {
    zh: '评委名单只有活动主办方可以查看。',
    en: 'Only the organizers of an event see its judges.',
  },
  'unknown-project': {
    zh: '没有您能打分的项目 {code}，没有记录。发送“我的评分”可查看您的项目。',
    en: 'There is no project {code} for you to score, so nothing was kept. Send “sheets” for your projects.',
  },
  'other-track': {
    zh: '{code} 在“{track}”，您不在那里的评委席上，没有记录。发送“我的评分”可查看您的项目。',
    en: '{code} is in “{track}”, and you are not on its panel, so nothing was kept. Send “sheets” for your projects.',
  },
  'not-placed': {
    zh: '{code} 还没有排进赛道，暂时不能回避。排定后请再发送“回避 {code}”。',
    en: '{code} has no track yet, so you cannot stand back from it. Please send “recuse {code}” again once it has.',
  },
  'not-open': {
    zh: '打分还没有开始，没有记录。开始后请重新发送，例如：P03 85 90 78',
    en: 'The scoring has not begun, so nothing was kept. Please send it again once it has, for example: P03 85 90 78',
  },
  locked: {
    zh: '打分已结束，没有改动。如需更正，请联系计分长。',
    en: 'The scoring has ended, so nothing was changed. For a correction, please see the chief scorer.',
  },
  'not-shown': {
    zh: '{code} 还没有上台，没有记录。上台后请发送，例如：{code} 85 90 78',
    en: '{code} has not been on stage yet, so nothing was kept. Once it has, send for example: {code} 85 90 78',
  },
  recused: {
    zh: '您已回避 {code}，没有记录。要恢复打分，请先发送“撤销回避 {code}”。',
    en: 'You stand back from {code}, so nothing was kept. To score it after all, send “return {code}” first.',
  },
  'not-recused': {
    zh: '您没有回避 {code}，无需撤销。要打分，请发送“打分 {code}”。',
    en: 'You do not stand back from {code}, so there is nothing to take back. To score it, send “score {code}”.',
  },
  'nothing-on-stage': {
    zh: '现在台上没有项目，没有记录。请写明编号，例如：P03 85 90 78',
    en: 'No project is on stage now, so nothing was kept. Please name one, for example: P03 85 90 78',
  },
  which: {
    zh: '几个赛道同时在路演，这是给哪个项目的？还没有记录。',
    en: 'Several tracks are on stage. Which project is this for? Nothing is kept yet.',
  },
  late: {
    zh: '给上一个 {before} 还是现在的 {now}？还没有记录。',
    en: 'Is this for the previous one, {before}, or for {now}, on stage now? Nothing is kept yet.',
  },
  words: {
    zh: '没有看到分数，没有记录。请按“{criteria}”的顺序发送，例如：{example}',
    en: 'There is no score in that, so nothing was kept. Please send them in this order: {criteria}; for example: {example}',
  },
  count: {
    zh: '需要 {expected} 个分数（{criteria}），收到 {received} 个，没有记录。请重新发送，例如：{example}',
    en: '{expected} {expected, plural, one {score is} other {scores are}} needed ({criteria}), and {received} came, so nothing was kept. Please send it again, for example: {example}',
  },
  'two-projects': {
    zh: '一条消息只能给一个项目打分，收到的有 {projects}，没有记录。请分开发送，例如：{example}',
    en: 'One message can score one project, and this names {projects}, so nothing was kept. Please send one each, for example: {example}',
  },
  twice: {
    zh: '“{criterion}”出现了两次，没有记录。请每项写一次，例如：{example}',
    en: '“{criterion}” is in it twice, so nothing was kept. Please give each score once, for example: {example}',
  },
  range: {
    zh: '“{criterion}”的分数应在 {min}–{max} 之间，收到 {received}，没有记录。请重新发送，例如：{example}',
    en: '“{criterion}” takes scores from {min} to {max}, and {received} came, so nothing was kept. Please send it again, for example: {example}',
  },
  step: {
    zh: '“{criterion}”每 {step} 分一档，收到 {received}，没有记录。请重新发送，例如：{example}',
    en: '“{criterion}” takes scores in steps of {step}, and {received} came, so nothing was kept. Please send it again, for example: {example}',
  },
  and: { zh: '、', en: ' and ' },
} as const satisfies Record<string, Text>;

const codeOf = (data: unknown): string => projectCode(data as { number: number });

/** The command that gives a line to a project that was chosen. */
function commandFor({ kind, input }: Effect): (code: string) => string {
  if (kind !== 'submit-scores') return (code) => `score ${code}`;
  const { line, seat } = input;
  return (code) => (seat === null ? `score ${code} ${line}` : `for J${seat} ${code} ${line}`);
}

function refusedLine({ problem, target }: RefusedLine, c: C): Said {
  const { lang } = c;
  const { rubric } = target.run.scoring;
  const example = `${projectCode(target)} ${exampleLine(rubric)}`;
  const criteria = criteriaNames(rubric, lang);
  if (problem.why === 'words') return tell(TEXTS.words, c, { criteria, example });
  if (problem.why === 'count')
    return tell(TEXTS.count, c, { expected: rubric.length, criteria, received: problem.received, example });
  if (problem.why === 'two-projects') {
    const projects = problem.projects.map((number) => projectCode({ number })).join(TEXTS.and[lang]);
    return tell(TEXTS['two-projects'], c, { projects, example });
  }
  const criterion = problem.criterion.name[lang];
  if (problem.why === 'twice') return tell(TEXTS.twice, c, { criterion, example });
  const received = String(problem.received);
  const { min, max, step } = problem.criterion;
  return problem.why === 'range'
    ? tell(TEXTS.range, c, { criterion, min: String(min), max: String(max), received, example })
    : tell(TEXTS.step, c, { criterion, step: String(step), received, example });
}

/** Says in one sentence why nothing was changed, and how to say it right. */
export function tellJudgeRefusal(reason: string, data: unknown, c: C, effect: Effect): Said {
  const { lang } = c;
  if (reason === 'line') return refusedLine(data as RefusedLine, c);
  if (reason === 'late') {
    const targets = data as readonly Target[];
    const [before, now] = targets.map((one) => projectCode(one));
    const text = fill(TEXTS.late, lang, { before: before ?? '', now: now ?? '' });
    return offer(text, targetChoices(targets, commandFor(effect), lang));
  }
  if (reason === 'which' || reason === 'nothing-on-stage') {
    const targets = (data as readonly Target[] | undefined) ?? [];
    return offer(TEXTS[reason][lang], targetChoices(targets, commandFor(effect), lang));
  }
  if (reason === 'other-track') {
    const { track } = data as { track: Text };
    return tell(TEXTS['other-track'], c, { code: codeOf(data), track: track[lang] });
  }
  const { seat } = effect.input;
  if (typeof seat === 'number' && reason === 'unknown-seat')
    return tell(TEXTS[reason], c, { seat: String(seat) });
  if (typeof seat === 'number' && reason === 'recused')
    return tell(TEXTS['recused-judge'], c, { seat: String(seat), code: codeOf(data) });
  const text: Text = TEXTS[reason as keyof typeof TEXTS];
  return tell(text, c, data === undefined ? {} : { code: codeOf(data) });
}
