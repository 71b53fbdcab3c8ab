import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { isOrganizer } from '../src/domain/access.ts';
import { projectCode, projectNumber, titleOf } from '../src/domain/project.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { DecksLinked, DecksRefusal } from '../src/usecases/export-decks.ts';
import type { Named } from '../src/usecases/export-event.ts';
import type { Format, TableKind } from '../src/usecases/export-ports.ts';
import type { Exported, ExportRefusal } from '../src/usecases/export-projects.ts';
import type { FilesLinked, LinkRefusal } from '../src/usecases/link-files.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { partLabel } from './project-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type What = TableKind | 'decks';

const TEXTS = {
  which: { zh: '要导出什么？', en: 'What would you like to export?' },
  whichEvent: { zh: '要导出哪个活动的？', en: 'Of which event?' },
  unknown: {
    zh: '没有看懂“{said}”。请点选，或发送例如：导出 项目 csv；导出 {example} 路演材料包',
    en: 'I did not understand “{said}”. Tap a choice, or send for example: export projects csv; export {example} decks',
  },
  table: {
    zh: '{kind}：“{title}”，共 {listed} 行。文件保留一天，之后请重新导出。',
    en: '{kind} of {title}: {listed, plural, one {# row} other {# rows}}. The file is kept for a day; export it again after that.',
  },
  decks: {
    zh: '“{title}”的路演材料包：{files} 个文件，约 {megabytes, number, ::.#} MB。请在 {until}前下载，链接请勿外传：\n{link}',
    en: 'The decks of {title}: {files, plural, one {# file} other {# files}}, about {megabytes, number, ::.#} MB. Please download them before {until}, and keep the link to yourself:\n{link}',
  },
  files: {
    zh: '{title}（{code}）的文件，链接在 {until}前有效，请勿外传：\n{list}',
    en: 'The files of {title} ({code}). The links are good until {until}; please keep them to yourself:\n{list}',
  },
  file: { zh: '{part}：{name}\n{link}', en: '{part}: {name}\n{link}' },
  unknownProject: {
    zh: '没有找到这个项目，或您无权查看它的文件。请核对编号，例如：导出 P03',
    en: 'There is no such project, or its files are not yours to see. Please check the code, for example: export P03',
  },
  noFiles: {
    zh: '项目 {code} 还没有上传文件。',
    en: '{code} has no files yet.',
  },
  notAllowed: {
    zh: '只有主办方和管理员可以导出。如需权限，请联系管理员。',
    en: 'Only organizers and owners can export. Please ask an owner if you need to.',
  },
  unknownEvent: {
    zh: '在您主办并征集项目的活动中，没有找到这个活动。请发送“导出”，再点选活动。',
    en: 'None of the events that you organize and that call for projects is called so. Send “export” and choose one.',
  },
  nothing: {
    zh: '“{title}”还没有可以导出的内容。有项目提交后，请再发送“导出”。',
    en: '{title} has nothing to export yet. Send “export” again once projects have been submitted.',
  },
  tooLarge: {
    zh: '“{title}”的表格超过 20 MB，无法发送。请改用 xlsx 格式，或分别导出项目、审核、材料。',
    en: 'The table of {title} is larger than 20 MB and cannot be sent. Please use xlsx, or export projects, reviews and materials one by one.',
  },
  noAddress: {
    zh: '路演材料包只能通过链接下载，但系统还没有设置公开网址。请管理员设置 PUBLIC_URL（例如 https://events.example.org）并重新启动，然后再试。',
    en: 'Decks are downloaded by a link, and this house has no public address yet. Please ask whoever runs it to set PUBLIC_URL, for example https://events.example.org, and to start it again.',
  },
} as const satisfies Record<string, Text>;

const NAMES: Readonly<Record<What, Text>> = {
  projects: { zh: '项目', en: 'Projects' },
  reviews: { zh: '审核', en: 'Reviews' },
  materials: { zh: '材料', en: 'Materials' },
  decks: { zh: '路演材料包', en: 'Decks' },
};
const WHATS = Object.keys(NAMES) as What[];

const WORDS: ReadonlyMap<string, What> = new Map(
  Object.entries({
    projects: ['projects', 'project', '项目', '项目表'],
    reviews: ['reviews', 'review', '审核', '审核表'],
    materials: ['materials', 'files', '材料', '材料表'],
    decks: ['decks', 'deck', '路演材料包', '路演材料', '材料包'],
  }).flatMap(([what, words]) => words.map((word) => [word, what as What] as const)),
);
const FORMAT_WORDS: ReadonlyMap<string, Format> = new Map([
  ['csv', 'csv'],
  ['xlsx', 'xlsx'],
  ['excel', 'xlsx'],
]);
const PROJECT = /^p\d+$/u;
const IMAGES = ['images', 'pictures', '图片', '含图片'];

interface Order {
  readonly code: string | null;
  /** The project whose files are meant. */
  readonly number: number | undefined;
  readonly what: What | undefined;
  readonly format: Format | undefined;
  readonly images: boolean;
}

