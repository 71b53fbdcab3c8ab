import type { Context, FileAnswer, Flow, Told } from '../src/conversation/flow.ts';
import type { Draft, Effect, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { projectCode } from '../src/domain/project.ts';
import type { FormEntry, FormProblem, RowProblem } from '../src/domain/score-form.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { ImportRefusal, ScoresChecked, ScoresImported } from '../src/usecases/import-scores.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { paperEvents } from './paper.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  title: { zh: '导入评分', en: 'Import scores' },
  event: { zh: '是哪个活动的评分？', en: 'The scores of which event?' },
  eventLabel: { zh: '活动', en: 'Event' },
  file: {
    zh: '请发送填好的评分表格（.xlsx）。空白表格可发送“评分表格”获取。',
    en: 'Please send the filled form (.xlsx). You get an empty one with “paper xlsx”.',
  },
  fileLabel: { zh: '评分表格', en: 'Form' },
  formats: { zh: 'Excel 文件（.xlsx）', en: 'an Excel file (.xlsx)' },
  review: {
    zh: '先检查这份表格，检查不会改动任何评分：',
    en: 'The form is checked first. Checking changes nothing:',
  },
  confirm: { zh: '检查', en: 'Check it' },
  counts: {
    zh: '已检查，尚未改动任何评分。\n新增 {fresh} 张，改动 {changed} 张，相同 {same} 张，未填 {blank} 行，问题 {problems} 处。{differences}{wrong}',
    en: 'Checked; no score has been changed yet.\nNew: {fresh}, changed: {changed}, the same: {same}, left empty: {blank}, problems: {problems}.{differences}{wrong}',
  },
  differences: { zh: '\n\n与已提交的评分不同：{lines}', en: '\n\nOther than what was handed in:{lines}' },
  difference: {
    zh: '\n第 {row} 行 {code} {judge}：{before} → {after}{comment, select, yes {（评语有改动）} other {}}',
    en: '\nRow {row}, {code} {judge}: {before} → {after}{comment, select, yes { (other comment)} other {}}',
  },
  wrong: {
    zh: '\n\n以下各处有问题，有问题的行不会导入：{lines}',
    en: '\n\nThese have problems, and rows with problems are left out:{lines}',
  },
  below: { zh: '\n（其余见下）', en: '\n(the others follow)' },
  more: {
    zh: '另有 {count} 处，请更正以上各处后重新导入。',
    en: '… and {count} more. Please mend those above and import it again.',
  },
  whole: { zh: '以上全部列完，尚未改动任何评分。', en: 'That is all of it; no score has been changed yet.' },
  enter: { zh: '导入 {count} 张', en: 'Enter {count, plural, one {# sheet} other {# sheets}}' },
  again: { zh: '重新选择文件', en: 'Send another file' },
  imported: {
    zh: '已录入 {entered} 张评分表，均记为代录；另有 {same} 张与原来相同。{problems, plural, =0 {} other {还有 # 处问题没有导入，请更正后重新导入整份表格。}}',
    en: 'Entered for the judges: {entered, plural, one {# sheet} other {# sheets}}; {same} stood so already.{problems, plural, =0 {} one { # problem was left out: correct it and import the whole form again.} other { # problems were left out: correct them and import the whole form again.}}',
  },
  meanwhile: {
    zh: '检查之后评分有了变动，为避免覆盖，没有继续导入。请重新检查这份表格。',
    en: 'Scores have changed since the form was checked. To overwrite nothing, the import was stopped. Please check the form again.',
  },
} as const satisfies Record<string, Text>;

