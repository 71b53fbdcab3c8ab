import { type Project, projectCode, titleOf, wordsOf } from '../src/domain/project.ts';
import type { Criterion } from '../src/domain/rubric.ts';
import { FORM_COLUMNS } from '../src/domain/score-form.ts';
import { formatClock, formatDay, formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, sideBySide, type Text } from '../src/text/text.ts';
import type { PaperItem, PaperKind, PaperWords, TrackPaper } from '../src/usecases/paper-ports.ts';

const TEXTS = {
  sheets: { zh: '{track} · 评委评分表', en: '{track} · Score sheet' },
  run: { zh: '{track} · 路演流程', en: '{track} · Running order' },
  event: { zh: '{title} · {date} · {place}', en: '{title} · {date} · {place}' },
  project: { zh: '项目', en: 'Project' },
  total: { zh: '总分', en: 'Total' },
  comment: { zh: '评语', en: 'Comment' },
  range: { zh: '{min}–{max}，权重 {share}%', en: '{min}–{max}, weight {share}%' },
  how: {
    zh: '每项按所示范围打分{step, select, none {} other {，每 {step} 分一档}}；需要回避的项目请在评语栏写“回避”，不要打分。总分由计分组核算。',
    en: 'Please score each criterion within its range{step, select, none {} other {, in steps of {step}}}. If you stand back from a project, write “recused” as the comment and give no score. Totals are computed by the scorers.',
  },
  signature: { zh: '评委签字：______________________', en: 'Signature: ______________________' },
  date: { zh: '日期：______________', en: 'Date: ______________' },
  judge: { zh: '评委：{name}', en: 'Judge: {name}' },
  nameless: { zh: '______________', en: '______________' },
  pages: { zh: '第 {page} 页，共 {pages} 页', en: 'Page {page} of {pages}' },
  printedAt: { zh: '打印于 {when}', en: 'Printed {when}' },
  time: { zh: '时间', en: 'Time' },
  code: { zh: '编号', en: 'Code' },
  item: { zh: '内容', en: 'Item' },
  minutes: { zh: '时长', en: 'Minutes' },
  count: { zh: '{minutes} 分钟', en: '{minutes}' },
  form: { zh: '评分', en: 'Scores' },
  heading: { zh: '{name}（{min}–{max}）', en: '{name} ({min}–{max})' },
} as const satisfies Record<string, Text>;

const KINDS: Readonly<Record<PaperItem['kind'], Text>> = {
  project: { zh: '路演', en: 'Project' },
  signing: { zh: '签约', en: 'Signing' },
  speech: { zh: '致辞', en: 'Speech' },
  break: { zh: '休息', en: 'Break' },
};
const FILES: Readonly<Record<PaperKind, Text>> = {
  sheets: { zh: '{code}-{track}-评分表.pdf', en: '{code}-{track}-score-sheets.pdf' },
  run: { zh: '{code}-{track}-流程.pdf', en: '{code}-{track}-running-order.pdf' },
  xlsx: { zh: '{code}-{track}-评分.xlsx', en: '{code}-{track}-scores.xlsx' },
};

const headOf = ({ event, track }: TrackPaper, title: Text, lang: Lang) => ({
  lang,
  title: fill(title, lang, { track: track.name[lang] }),
  event: fill(TEXTS.event, lang, {
    title: event.title[lang],
    date: formatDay(event.startsAt, event.zone, lang),
    place: event.place[lang],
  }),
});

const projectsOf = ({ items }: TrackPaper): readonly Project[] =>
  items.flatMap(({ project }) => (project ? [project] : []));

/** The one step of all criteria; none where they differ, or where it is 1. */
function stepOf(rubric: readonly Criterion[]): string {
  const steps = new Set(rubric.map(({ step }) => step));
  const [only = 1] = steps;
  return steps.size === 1 && only !== 1 ? String(only) : 'none';
}

function timeOf({ from, to }: PaperItem, { event }: TrackPaper, lang: Lang): string {
  if (!from) return '';
  const end = to ? `–${formatClock(to, event.zone, lang)}` : '';
  return `${formatClock(from, event.zone, lang)}${end}`;
}

/** The words of everything that is printed of a track. */
export const paperWords: PaperWords = {
  sheets(paper, lang) {
    const { rubric, judges } = paper;
    const weights = rubric.reduce((sum, { weight }) => sum + weight, 0);
    return {
      ...headOf(paper, TEXTS.sheets, lang),
      columns: {
        project: TEXTS.project[lang],
        total: TEXTS.total[lang],
        comment: TEXTS.comment[lang],
      },
      criteria: rubric.map(({ name, min, max, weight }) => ({
        name: name[lang],
        range: fill(TEXTS.range, lang, { min, max, share: Math.round((weight * 1_000) / weights) / 10 }),
      })),
      how: fill(TEXTS.how, lang, { step: stepOf(rubric) }),
      signature: TEXTS.signature[lang],
      date: TEXTS.date[lang],
      judges: judges.map(({ name, code }) => ({
        line: fill(TEXTS.judge, lang, { name: name || TEXTS.nameless[lang] }),
        code,
      })),
      projects: projectsOf(paper).map((project) => ({
        code: projectCode(project),
        title: titleOf(project, lang),
        organization: wordsOf(project, 'organization'),
      })),
      pages: TEXTS.pages,
    };
  },
  run(paper, now, lang) {
    const { event, items } = paper;
    return {
      ...headOf(paper, TEXTS.run, lang),
      printedAt: fill(TEXTS.printedAt, lang, { when: formatWhen(now, event.zone, lang) }),
      headings: [TEXTS.time[lang], TEXTS.code[lang], TEXTS.item[lang], TEXTS.minutes[lang]],
      rows: items.map((item) => {
        const { project, title, parties, minutes, kind } = item;
        return {
          time: timeOf(item, paper, lang),
          code: project ? projectCode(project) : '',
          title: project ? titleOf(project, lang) : title[lang],
          detail: project
            ? wordsOf(project, 'organization')
            : sideBySide([KINDS[kind][lang], ...parties.map((one) => one[lang])], lang),
          minutes: fill(TEXTS.count, lang, { minutes }),
        };
      }),
    };
  },
  form(paper, lang) {
    const { event, rubric, judges, track } = paper;
    const { project, title, judge, code, comment } = FORM_COLUMNS;
    return {
      name: fill(FILES.xlsx, lang, { code: event.code, track: track.code }).replace(/\.xlsx$/u, ''),
      title: TEXTS.form[lang],
      zone: event.zone,
      headings: [
        project[lang],
        title[lang],
        judge[lang],
        code[lang],
        ...rubric.map(({ name, min, max }) => fill(TEXTS.heading, lang, { name: name[lang], min, max })),
        comment[lang],
      ],
      rows: projectsOf(paper).flatMap((one) =>
        judges.map((by) => [
          projectCode(one),
          titleOf(one, lang),
          by.name,
          by.code,
          ...rubric.map(() => null),
          null,
        ]),
      ),
    };
  },
  fileName: ({ event, track }, kind, lang) =>
    fill(FILES[kind], lang, { code: event.code, track: track.code }),
};
