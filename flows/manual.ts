import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { type Edition, isBuilt } from '../src/domain/edition.ts';
import type { Event } from '../src/domain/event.ts';
import { MANUAL_LANGS, type ManualLangs, type ManualOrder } from '../src/domain/manual.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { ManualStand } from '../src/usecases/manual-editions.ts';
import { aboutEvent, calledEvents, wordsAfterEvent } from './manual-events.ts';
import { manualWords } from './manual-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  stand: {
    zh: '“{title}”项目手册\n收录项目 {projects} 个；校样：已确认 {approved}，待更正 {corrected}，未答复 {silent}\n排序：{order}；封面标题：{cover}{editions}',
    en: 'Project manual of “{title}”\nProjects: {projects}; proofs approved: {approved}, to correct: {corrected}, no answer: {silent}\nOrder: {order}; title on the cover: {cover}{editions}',
  },
  edition: {
    zh: '\n第 {number} 版（{langs}，{projects} 个项目）：{state}',
    en: '\nEdition {number} ({langs}, {projects, plural, one {# project} other {# projects}}): {state}',
  },
  build: { zh: '生成{langs}手册', en: 'Build it: {langs}' },
  whichLangs: { zh: '生成哪种语言的手册？', en: 'In which language?' },
  files: { zh: '第 {number} 版文件', en: 'Files of edition {number}' },
  publish: { zh: '公开第 {number} 版', en: 'Publish edition {number}' },
  unpublish: { zh: '撤下第 {number} 版', en: 'Take edition {number} down' },
  setCover: { zh: '填写封面', en: 'Write the cover' },
  setOrder: { zh: '按{order}排序', en: 'Order by {order}' },
  proofs: { zh: '查看校样', en: 'See the proofs' },
  started: {
    zh: '“{title}”项目手册第 {number} 版（{langs}）已开始生成，完成后会通知您。',
    en: 'Edition {number} of the manual of “{title}” ({langs}) is being built. You will hear when it is done.',
  },
  ordered: { zh: '好的，手册将按{order}排序。', en: 'Fine, the manual will be ordered by {order}.' },
  covered: { zh: '封面已保存，用于下一版手册。', en: 'The cover is kept for the next edition.' },
  published: {
    zh: '第 {number} 版已公开：{link}',
    en: 'Edition {number} is public: {link}',
  },
  withdrawn: { zh: '第 {number} 版已撤下。', en: 'Edition {number} is no longer public.' },
  file: { zh: '项目手册第 {number} 版（{format}）', en: 'Project manual, edition {number} ({format})' },
  'not-allowed': {
    zh: '只有活动的主办方可以制作项目手册。',
    en: 'Only organizers of the event can make its manual.',
  },
  'unknown-event': {
    zh: '没有找到这个活动，或它不征集项目。',
    en: 'There is no such event, or it calls for no projects.',
  },
  'no-projects': {
    zh: '还没有已公布通过的项目，暂时不能生成手册。',
    en: 'No accepted project has been published yet, so there is nothing to print.',
  },
  'under-way': {
    zh: '已有一版正在生成，请等它完成。',
    en: 'An edition is being built already. Please wait until it is done.',
  },
  'unknown-edition': {
    zh: '没有这一版。发送“项目手册”可查看各版。',
    en: 'There is no such edition. Send “manual” to see them.',
  },
  'not-built': { zh: '这一版还没有生成好。', en: 'That edition has not been built.' },
  noAddress: { zh: '（未设置公开网址）', en: '(no public address is set)' },
} as const satisfies Record<string, Text>;

const LANGS_NAMES: Readonly<Record<ManualLangs, Text>> = {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
  both: { zh: '中英双语', en: 'Chinese and English' },
};
const STATES: Readonly<Record<Edition['state'], Text>> = {
  draft: { zh: '准备中', en: 'in preparation' },
  building: { zh: '正在生成（{percent}%）', en: 'being built ({percent}%)' },
  failed: { zh: '生成失败', en: 'could not be built' },
  ready: { zh: '已生成，{when}', en: 'ready, of {when}' },
  published: { zh: '已公开，{when}生成', en: 'public, of {when}' },
};
const ORDER_NAMES: Readonly<Record<ManualOrder, Text>> = {
  code: { zh: '项目编号', en: 'code' },
  title: { zh: '项目名称', en: 'title' },
  track: { zh: '赛道与路演顺序', en: 'track and place' },
};

