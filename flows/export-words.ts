import type { Call } from '../src/domain/call.ts';
import type { Event } from '../src/domain/event.ts';
import { moneyOf } from '../src/domain/money.ts';
import {
  chosenOf,
  isPublic,
  type PartId,
  type Project,
  projectCode,
  titleOf,
  WITHHOLDABLE,
  wordsOf,
} from '../src/domain/project.ts';
import type { ExtraQuestion } from '../src/domain/questions.ts';
import { fill, type Lang, sideBySide, type Text } from '../src/text/text.ts';
import type {
  MaterialRow,
  ReviewRow,
  Table,
  TableCell,
  TableKind,
  TableWords,
} from '../src/usecases/export-ports.ts';
import {
  APPLICANT_NAMES,
  nameIn,
  partLabel,
  SLOT_LABELS,
  STAGE_NAMES,
  STATE_LABELS,
  VERDICT_LABELS,
} from './project-words.ts';

const FILES: Readonly<Record<TableKind, Text>> = {
  projects: { zh: '{code}-项目', en: '{code}-projects' },
  reviews: { zh: '{code}-审核', en: '{code}-reviews' },
  materials: { zh: '{code}-材料', en: '{code}-materials' },
};
const TITLES: Readonly<Record<TableKind, Text>> = {
  projects: { zh: '项目', en: 'Projects' },
  reviews: { zh: '审核', en: 'Reviews' },
  materials: { zh: '材料', en: 'Materials' },
};

const TEXTS = {
  code: { zh: '编号', en: 'Code' },
  state: { zh: '状态', en: 'State' },
  title: { zh: '项目名称', en: 'Title' },
  amount: { zh: '资金需求（金额）', en: 'Capital (amount)' },
  currency: { zh: '资金需求（币种）', en: 'Capital (currency)' },
  track: { zh: '赛道', en: 'Track' },
  place: { zh: '路演顺序', en: 'Place in the track' },
  slot: { zh: '路演安排', en: 'Slot' },
  members: { zh: '成员人数', en: 'Members' },
  submittedAt: { zh: '提交时间（{zone}）', en: 'Submitted at ({zone})' },
  shown: { zh: '公开的内容', en: 'Shown to everybody' },
  verdict: { zh: '审核结果', en: 'Verdict' },
  published: { zh: '是否公布', en: 'Published' },
  by: { zh: '审核人', en: 'Decided by' },
  decidedAt: { zh: '审核时间（{zone}）', en: 'Decided at ({zone})' },
  publishedAt: { zh: '公布时间（{zone}）', en: 'Published at ({zone})' },
  messages: { zh: '给团队的意见', en: 'Messages to the team' },
  notes: { zh: '内部备注', en: 'Notes' },
  conflicts: { zh: '回避的审核人', en: 'Conflicts of interest' },
  part: { zh: '材料', en: 'Part' },
  file: { zh: '文件名', en: 'File name' },
  type: { zh: '类型', en: 'Type' },
  size: { zh: '大小（字节）', en: 'Size (bytes)' },
  sha256: { zh: 'SHA-256', en: 'SHA-256' },
  sentAt: { zh: '上传时间（{zone}）', en: 'Sent at ({zone})' },
  same: { zh: '内容相同的文件', en: 'Same file as' },
  isPublished: { zh: '已公布', en: 'published' },
  isPending: { zh: '待公布', en: 'pending' },
  about: { zh: '{part}：{text}', en: '{part}: {text}' },
  at: { zh: '{code} {part}', en: '{code} {part}' },
  gone: { zh: '文件已不存在', en: 'the file is gone' },
} as const satisfies Record<string, Text>;

/** A column: its heading, and what stands in it. */
type Column<R> = readonly [heading: string, cell: (row: R) => TableCell];

function tableOf<R>(
  kind: TableKind,
  { code, zone }: Event,
  rows: readonly R[],
  lang: Lang,
  columns: readonly Column<R>[],
): Table {
  return {
    name: fill(FILES[kind], lang, { code }),
    title: TITLES[kind][lang],
    zone,
    headings: columns.map(([heading]) => heading),
    rows: rows.map((row) => columns.map(([, cell]) => cell(row))),
  };
}

/** The words of one event in one language. */
function wordsFor({ call, zone }: Event, lang: Lang) {
  const named = (text: Text): string => fill(text, lang, { zone });
  const part = (id: string): string => partLabel(id, call)[lang];
  const chosen = (project: Project, id: string, names: Readonly<Record<string, Text>>): string =>
    sideBySide(
      chosenOf(project, id).map((code) => nameIn(names, code, lang)),
      lang,
    );
  const written = (id: PartId): Column<Project> => [part(id), (one) => wordsOf(one, id)];
  return { named, part, chosen, written };
}

const namesOf = (named: readonly { readonly code: string; readonly name: Text }[]): Record<string, Text> =>
  Object.fromEntries(named.map(({ code, name }) => [code, name]));

const choicesOf = (question: ExtraQuestion): Record<string, Text> =>
  question.kind === 'text'
    ? {}
    : Object.fromEntries(question.choices.map(({ value, label }) => [value, label]));

