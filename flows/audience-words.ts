import { fold } from '../src/conversation/words.ts';
import type { Role } from '../src/domain/access.ts';
import type { Condition } from '../src/domain/audience.ts';
import type { Event, GuestKind } from '../src/domain/event.ts';
import { PROJECT_STATES } from '../src/domain/project.ts';
import type { RegistrationStatus } from '../src/domain/registration.ts';
import type { Lang, Text } from '../src/text/text.ts';
import { STATE_LABELS } from './project-words.ts';

/** Words that mean the same; the first of each language is how it is named. */
export type Words = Readonly<Record<Lang, readonly string[]>>;

/** A word that is a condition by itself. */
interface Plain {
  readonly words: Words;
  readonly where: Condition;
}

/** What may stand after a word that asks for something. */
export interface Option {
  /** How it is named to a person; it is understood as well. */
  readonly name: Text;
  readonly words: readonly string[];
  readonly where: Condition;
}

/** A word that asks for something after it: `session opening`. */
export interface Asking {
  readonly words: Words;
  /** Nobody can have two at once, so several of them, however they are joined, mean one of them. */
  readonly single: boolean;
  readonly options: (event: Event) => readonly Option[];
}

/** Text and words as they are compared: folded, and without quotation marks, which set names off. */
export function readable(text: string): string {
  return fold(text.replace(/["“”„「」『』《》]/gu, ' ')).trim();
}

export const AND = ['and', '&', '且', '并且', '并', '和', '而且'];
export const OR = ['or', '或', '或者'];
export const NOT = ['not', 'no', 'without', '非', '不', '不是', '未', '没', '没有'];

export const TICKETS: Words = { zh: ['票号', '票'], en: ['tickets', 'ticket'] };
export const ROLE: Words = { zh: ['角色'], en: ['role', 'roles'] };
export const OFFICE: Words = {
  zh: ['历届嘉宾', '所有活动', '全部活动'],
  en: ['past guests', 'all events'],
};

export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  owner: { zh: '管理员', en: 'owner' },
  organizer: { zh: '主办方', en: 'organizer' },
  reviewer: { zh: '审核人', en: 'reviewer' },
  judge: { zh: '评委', en: 'judge' },
  scorer: { zh: '计分长', en: 'scorer' },
  host: { zh: '主持', en: 'host' },
  staff: { zh: '工作人员', en: 'staff' },
};

export const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['owner', 'owner'],
  ['owners', 'owner'],
  ['管理员', 'owner'],
  ['organizer', 'organizer'],
  ['organizers', 'organizer'],
  ['organiser', 'organizer'],
  ['reviewer', 'reviewer'],
  ['reviewers', 'reviewer'],
  ['审核人', 'reviewer'],
  ['项目审核人', 'reviewer'],
  ['judge', 'judge'],
  ['judges', 'judge'],
  ['评委', 'judge'],
  ['scorer', 'scorer'],
  ['scorers', 'scorer'],
  ['计分长', 'scorer'],
  ['host', 'host'],
  ['hosts', 'host'],
  ['主持', 'host'],
  ['主持人', 'host'],
  ['场控', 'host'],
  ['staff', 'staff'],
  ['工作人员', 'staff'],
  ['organisers', 'organizer'],
  ['主办方', 'organizer'],
]);

const state = (one: RegistrationStatus): Condition => ({ state: [one] });

export const PLAIN: readonly Plain[] = [
  { words: { zh: ['全部', '全体', '所有人'], en: ['everybody', 'everyone', 'all'] }, where: { all: [] } },
  {
    words: { zh: ['现场', '现场参加'], en: ['onsite', 'on site', 'on-site'] },
    where: { attendance: 'onsite' },
  },
  { words: { zh: ['线上', '线上参加', '在线'], en: ['online'] }, where: { attendance: 'online' } },
  {
    words: { zh: ['候补', '候补中', '在候补'], en: ['waitlist', 'on the waitlist', 'waitlisted', 'waiting'] },
    where: { waits: true },
  },
  { words: { zh: ['已签到', '签到'], en: ['checked in', 'checked-in'] }, where: { checkedIn: true } },
  { words: { zh: ['已报名', '报名有效'], en: ['registered', 'active'] }, where: { active: true } },
  { words: { zh: ['待确认'], en: ['pending'] }, where: state('pending') },
  { words: { zh: ['已确认', '确认'], en: ['confirmed'] }, where: state('confirmed') },
  { words: { zh: ['未通过', '已拒绝'], en: ['rejected'] }, where: state('rejected') },
  { words: { zh: ['已取消', '取消'], en: ['cancelled', 'canceled'] }, where: state('cancelled') },
  {
    words: {
      zh: ['缺材料', '材料不全'],
      en: ['missing material', 'missing materials', 'lacking material', 'late'],
    },
    where: { lacking: true },
  },
];

const option = (name: Text, words: readonly string[], where: Condition): Option => ({ name, words, where });
const same = (code: string): Text => ({ zh: code, en: code });

