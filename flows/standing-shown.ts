import type { Choice } from '../src/conversation/types.ts';
import { type Project, projectCode } from '../src/domain/project.ts';
import { points, type Ranked } from '../src/domain/standing.ts';
import type { JudgeProfile } from '../src/domain/standing-views.ts';
import type { Scoring } from '../src/domain/track-run.ts';
import { fill, type Lang, list, sideBySide, type Text } from '../src/text/text.ts';
import type { ShownProgress, ShownStanding } from '../src/usecases/show-standing.ts';
import { projectLine } from './review-words.ts';

const TEXTS = {
  head: { zh: '“{event}”{track}排名（{state}）', en: 'The standing of {track}, “{event}” ({state})' },
  trimmed: {
    zh: '去掉一个最高分和一个最低分后取平均。',
    en: 'The mean, the highest and the lowest total dropped.',
  },
  mean: {
    zh: '取平均分（未满足去分条件：每个项目至少 {from, number} 张有效评分表）。',
    en: 'The mean; nothing is dropped, as that takes {from, number} valid sheets on every project.',
  },
  plainMean: { zh: '取平均分。', en: 'The mean of all.' },
  line: {
    zh: '第 {place} 名 {project}：{score} 分（{sheets, number} 张）{why}',
    en: '#{place} {project}: {score} ({sheets, plural, one {# sheet} other {# sheets}}){why}',
  },
  shared: { zh: '，并列', en: ', shared' },
  untrimmed: { zh: '，同分，未去分的平均分较高', en: ', ahead by the mean of all totals' },
  heaviest: { zh: '，同分，权重最高的评分项得分较高', en: ', ahead by the heaviest criterion' },
  chair: { zh: '，同分，经主席裁定在前', en: ', ahead by the chair’s decision' },
  few: {
    zh: '有效评分表不足 {min, number} 张，不排名：{projects}',
    en: 'Too few valid sheets (under {min, number}), so without a place: {projects}',
  },
  fewOne: { zh: '{code}（{sheets, number} 张）', en: '{code} ({sheets, number})' },
  absent: { zh: '缺席：{projects}', en: 'Absent: {projects}' },
  missing: {
    zh: '还缺 {missing, plural, other {# 张评分表}}。',
    en: '{missing, plural, one {# sheet is} other {# sheets are}} missing.',
  },
  differs: {
    zh: '请注意：换用下列算法，名次会有变化。\n按评委均值修正：{centred}\n按评委均值和离散程度修正：{z}',
    en: 'Please note: other measures give another order.\nCentred by judge: {centred}\nBy z-scores: {z}',
  },
  high: {
    zh: '· {judge} 平均比其他评委高 {points} 分',
    en: '· {judge} is {points} points above the other judges on average',
  },
  low: {
    zh: '· {judge} 平均比其他评委低 {points} 分',
    en: '· {judge} is {points} points below the other judges on average',
  },
  flat: { zh: '· {judge} 给所有项目的分数都一样', en: '· {judge} gave every project the same' },
  judges: { zh: '需要留意的评委：', en: 'Judges to look at:' },
  judge: { zh: 'J{number} {name}', en: 'J{number} {name}' },
  decision: { zh: '主席裁定 {order}：{reason}', en: 'Decided by the chair, {order}: {reason}' },
  ties: { zh: '并列待裁定：{codes}', en: 'Tied, for the chair to decide: {codes}' },
  progressHead: { zh: '“{event}”打分进度（{state}）', en: 'Scoring of “{event}” so far ({state})' },
  missingLine: {
    zh: '{track} {code}：{judges, number} 位评委，缺 {count, number} 位：{names}',
    en: '{track} {code}: {judges, plural, one {# judge} other {# judges}}, {count, number} missing: {names}',
  },
  fullLine: {
    zh: '{track} {code}：{judges, number} 位评委，已齐{recused, plural, =0 {} other {（回避 # 位）}}',
    en: '{track} {code}: {judges, plural, one {# judge} other {# judges}}, all in{recused, plural, =0 {} other { (# recused)}}',
  },
  lock: { zh: '锁定打分', en: 'Lock the scoring' },
  publish: { zh: '公布结果', en: 'Publish the results' },
  progress: { zh: '打分进度', en: 'Progress' },
} as const satisfies Record<string, Text>;

export const SCORING_LABELS: Readonly<Record<Scoring['state'], Text>> = {
  closed: { zh: '未开始', en: 'not begun' },
  open: { zh: '打分中', en: 'being scored' },
  locking: { zh: '正在锁定', en: 'being locked' },
  locked: { zh: '已锁定，未公布', en: 'locked, not published' },
  published: { zh: '已公布', en: 'published' },
};

type Coded = ReadonlyMap<string, Project>;

const codedBy = (projects: readonly Project[]): Coded => new Map(projects.map((one) => [one.id, one]));

function codes(ids: readonly string[], known: Coded): string {
  return ids
    .flatMap((id) => known.get(id) ?? [])
    .map(projectCode)
    .join(' ');
}

function whyOf({ by, place }: Ranked, ranked: readonly Ranked[], lang: Lang): string {
  if (by) return TEXTS[by][lang];
  return ranked.filter((one) => one.place === place).length > 1 ? TEXTS.shared[lang] : '';
}