const REFUSED: Readonly<Record<ImportRefusal, Text>> = {
  'not-allowed': {
    zh: '只有主办方和计分长可以导入评分。',
    en: 'Only organizers and chief scorers can import scores.',
  },
  'no-file': {
    zh: '这个文件已不在系统里。请发送“导入评分”，再发一次文件。',
    en: 'That file is no longer here. Please send “import scores” and the file once more.',
  },
  'no-tracks': {
    zh: '“{title}”还没有排流程，暂时不能导入评分。',
    en: 'No track of {title} has a run of show yet, so no scores can be imported.',
  },
  'no-workbook': {
    zh: '“{name}”不是可以读取的 Excel 表格。请发送由“评分表格”得到的 .xlsx 文件。',
    en: '“{name}” is not an Excel file that can be read. Please send the .xlsx that you got with “paper xlsx”.',
  },
  empty: {
    zh: '“{name}”的第一张工作表是空的。请发送填好的评分表格。',
    en: 'The first sheet of “{name}” is empty. Please send the filled form.',
  },
  'too-many': {
    zh: '“{name}”的行或列过多：最多 10000 行、100 列。请删去多余的行列，再重新发送。',
    en: '“{name}” has too many rows or columns: up to 10,000 rows and 100 columns are read. Please remove the rest and send it again.',
  },
  formulas: {
    zh: '“{name}”含有公式。请把公式改为数值（复制后“选择性粘贴—数值”），再重新发送。',
    en: '“{name}” holds formulas. Please turn them into values (copy, then paste as values) and send it again.',
  },
  bomb: {
    zh: '“{name}”已损坏，或解压后过大，没有读取。请在 Excel 中另存为新的 .xlsx 文件，再重新发送。',
    en: '“{name}” is damaged or unpacks to far too much, so it was not read. Please save it as a new .xlsx file and send that.',
  },
};

const PROBLEMS: Readonly<Record<FormProblem, Text>> = {
  'no-column': {
    zh: '缺少“{column}”这一列，第一行应为列名',
    en: 'the column “{column}” is missing; the first row must name the columns',
  },
  'unknown-project': {
    zh: '应为项目编号（如 P03），收到“{received}”',
    en: 'expected the code of a project, such as P03, received “{received}”',
  },
  'unknown-judge': {
    zh: '应为本赛道评委的姓名或编码，收到“{received}”',
    en: 'expected the name or code of a judge of the track, received “{received}”',
  },
  'two-judges': {
    zh: '有多位评委叫“{received}”，请在“编码”列写明',
    en: 'several judges are called “{received}”: please fill in the column “Code”',
  },
  'other-track': {
    zh: '应为本赛道评委的编码，收到其他赛道的“{received}”',
    en: 'expected the code of a judge of this track, received “{received}” of another one',
  },
  'not-allowed': {
    zh: '{received} 所在的赛道不由您负责计分',
    en: 'the track of {received} is not yours to score',
  },
  'no-run': {
    zh: '应为已排入流程的项目，收到“{received}”',
    en: 'expected a project of the run of show, received “{received}”',
  },
  'not-open': { zh: '这个赛道还没有开始打分', en: 'the scoring of the track has not been opened' },
  locked: {
    zh: '评分已锁定（{received}），请先重开这张评分表',
    en: 'the sheet of {received} is locked and has to be reopened first',
  },
  recused: { zh: '{received} 已回避这个项目，不能打分', en: '{received} is recused from this project' },
  missing: {
    zh: '应为 {min}–{max} 的分数，这一格是空的',
    en: 'expected a score of {min} to {max}, received nothing',
  },
  number: {
    zh: '应为 {min}–{max} 的数字，收到“{received}”',
    en: 'expected a number of {min} to {max}, received “{received}”',
  },
  range: {
    zh: '应为 {min}–{max}，收到“{received}”',
    en: 'expected {min} to {max}, received “{received}”',
  },
  step: {
    zh: '应从 {min} 起，每 {step} 分一档，收到“{received}”',
    en: 'expected steps of {step} from {min}, received “{received}”',
  },
  long: {
    zh: '评语最多 1000 字，收到 {received} 字',
    en: 'expected a comment of up to 1,000 characters, received {received}',
  },
  twice: {
    zh: '与第 {received} 行是同一评委、同一项目，但内容不同',
    en: 'the same judge and project as in row {received}, with other content',
  },
};
const PROBLEM_AT = {
  zh: '\n第 {row} 行“{column}”：{what}',
  en: '\nRow {row}, {column}: {what}',
} as const satisfies Text;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const MAX_BYTES = 5 * 1024 * 1024;
const LISTED = 40;
/** Messages of such lines: a form of several hundred sheets is listed whole. */
const PAGES = 20;

/** A filled form to be checked. */
export const importFlow: Flow<Facts> = {
  id: 'import-scores',
  title: ({ lang }) => TEXTS.title[lang],
  questions: [
    {
      kind: 'choice',
      id: 'event',
      ask: TEXTS.event,
      label: TEXTS.eventLabel,
      sole: true,
      choices: (c) =>
        paperEvents(c, ['scorer']).map(({ id, title }) => ({ value: id, label: title[c.lang] })),
    },
    {
      kind: 'file',
      id: 'file',
      ask: TEXTS.file,
      label: TEXTS.fileLabel,
      accepts: [XLSX],
      maxBytes: MAX_BYTES,
      formats: TEXTS.formats,
    },
  ],
  review: TEXTS.review,
  confirm: TEXTS.confirm,
  effect: ({ answers }) => ({
    kind: 'check-scores',
    input: {
      event: typeof answers.event === 'string' ? answers.event : '',
      file: (answers.file as FileAnswer | null)?.ref ?? '',
    },
  }),
};