const LANGUAGES: readonly Option[] = [
  option({ zh: '中文', en: 'zh' }, ['chinese', '汉语'], { language: 'zh' }),
  option({ zh: '英文', en: 'en' }, ['english', '英语'], { language: 'en' }),
];

const CHANNELS: readonly Option[] = [
  option({ zh: '微信', en: 'wechat' }, [], { channel: 'wechat' }),
  option({ zh: '公众号', en: 'official-account' }, ['official account'], { channel: 'official-account' }),
  option({ zh: 'Telegram', en: 'telegram' }, [], { channel: 'telegram' }),
  option({ zh: '网页', en: 'web' }, [], { channel: 'web' }),
];

const KIND_WORDS: Readonly<Record<GuestKind, readonly [Text, readonly string[]]>> = {
  guest: [{ zh: '嘉宾', en: 'guest' }, ['guests']],
  team: [{ zh: '项目团队', en: 'team' }, ['teams', '项目', '团队']],
  enterprise: [{ zh: '企业', en: 'enterprise' }, ['enterprises']],
  investor: [{ zh: '投资机构', en: 'investor' }, ['investors', '投资人']],
};

function kinds({ kinds: asked }: Event): readonly Option[] {
  return asked.map((kind) => option(...KIND_WORDS[kind], { kind }));
}

function sessions(where: (code: string) => Condition): Asking['options'] {
  return (event) =>
    event.sessions.map(({ code, title }) => option(same(code), [title.zh, title.en], where(code)));
}

function projectStates({ call }: Event): readonly Option[] {
  if (!call) return [];
  return PROJECT_STATES.map((one) => option(STATE_LABELS[one], [one], { project: [one] }));
}

function projectFields({ call }: Event): readonly Option[] {
  const fields = call?.fields ?? [];
  return fields.map(({ code, name }) => option(name, [code], { projectField: code }));
}

function tracks({ call }: Event): readonly Option[] {
  return (call?.tracks ?? []).map(({ code, name }) => option(name, [code], { track: code }));
}

/** What guests chose in the event’s own questions comes first; a field that none of those knows is one of projects. */
function fields(event: Event): readonly Option[] {
  const own = answers(event);
  const known = optionsByWord(own);
  const others = projectFields(event).map((one) => ({
    ...one,
    words: [one.name.zh, one.name.en, ...one.words].filter((word) => !known.has(readable(word))),
  }));
  return [...own, ...others.filter(({ words }) => words.length > 0 && !known.has(readable(words[0] ?? '')))];
}

function answers({ questions }: Event): readonly Option[] {
  return questions.flatMap((question) => {
    if (question.kind === 'text') return [];
    const condition = (value: string): Condition => ({ answer: { question: question.id, value } });
    return question.choices.map(({ value, label }) =>
      option(label, [value, label.zh, label.en], condition(value)),
    );
  });
}

function parties({ maxParty }: Event): readonly Option[] {
  return Array.from({ length: maxParty }, (_, i) => i + 1).map((n) =>
    option(same(`${n}`), [`${n}人`, `${n} 人`, `${n}人以上`, `${n} 人以上`, `${n} or more`], { party: n }),
  );
}

export const ASKING: readonly Asking[] = [
  {
    words: { zh: ['场次'], en: ['session', 'sessions'] },
    single: false,
    options: sessions((code) => ({ session: code })),
  },
  {
    words: { zh: ['席位', '有席位'], en: ['seated', 'seated in'] },
    single: false,
    options: sessions((code) => ({ seated: code })),
  },
  { words: { zh: ['语言'], en: ['language'] }, single: true, options: () => LANGUAGES },
  { words: { zh: ['类型'], en: ['kind'] }, single: true, options: kinds },
  { words: { zh: ['渠道'], en: ['channel'] }, single: true, options: () => CHANNELS },
  {
    words: { zh: ['项目状态', '项目'], en: ['project', 'projects'] },
    single: true,
    options: projectStates,
  },
  { words: { zh: ['项目领域'], en: ['project field'] }, single: true, options: projectFields },
  { words: { zh: ['赛道'], en: ['track'] }, single: true, options: tracks },
  { words: { zh: ['领域', '选项'], en: ['field', 'answer'] }, single: false, options: fields },
  { words: { zh: ['人数'], en: ['party', 'party of'] }, single: true, options: parties },
];

/** The words of some options; one that several of them share means any of those. */
export function optionsByWord(options: readonly Option[]): ReadonlyMap<string, Condition> {
  const byWord = new Map<string, Condition>();
  for (const { name, words, where } of options)
    for (const word of new Set([name.zh, name.en, ...words].flatMap(writtenAs))) {
      const known = byWord.get(word);
      byWord.set(word, known ? { any: [known, where] } : where);
    }
  return byWord;
}

/** Where quotation marks stood between Chinese, a person may leave the space out as well. */
function writtenAs(name: string): readonly string[] {
  const word = readable(name);
  return [word, word.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')];
}