/** Words after `manual`, as people write them. */
const ACTS: ReadonlyMap<string, 'build' | 'cover' | 'order' | 'publish' | 'unpublish'> = new Map([
  ['build', 'build'],
  ['生成', 'build'],
  ['cover', 'cover'],
  ['封面', 'cover'],
  ['order', 'order'],
  ['排序', 'order'],
  ['publish', 'publish'],
  ['公开', 'publish'],
  ['unpublish', 'unpublish'],
  ['撤下', 'unpublish'],
]);
const CHOSEN_LANGS: ReadonlyMap<string, ManualLangs> = new Map([
  ['zh', 'zh'],
  ['chinese', 'zh'],
  ['中文', 'zh'],
  ['en', 'en'],
  ['english', 'en'],
  ['英文', 'en'],
  ['both', 'both'],
  ['双语', 'both'],
  ['中英双语', 'both'],
]);
const CHOSEN_ORDERS: ReadonlyMap<string, ManualOrder> = new Map([
  ['code', 'code'],
  ['编号', 'code'],
  ['title', 'title'],
  ['名称', 'title'],
  ['track', 'track'],
  ['赛道', 'track'],
]);
const LISTED = 5;

const numberOf = (word = ''): number | undefined => {
  const found = /^第?\s*([1-9]\d{0,3})\s*版?$/u.exec(word.normalize('NFKC'))?.[1];
  return found === undefined ? undefined : Number(found);
};

function manage(argument: string, c: C): Action {
  return aboutEvent(argument, 'manual', c, (event, [first = '', second = '']) => {
    const act = ACTS.get(fold(first));
    const number = numberOf(act ? second : first);
    const input = { event: event.id };
    if (act === 'build') {
      const langs = CHOSEN_LANGS.get(fold(second));
      return langs ? { effect: { kind: 'build-manual', input: { ...input, langs } } } : whichLangs(event, c);
    }
    if (act === 'cover')
      return { start: { flow: 'cover', raw: { event: { kind: 'picked', values: [event.id] } } } };
    const order = CHOSEN_ORDERS.get(fold(second));
    if (act === 'order' && order) return { effect: { kind: 'plan-manual', input: { ...input, order } } };
    if ((act === 'publish' || act === 'unpublish') && number)
      return {
        effect: { kind: 'publish-manual', input: { ...input, number, published: act === 'publish' } },
      };
    if (!act && number) return { effect: { kind: 'open-manual', input: { ...input, number } } };
    return { effect: { kind: 'show-manual', input } };
  });
}

function whichLangs(event: Event, c: C): Action {
  const choices = MANUAL_LANGS.map((langs) => ({
    value: `manual ${event.code} build ${langs}`,
    label: fill(TEXTS.build, c.lang, { langs: LANGS_NAMES[langs][c.lang] }),
  }));
  return offer(TEXTS.whichLangs[c.lang], choices);
}

const knows = (argument: string, c: C): boolean => {
  const { event, words } = wordsAfterEvent(argument, calledEvents(c));
  return event !== undefined || ACTS.has(fold(words[0] ?? ''));
};

export const manualCommands: readonly Command<Facts>[] = [
  {
    id: 'manual',
    words: { zh: ['项目手册', '手册'], en: ['manual'] },
    argument: true,
    knows: (argument, c) => calledEvents(c).length > 0 && knows(argument, c),
    run: manage,
  },
  {
    id: 'build-manual',
    words: { zh: ['生成手册'], en: ['build manual'] },
    argument: true,
    knows: (argument, c) => calledEvents(c).length > 0 && CHOSEN_LANGS.has(fold(argument)),
    run: (argument, c) =>
      aboutEvent(argument, 'build manual', c, ({ code }, words) =>
        manage([code, 'build', ...words].join(' '), c),
      ),
  },
];

function standText({ event, editions, projects }: ManualStand, { lang }: C): string {
  const proofs = (state: string) => projects.filter(({ proof }) => proof?.state === state).length;
  const next = editions.at(-1);
  const listed = editions.filter(({ state }) => state !== 'draft').slice(-LISTED);
  const [approved, corrected] = [proofs('approved'), proofs('corrected')];
  return fill(TEXTS.stand, lang, {
    title: event.title[lang],
    projects: projects.length,
    approved,
    corrected,
    silent: proofs('asked'),
    order: ORDER_NAMES[next?.order ?? 'code'][lang],
    cover: next?.cover.title[lang] || manualWords.manual[lang],
    editions: listed.map((one) => editionLine(one, event, lang)).join(''),
  });
}

