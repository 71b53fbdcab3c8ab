import type { Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { exampleLine } from '../src/domain/judging.ts';
import { projectCode, wordsOf } from '../src/domain/project.ts';
import type { Rubric } from '../src/domain/rubric.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { BriefedProject, BriefedTrack, Briefing } from '../src/usecases/brief-judge.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { projectLine } from './review-words.ts';
import { offer, type Said } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  head: {
    zh: '您是“{title}”的评委{confirmed, select, yes {，已确认} other {}}。',
    en: '{confirmed, select, yes {You are confirmed as} other {You are}} a judge of “{title}”.',
  },
  noTrack: { zh: '您的赛道还没有排定。', en: 'Your track is not set up yet.' },
  track: {
    zh: '{track}：{count, plural, =0 {还没有项目} other {共 {count, number} 个项目，按出场顺序}}',
    en: '{track}: {count, plural, =0 {no project yet} one {# project} other {# projects, in order}}',
  },
  project: {
    zh: '{project} · {organization}{mark, select, recused {（已回避）} same {（与您的单位相同，建议回避）} other {}}',
    en: '{project} · {organization}{mark, select, recused { (you stand back)} same { (your organization, consider standing back)} other {}}',
  },
  rubric: {
    zh: '评分标准（合计按权重折算为 100 分）：',
    en: 'What is scored (the weighted total is on 100 points):',
  },
  criterion: {
    zh: '{name}：权重 {weight}，{min}–{max} 分{step, select, 1 {} other {，每 {step} 分一档}}',
    en: '{name}: weight {weight}, from {min} to {max}{step, select, 1 {} other {, in steps of {step}}}',
  },
  how: {
    zh: '项目上台后，按上面的顺序直接发送分数即可，例如：{example} 很扎实',
    en: 'Once a project is on stage, just send your scores in this order, for example: {example} well founded',
  },
  ask: {
    zh: '请确认担任评委；与项目有利害关系的，请发送“回避 {code}”。',
    en: 'Please confirm that you take it on. If you have a conflict of interest with a project, send “recuse {code}”.',
  },
  later: {
    zh: '与项目有利害关系的，请发送“回避 {code}”。',
    en: 'If you have a conflict of interest with a project, send “recuse {code}”.',
  },
  confirm: { zh: '确认担任评委', en: 'Confirm judge' },
  recuse: { zh: '回避 {project}', en: 'Stand back from {project}' },
} as const satisfies Record<string, Text>;

/** Projects of the same organization that stand beside the confirmation, as many as people look through. */
const SUGGESTED = 5;

function projectText({ project, same, recused }: BriefedProject, lang: Lang): string {
  return fill(TEXTS.project, lang, {
    project: projectLine(project, lang),
    organization: wordsOf(project, 'organization'),
    mark: recused ? 'recused' : same === null ? 'none' : 'same',
  });
}

function trackText({ name, projects }: BriefedTrack, lang: Lang): string {
  const head = fill(TEXTS.track, lang, { track: name[lang], count: projects.length });
  return [head, ...projects.map((one) => projectText(one, lang))].join('\n');
}

function rubricText(rubric: Rubric, lang: Lang): string {
  const lines = rubric.map(({ name, weight, min, max, step }) =>
    fill(TEXTS.criterion, lang, {
      name: name[lang],
      weight: String(weight),
      min: String(min),
      max: String(max),
      step: String(step),
    }),
  );
  const how = fill(TEXTS.how, lang, { example: exampleLine(rubric) });
  return [TEXTS.rubric[lang], ...lines, how].join('\n');
}

function briefingText({ event, tracks, confirmed }: Briefing, lang: Lang): string {
  const rubric = tracks[0]?.rubric ?? event.call?.roadshow.rubric ?? [];
  const code = projectCode(tracks.flatMap(({ projects }) => projects)[0]?.project ?? { number: 3 });
  const head = { title: event.title[lang], confirmed: confirmed ? 'yes' : 'no' };
  return [
    fill(TEXTS.head, lang, head),
    ...(tracks.length === 0 ? [TEXTS.noTrack[lang]] : tracks.map((one) => trackText(one, lang))),
    rubricText(rubric, lang),
    fill(confirmed ? TEXTS.later : TEXTS.ask, lang, { code }),
  ].join('\n\n');
}

function choicesOf(all: readonly Briefing[], lang: Lang): Choice[] {
  const suggested = all
    .flatMap(({ tracks }) => tracks.flatMap(({ projects }) => projects))
    .filter(({ same, recused }) => same !== null && !recused);
  const confirm = all.some(({ confirmed }) => !confirmed)
    ? [{ value: 'confirm judge', label: TEXTS.confirm[lang] }]
    : [];
  const recuse = suggested.slice(0, SUGGESTED).map(({ project }) => ({
    value: `recuse as judge ${projectCode(project)}`,
    label: fill(TEXTS.recuse, lang, { project: projectLine(project, lang) }),
  }));
  return [...confirm, ...recuse];
}

/** What a judge is to know: projects, what is scored, and what is asked of them now. */
export function tellBriefings(all: readonly Briefing[], { lang }: C): Said {
  return offer(all.map((one) => briefingText(one, lang)).join('\n\n'), choicesOf(all, lang));
}