/** What is to be exported, in any order of words; undefined: there is a word too many, or one that is none. */
function orderIn(argument: string): Order | undefined {
  const words = fold(argument).split(/[ ,，、]+/u);
  const order: { -readonly [K in keyof Order]: Order[K] } = {
    code: null,
    number: undefined,
    what: undefined,
    format: undefined,
    images: false,
  };
  for (const word of words.filter((one) => one !== '')) {
    const [what, format] = [WORDS.get(word), FORMAT_WORDS.get(word)];
    const number = PROJECT.test(word) ? projectNumber(word) : undefined;
    if (number && !order.number) order.number = number;
    else if (what && !order.what) order.what = what;
    else if (format && !order.format) order.format = format;
    else if (IMAGES.includes(word)) order.images = true;
    else if (order.code === null && /^[a-z0-9][a-z0-9-]{0,31}$/u.test(word)) order.code = word;
    else return undefined;
  }
  return order;
}

/** What somebody would send to have the same, with an event. */
const sending = (code: string | null, what: string, ...more: readonly string[]): string =>
  ['export', ...(code === null ? [] : [code]), what, ...more].join(' ');

const offered = (code: string | null, lang: Lang): Choice[] =>
  WHATS.map((what) => ({ value: sending(code, what), label: NAMES[what][lang] }));

function run(argument: string, c: C): Action {
  const { facts, lang } = c;
  const order = orderIn(argument);
  // Whoever may see a project may have its files.
  if (order?.number)
    return { effect: { kind: 'link-files', input: { code: order.code, number: order.number } } };
  if (!isOrganizer(facts.grants)) return tell(TEXTS.notAllowed, c);
  if (!order) {
    const example = facts.events.find(({ event }) => event.call)?.event.code ?? 'fair';
    const said = [...argument].slice(0, 40).join('');
    return offer(fill(TEXTS.unknown, lang, { said, example }), offered(null, lang));
  }
  const { code, what, format = 'xlsx', images } = order;
  if (!what) return offer(TEXTS.which[lang], offered(code, lang));
  if (what === 'decks') return { effect: { kind: 'export-decks', input: { code, images } } };
  return { effect: { kind: 'export-table', input: { code, kind: what, format } } };
}

/** Tables and decks of projects, for those who organize them. */
export const exporting: Command<Facts> = {
  id: 'export',
  words: { zh: ['导出'], en: ['export'] },
  argument: true,
  knows(argument, { facts }) {
    const order = orderIn(argument);
    return order?.number !== undefined || (isOrganizer(facts.grants) && order?.what !== undefined);
  },
  run,
};

const MEGABYTE = 1024 * 1024;

/** What is told when something was exported, by effect. */
export const exportTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'export-table'(outcome, c, { input }) {
    if (!outcome.ok) return refusal(outcome, c, [String(input.kind), String(input.format)]);
    const { event, kind, listed, file } = outcome.data as Exported;
    const values = { kind: NAMES[kind][c.lang], title: event.title[c.lang], listed };
    return { replies: [{ kind: 'file', text: fill(TEXTS.table, c.lang, values), file }] };
  },
  'export-decks'(outcome, c, { input }) {
    if (!outcome.ok) return refusal(outcome, c, ['decks', ...(input.images === true ? ['images'] : [])]);
    const { event, files, bytes, link, until } = outcome.data as DecksLinked;
    const megabytes = Math.max(0.1, bytes / MEGABYTE);
    const when = formatWhen(until, event.zone, c.lang);
    return tell(TEXTS.decks, c, { title: event.title[c.lang], files, megabytes, until: when, link });
  },
  'link-files'(outcome, c, { input }) {
    if (!outcome.ok) return refusal(outcome, c, [`P${Number(input.number)}`]);
    return tellFiles(outcome.data as FilesLinked, c);
  },
};

/** Links where there is an address for them, else the files themselves. */
function tellFiles({ event, project, files, until }: FilesLinked, c: C): Told {
  const named = (part: string): string => partLabel(part, event.call)[c.lang];
  if (files.some(({ link }) => link === undefined))
    return { replies: files.map(({ part, file }) => ({ kind: 'file', text: named(part), file })) };
  const list = files.map(({ part, file, link = '' }) =>
    fill(TEXTS.file, c.lang, { part: named(part), name: file.name, link }),
  );
  return tell(TEXTS.files, c, {
    title: titleOf(project, c.lang),
    code: projectCode(project),
    until: formatWhen(until, event.zone, c.lang),
    list: list.join('\n'),
  });
}

const REFUSED: Readonly<Record<Exclude<ExportRefusal | DecksRefusal | LinkRefusal, 'which-event'>, Text>> = {
  'not-allowed': TEXTS.notAllowed,
  'unknown-event': TEXTS.unknownEvent,
  nothing: TEXTS.nothing,
  'too-large': TEXTS.tooLarge,
  'no-address': TEXTS.noAddress,
  'unknown-project': TEXTS.unknownProject,
  'no-files': TEXTS.noFiles,
};

function refusal(
  { reason, data }: Extract<Outcome, { ok: false }>,
  c: C,
  [what = '', ...more]: readonly string[],
): Told {
  if (reason === 'which-event') {
    const choices = (data as readonly Named[]).map(({ code, title }) => ({
      value: sending(code, what, ...more),
      label: title[c.lang],
    }));
    return offer(TEXTS.whichEvent[c.lang], choices);
  }
  const { event, project } = (Array.isArray(data) ? {} : (data ?? {})) as Partial<
    Pick<FilesLinked, 'event' | 'project'>
  >;
  const code = project ? projectCode(project) : '';
  return tell(REFUSED[reason as keyof typeof REFUSED], c, { title: event?.title[c.lang] ?? '', code });
}