function ruleLine({ standing, run }: ShownStanding, lang: Lang): string {
  const { trimFrom } = run.scoring.rules;
  if (standing.trimmed) return TEXTS.trimmed[lang];
  return trimFrom === null ? TEXTS.plainMean[lang] : fill(TEXTS.mean, lang, { from: trimFrom });
}

/** Places, in words: those without one are named with why, never left out. */
export function placeLines(shown: ShownStanding, lang: Lang): string[] {
  const { standing, run } = shown;
  const known = codedBy(shown.projects);
  const { ranked } = standing;
  const placed = ranked.flatMap((one) => {
    const project = known.get(one.project);
    if (!project || one.place === null || !one.score) return [];
    const values = { place: one.place, score: points(one.score), sheets: one.sheets };
    const why = whyOf(one, ranked, lang);
    return [fill(TEXTS.line, lang, { ...values, project: projectLine(project, lang), why })];
  });
  const few = ranked.flatMap(({ project: id, place, sheets }) => {
    const project = place === null ? known.get(id) : undefined;
    return project ? [fill(TEXTS.fewOne, lang, { code: projectCode(project), sheets })] : [];
  });
  const { absent } = shown.shown;
  const min = run.scoring.rules.minValid;
  return [
    ...placed,
    ...(few.length > 0 ? [fill(TEXTS.few, lang, { min, projects: sideBySide(few, lang) })] : []),
    ...(absent.length > 0 ? [fill(TEXTS.absent, lang, { projects: codes(absent, known) })] : []),
    ...run.scoring.decisions.map(({ order, reason }) =>
      fill(TEXTS.decision, lang, { order: codes(order, known), reason }),
    ),
  ];
}

/** What a judge is called by those who see to the scoring: `J2 name`. */
export function judgeName({ panel }: Scoring, person: string, lang: Lang): string {
  const at = panel.findIndex((one) => one.person === person);
  return fill(TEXTS.judge, lang, { number: at + 1, name: panel[at]?.name ?? '' }).trim();
}

function judgeLines(profiles: readonly JudgeProfile[], scoring: Scoring, lang: Lang): string[] {
  const lines = profiles.flatMap(({ judge, warning, leaning }) =>
    warning === null
      ? []
      : [
          fill(TEXTS[warning], lang, {
            judge: judgeName(scoring, judge, lang),
            points: Math.abs(leaning).toFixed(1),
          }),
        ],
  );
  return lines.length > 0 ? [TEXTS.judges[lang], ...lines] : [];
}

/** The standing as those read it who see to the scoring. */
export function standingText(shown: ShownStanding, lang: Lang): string {
  const { event, track, run, others, missing, ties } = shown;
  const known = codedBy(shown.projects);
  const state = SCORING_LABELS[run.scoring.state][lang];
  const undecided = ties.filter(
    (tie) =>
      !run.scoring.decisions.some(
        ({ order }) => order.length === tie.length && tie.every((one) => order.includes(one)),
      ),
  );
  const orders = { centred: codes(others.centred, known), z: codes(others.z, known) };
  return [
    fill(TEXTS.head, lang, { event: event.title[lang], track: track.name[lang], state }),
    ruleLine(shown, lang),
    ...placeLines(shown, lang),
    ...undecided.map((tie) => fill(TEXTS.ties, lang, { codes: codes(tie, known) })),
    ...(missing > 0 ? [fill(TEXTS.missing, lang, { missing })] : []),
    ...(others.differs ? [fill(TEXTS.differs, lang, orders)] : []),
    ...judgeLines(others.profiles, run.scoring, lang),
  ].join('\n');
}

/** What can be done next about a track. */
export function nextSteps(
  { event, track, run }: Pick<ShownStanding, 'event' | 'track' | 'run'>,
  lang: Lang,
): Choice[] {
  const of = `${event.code} ${track.code}`;
  const { state } = run.scoring;
  const progress = { value: `progress ${of}`, label: TEXTS.progress[lang] };
  if (state === 'open') return [progress, { value: `lock track ${of}`, label: TEXTS.lock[lang] }];
  return state === 'locked' ? [{ value: `publish results ${of}`, label: TEXTS.publish[lang] }] : [];
}

const NAMED = 10;

/** `主会场 P03：7 位评委，缺 2 位：…`: how far every project is. */
export function progressLines(
  { track, run, projects, completeness }: Pick<ShownProgress, 'track' | 'run' | 'projects' | 'completeness'>,
  lang: Lang,
): string[] {
  const known = codedBy(projects);
  return completeness.flatMap(({ project: id, missing, recused }) => {
    const project = known.get(id);
    if (!project) return [];
    const values = {
      track: track.name[lang],
      code: projectCode(project),
      judges: run.scoring.panel.length,
    };
    if (missing.length === 0) return [fill(TEXTS.fullLine, lang, { ...values, recused })];
    const names = missing.slice(0, NAMED).map((judge) => judgeName(run.scoring, judge, lang));
    const named = missing.length > NAMED ? `${sideBySide(names, lang)}…` : list(names, lang);
    return [fill(TEXTS.missingLine, lang, { ...values, count: missing.length, names: named })];
  });
}

/** How far the scoring of a track is. */
export function progressText(shown: ShownProgress, lang: Lang): string {
  const { event, run } = shown;
  const state = SCORING_LABELS[run.scoring.state][lang];
  return [
    fill(TEXTS.progressHead, lang, { event: event.title[lang], state }),
    ...progressLines(shown, lang),
  ].join('\n');
}