function projectColumns(event: Event, call: Call | null, lang: Lang): Column<Project>[] {
  const { named, part, chosen, written } = wordsFor(event, lang);
  const tracks = namesOf(call?.tracks ?? []);
  const capital = (project: Project) => moneyOf(wordsOf(project, 'capital'));
  const shown = (project: Project): string =>
    sideBySide(WITHHOLDABLE.filter((one) => project.parts[one] && isPublic(project, one)).map(part), lang);
  return [
    [named(TEXTS.code), projectCode],
    [named(TEXTS.state), ({ state }) => STATE_LABELS[state][lang]],
    written('title-zh'),
    written('title-en'),
    [part('field'), (one) => chosen(one, 'field', namesOf(call?.fields ?? []))],
    [part('applicant'), (one) => chosen(one, 'applicant', APPLICANT_NAMES)],
    written('organization'),
    written('contact'),
    written('phone'),
    written('email'),
    [part('stage'), (one) => chosen(one, 'stage', STAGE_NAMES)],
    written('summary-zh'),
    written('summary-en'),
    written('industrialization'),
    written('market'),
    [named(TEXTS.amount), (one) => capital(one)?.amount ?? null],
    [named(TEXTS.currency), (one) => capital(one)?.currency ?? null],
    written('cooperation'),
    written('patents'),
    [named(TEXTS.track), ({ slot }) => (slot ? nameIn(tracks, slot.track, lang) : null)],
    [named(TEXTS.place), ({ slot }) => slot?.place ?? null],
    [named(TEXTS.slot), ({ slot }) => (slot ? SLOT_LABELS[slot.state][lang] : null)],
    [named(TEXTS.members), ({ members }) => members.length],
    [named(TEXTS.submittedAt), ({ submittedAt }) => submittedAt],
    [named(TEXTS.shown), shown],
    ...(call?.questions ?? []).map((question): Column<Project> => {
      const id = `own-${question.id}`;
      return [part(id), (one) => chosen(one, id, choicesOf(question))];
    }),
  ];
}

function reviewColumns(event: Event, lang: Lang): Column<ReviewRow>[] {
  const { named, part } = wordsFor(event, lang);
  const who = ({ names }: ReviewRow, person: string): string => names.get(person) ?? person;
  const about = (of: string | null, text: string): string =>
    of === null ? text : fill(TEXTS.about, lang, { part: of, text });
  const published = ({ project: { decision } }: ReviewRow): TableCell =>
    decision && named(decision.publishedAt ? TEXTS.isPublished : TEXTS.isPending);
  return [
    [named(TEXTS.code), ({ project }) => projectCode(project)],
    [named(TEXTS.title), ({ project }) => titleOf(project, lang)],
    [named(TEXTS.state), ({ project }) => STATE_LABELS[project.state][lang]],
    [named(TEXTS.verdict), ({ project: { decision } }) => decision && VERDICT_LABELS[decision.verdict][lang]],
    [named(TEXTS.published), published],
    [named(TEXTS.by), (row) => row.project.decision && who(row, row.project.decision.by)],
    [named(TEXTS.decidedAt), ({ project: { decision } }) => decision?.at ?? null],
    [named(TEXTS.publishedAt), ({ project: { decision } }) => decision?.publishedAt ?? null],
    [
      named(TEXTS.messages),
      ({ project: { decision } }) =>
        (decision?.messages ?? []).map((one) => about(one.part && part(one.part), one.text)).join('\n'),
    ],
    [
      named(TEXTS.notes),
      (row) => row.project.notes.map(({ by, text }) => about(who(row, by), text)).join('\n'),
    ],
    [
      named(TEXTS.conflicts),
      (row) =>
        sideBySide(
          row.project.conflicts.map((person) => who(row, person)),
          lang,
        ),
    ],
  ];
}

function materialColumns(event: Event, lang: Lang): Column<MaterialRow>[] {
  const { named, part } = wordsFor(event, lang);
  const same = ({ sameAs }: MaterialRow): string =>
    sideBySide(
      sameAs.map((one) => fill(TEXTS.at, lang, { code: projectCode(one.project), part: part(one.part) })),
      lang,
    );
  return [
    [named(TEXTS.code), ({ project }) => projectCode(project)],
    [named(TEXTS.part), (row) => part(row.part)],
    [named(TEXTS.file), ({ file }) => file.name],
    [named(TEXTS.type), ({ file }) => file.type],
    [named(TEXTS.size), ({ file }) => file.size],
    [named(TEXTS.sha256), ({ stored }) => stored?.sha256 ?? named(TEXTS.gone)],
    [named(TEXTS.sentAt), (row) => row.project.parts[row.part]?.at ?? null],
    [named(TEXTS.same), same],
  ];
}

/** The words of tables that organizers take away. */
export const tableWords: TableWords = {
  projects: (event, rows, lang) =>
    tableOf('projects', event, rows, lang, projectColumns(event, event.call, lang)),
  reviews: (event, rows, lang) => tableOf('reviews', event, rows, lang, reviewColumns(event, lang)),
  materials: (event, rows, lang) => tableOf('materials', event, rows, lang, materialColumns(event, lang)),
};