function problemLine({ row, column, what, received, criterion }: RowProblem, { lang }: C): string {
  const { min = 0, max = 0, step = 1 } = criterion ?? {};
  const values = { column: column[lang], received, min, max, step };
  return fill(PROBLEM_AT, lang, { row, column: column[lang], what: fill(PROBLEMS[what], lang, values) });
}

function differenceLine(
  { row, project, judge, rubric, sheet, scores, comment }: FormEntry,
  { lang }: C,
): string {
  const line = (of: FormEntry['scores']) => rubric.map(({ code }) => String(of[code] ?? '-')).join(' ');
  return fill(TEXTS.difference, lang, {
    row,
    code: projectCode(project),
    judge,
    before: line(sheet.scores),
    after: line(scores),
    comment: comment !== null && comment !== sheet.comment ? 'yes' : 'no',
  });
}

/** The first lines, with a word on there being others. */
function firstOf(lines: readonly string[], { lang }: C): string {
  const first = lines.slice(0, LISTED).join('');
  return lines.length > LISTED ? first + TEXTS.below[lang] : first;
}

/** The lines beyond the first ones, as messages of their own. */
function pagesOf(lines: readonly string[], { lang }: C): Draft[] {
  const pages = Array.from({ length: Math.ceil(lines.length / LISTED) }, (_, i) =>
    lines
      .slice(i * LISTED, (i + 1) * LISTED)
      .join('')
      .trim(),
  );
  const left = lines.length - PAGES * LISTED;
  const texts = [...pages.slice(0, PAGES), ...(left > 0 ? [fill(TEXTS.more, lang, { count: left })] : [])];
  return texts.map((text) => ({ kind: 'say', text }));
}

function tellChecked({ event, plan, file, seen }: ScoresChecked, c: C): Told {
  const { entries, problems, blank } = plan;
  const of = (kind: FormEntry['kind']) => entries.filter((one) => one.kind === kind);
  const [fresh, changed] = [of('new'), of('changed')];
  const differing = changed.map((one) => differenceLine(one, c));
  const failing = problems.map((one) => problemLine(one, c));
  const [differences, wrong] = [firstOf(differing, c), firstOf(failing, c)];
  const others = pagesOf([...differing.slice(LISTED), ...failing.slice(LISTED)], c);
  const text = fill(TEXTS.counts, c.lang, {
    fresh: fresh.length,
    changed: changed.length,
    same: of('same').length,
    blank,
    problems: problems.length,
    differences: differences && fill(TEXTS.differences, c.lang, { lines: differences }),
    wrong: wrong && fill(TEXTS.wrong, c.lang, { lines: wrong }),
  });
  const count = fresh.length + changed.length;
  const asked = offer(others.length > 0 ? TEXTS.whole[c.lang] : text, [
    ...(count > 0
      ? [
          {
            value: `import scores yes ${event.code} ${file} ${seen}`,
            label: fill(TEXTS.enter, c.lang, { count }),
          },
        ]
      : []),
    { value: `import scores ${event.code}`, label: TEXTS.again[c.lang] },
  ]);
  return others.length > 0
    ? { ...asked, replies: [{ kind: 'say', text }, ...others, ...asked.replies] }
    : asked;
}

function refusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  const { event, name } = (data ?? {}) as { event?: Event; name?: string };
  if (reason === 'changed-meanwhile')
    return offer(TEXTS.meanwhile[c.lang], [
      { value: `import scores ${event?.code ?? ''}`, label: TEXTS.again[c.lang] },
    ]);
  const values = { title: event?.title[c.lang] ?? '', name: name ?? '' };
  return tell(REFUSED[reason as ImportRefusal], c, values);
}

/** What is told of a form that was checked, and of one that was entered. */
export const importTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'check-scores': (outcome, c) =>
    outcome.ok ? tellChecked(outcome.data as ScoresChecked, c) : refusal(outcome, c),
  'import-scores'(outcome, c) {
    if (!outcome.ok) return refusal(outcome, c);
    const { entered, same, problems } = outcome.data as ScoresImported;
    return tell(TEXTS.imported, c, { entered, same, problems });
  },
};