function editionLine(edition: Edition, event: Event, lang: 'zh' | 'en'): string {
  const { number, langs, projects, state, progress, builtAt } = edition;
  const percent = progress.total > 0 ? Math.floor((100 * progress.done) / progress.total) : 0;
  const when = builtAt ? formatWhen(builtAt, event.zone, lang) : '';
  return fill(TEXTS.edition, lang, {
    number,
    langs: LANGS_NAMES[langs][lang],
    projects,
    state: fill(STATES[state], lang, { percent, when }),
  });
}

function tellStand(stand: ManualStand, c: C): Told {
  const { event, editions, projects } = stand;
  const built = editions.filter(isBuilt).at(-1);
  const label = (text: Text, values = {}) => fill(text, c.lang, values);
  const about = (words: string) => `manual ${event.code} ${words}`;
  const current = editions.at(-1)?.order ?? 'code';
  const other: ManualOrder = current === 'code' ? 'title' : 'code';
  const choices = [
    ...(projects.length > 0 && !editions.some(({ state }) => state === 'building')
      ? MANUAL_LANGS.map((langs) => ({
          value: about(`build ${langs}`),
          label: label(TEXTS.build, { langs: LANGS_NAMES[langs][c.lang] }),
        }))
      : []),
    ...(built
      ? [
          { value: about(`${built.number}`), label: label(TEXTS.files, built) },
          built.state === 'published'
            ? {
                value: about(`unpublish ${built.number}`),
                label: label(TEXTS.unpublish, { number: built.number }),
              }
            : {
                value: about(`publish ${built.number}`),
                label: label(TEXTS.publish, { number: built.number }),
              },
        ]
      : []),
    { value: about('cover'), label: label(TEXTS.setCover) },
    { value: about(`order ${other}`), label: label(TEXTS.setOrder, { order: ORDER_NAMES[other][c.lang] }) },
    { value: `proofs ${event.code}`, label: label(TEXTS.proofs) },
  ];
  return offer(standText(stand, c), choices);
}

type Opened = { readonly event: Event; readonly edition: Edition; readonly link: string | null };
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

/** What a use case about the manual refused. */
export function tellManualRefusal(reason: string, c: C): Told {
  return tell(TEXTS[reason as 'not-allowed'], c);
}

const told =
  <T>(say: (data: T, c: C, effect: Effect) => Told): Teller =>
  (outcome, c, effect) =>
    outcome.ok ? say(outcome.data as T, c, effect) : tellManualRefusal(outcome.reason, c);

export const manualTellers: Readonly<Record<string, Teller>> = {
  'show-manual': told(tellStand),
  'build-manual': told((edition: Edition, c) => {
    const event = c.facts.events.find((one) => one.event.id === edition.event)?.event;
    const langs = LANGS_NAMES[edition.langs][c.lang];
    return tell(TEXTS.started, c, { title: event?.title[c.lang] ?? '', number: edition.number, langs });
  }),
  'plan-manual': told((edition: Edition, c, { input }) =>
    'order' in input
      ? tell(TEXTS.ordered, c, { order: ORDER_NAMES[edition.order][c.lang] })
      : tell(TEXTS.covered, c),
  ),
  'publish-manual': told(({ edition, link }: Opened, c) =>
    edition.state === 'published'
      ? tell(TEXTS.published, c, { number: edition.number, link: link ?? TEXTS.noAddress[c.lang] })
      : tell(TEXTS.withdrawn, c, { number: edition.number }),
  ),
  'open-manual': told(({ edition }: Opened, c) => {
    const files = edition.files;
    if (!files) return tellManualRefusal('not-built', c);
    return {
      replies: Object.entries(files).map(([format, { ref, name, type }]) => ({
        kind: 'file' as const,
        text: fill(TEXTS.file, c.lang, { number: edition.number, format: format.toUpperCase() }),
        file: { kind: 'stored' as const, id: ref, name, type },
      })),
    };
  }),
};
