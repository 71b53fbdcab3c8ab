import type { Role } from '../src/domain/access.ts';
import {
  type Audience,
  type Condition,
  effectiveWhere,
  isAboutProject,
  type Leaf,
  NOBODY,
  type ProjectLeaf,
  simplify,
} from '../src/domain/audience.ts';
import { type Event, findSession, type GuestKind } from '../src/domain/event.ts';
import type { RegistrationStatus } from '../src/domain/registration.ts';
import { either, fill, type Lang, LOCALE, list, type Text, type Values } from '../src/text/text.ts';
import { STATE_LABELS } from './project-words.ts';

const TEXTS = {
  people: {
    zh: '{source, select, office {本办公室历次活动的} tickets {所列 {count} 个票号对应的} other {}}{place, select, onsite {{clause, select, none {现场参加的} other {现场参加、{clause}的}}} online {{clause, select, none {线上参加的} other {线上参加、{clause}的}}} other {{clause, select, none {} other {{clause}的}}}}{state, select, none {} other {{state}}}{noun}',
    en: '{state, select, none {} other {{state} }}{noun}{place, select, onsite { on site} online { online} other {}}{source, select, office { at any event of this office} tickets { with {count, plural, one {the one ticket listed} other {one of the # tickets listed}}} other {}}{clause, select, none {} other { who {clause}}}',
  },
  nobody: { zh: '没有任何人', en: 'nobody' },
  guests: { zh: '嘉宾', en: 'guests' },
  members: { zh: '项目成员', en: 'members of projects' },
  guestsAndMembers: { zh: '嘉宾和项目成员', en: 'guests and members of projects' },
  group: { zh: '（{clause}）', en: '({clause})' },
  registered: { zh: '已报名', en: 'registered' },
} as const satisfies Record<string, Text>;

const ROLES: Readonly<Record<Role, Text>> = {
  owner: { zh: '管理员', en: 'owners' },
  organizer: { zh: '主办方', en: 'organizers' },
  reviewer: { zh: '项目审核人', en: 'reviewers' },
  judge: { zh: '评委', en: 'judges' },
  scorer: { zh: '计分长', en: 'chief scorers' },
  host: { zh: '主持人', en: 'hosts' },
  staff: { zh: '工作人员', en: 'staff' },
};

const STATES: Readonly<Record<RegistrationStatus, Text>> = {
  pending: { zh: '待确认', en: 'pending' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  waitlisted: { zh: '候补中', en: 'waitlisted' },
  rejected: { zh: '未通过', en: 'rejected' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  attended: { zh: '已签到', en: 'checked-in' },
};

const KINDS: Readonly<Record<GuestKind, Text>> = {
  guest: { zh: '普通嘉宾', en: 'general guests' },
  team: { zh: '项目团队', en: 'project teams' },
  enterprise: { zh: '企业嘉宾', en: 'enterprises' },
  investor: { zh: '投资机构嘉宾', en: 'investors' },
};

const LANGUAGES: Readonly<Record<Lang, Text>> = {
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
};

const CHANNELS: ReadonlyMap<string, Text> = new Map([
  ['wechat', { zh: '微信', en: 'WeChat' }],
  ['official-account', { zh: '公众号', en: 'the official account' }],
  ['telegram', { zh: 'Telegram', en: 'Telegram' }],
  ['web', { zh: '网页', en: 'the web chat' }],
]);

/** What a channel is called within a sentence. */
export function channelName(channel: string, lang: Lang): string {
  return CHANNELS.get(channel)?.[lang] ?? channel;
}

export function languageName(language: Lang, lang: Lang): string {
  return LANGUAGES[language][lang];
}

/** What a leaf says of people, and what its opposite does, after “who” and before 的. */
const CLAUSES = {
  state: [
    { zh: '报名状态为{value}', en: 'are {value}' },
    { zh: '报名状态不是{value}', en: 'are not {value}' },
  ],
  active: [
    { zh: '报名有效', en: 'are registered' },
    { zh: '报名无效', en: 'are not registered any more' },
  ],
  onsite: [
    { zh: '现场参加', en: 'attend on site' },
    { zh: '不在现场参加', en: 'do not attend on site' },
  ],
  online: [
    { zh: '线上参加', en: 'attend online' },
    { zh: '不在线上参加', en: 'do not attend online' },
  ],
  kind: [
    { zh: '是{value}', en: 'are {value}' },
    { zh: '不是{value}', en: 'are not {value}' },
  ],
  session: [
    { zh: '选了场次“{value}”', en: 'chose the session “{value}”' },
    { zh: '没有选场次“{value}”', en: 'did not choose the session “{value}”' },
  ],
  seated: [
    { zh: '在场次“{value}”有席位', en: 'have a seat in the session “{value}”' },
    { zh: '在场次“{value}”没有席位', en: 'have no seat in the session “{value}”' },
  ],
  waits: [
    { zh: '正在候补', en: 'are on a waitlist' },
    { zh: '不在候补', en: 'are not on a waitlist' },
  ],
  checkedIn: [
    { zh: '已签到', en: 'have checked in' },
    { zh: '未签到', en: 'have not checked in' },
  ],
  language: [
    { zh: '语言为{value}', en: 'speak {value}' },
    { zh: '语言不是{value}', en: 'do not speak {value}' },
  ],
  channel: [
    { zh: '用{value}接收消息', en: 'get messages by {value}' },
    { zh: '不用{value}接收消息', en: 'do not get messages by {value}' },
  ],
  answer: [
    { zh: '“{question}”选了“{value}”', en: 'answered “{question}” with “{value}”' },
    { zh: '“{question}”没有选“{value}”', en: 'did not answer “{question}” with “{value}”' },
  ],
  project: [
    { zh: '项目状态为{value}', en: 'have a project that is {value}' },
    { zh: '没有状态为{value}的项目', en: 'have no project that is {value}' },
  ],
  projectField: [
    { zh: '项目领域为“{value}”', en: 'have a project in the field “{value}”' },
    { zh: '没有“{value}”领域的项目', en: 'have no project in the field “{value}”' },
  ],
  track: [
    { zh: '项目在赛道“{value}”', en: 'have a project in the track “{value}”' },
    { zh: '没有项目在赛道“{value}”', en: 'have no project in the track “{value}”' },
  ],
  lacking: [
    { zh: '项目缺材料', en: 'have a project that is not complete' },
    { zh: '没有缺材料的项目', en: 'have no project that is not complete' },
  ],
  party: [
    {
      zh: '报名人数不少于 {value} 人',
      en: 'come as {value, plural, one {one person or more} other {# people or more}}',
    },
    {
      zh: '报名人数少于 {value} 人',
      en: 'come as fewer than {value, plural, one {one person} other {# people}}',
    },
  ],
} as const satisfies Record<string, readonly [Text, Text]>;

/**
 * Who an audience is, as a person reads it within a sentence: “confirmed guests on site who speak English”,
 * 现场参加、语言为英文的已确认嘉宾. Names are those of the event; what it does not know is called by its code.
 */
export function describeAudience(audience: Audience, event: Event, lang: Lang): string {
  const where = effectiveWhere(audience);
  if ('any' in where && where.any.length === 0) return TEXTS.nobody[lang];
  const { source } = audience;
  const said = new Speaker(event, lang);
  const { state, kind, attendance, rest } = liftedFrom('all' in where ? where.all : [where], source.kind);
  const noun = kind ? KINDS[kind.kind] : nounOf(source, where);
  return fill(TEXTS.people, lang, {
    source: source.kind,
    count: source.kind === 'tickets' ? source.tickets.length : 0,
    noun:
      source.kind === 'roles'
        ? list(
            source.roles.map((role) => ROLES[role][lang]),
            lang,
          )
        : noun[lang],
    place: attendance?.attendance ?? 'none',
    state: state ? said.states(state) : 'none',
    clause: rest.length > 0 ? said.together(rest) : 'none',
  });
}

function nounOf({ kind }: Audience['source'], where: Condition): Text {
  if (kind !== 'members') return TEXTS.guests;
  return isOfTeamsAlone(where) ? TEXTS.members : TEXTS.guestsAndMembers;
}

/** Whether a condition can be true of nobody who has no project. */
function isOfTeamsAlone(where: Condition): boolean {
  const without = (one: Condition): Condition => {
    if ('all' in one) return { all: one.all.map(without) };
    if ('any' in one) return { any: one.any.map(without) };
    if ('not' in one) return { not: without(one.not) };
    return isAboutProject(one) ? NOBODY : one;
  };
  const left = simplify(without(where));
  return 'any' in left && left.any.length === 0;
}

type LeafOf<K extends string> = Extract<Leaf, Readonly<Record<K, unknown>>>;
type State = LeafOf<'state'> | LeafOf<'active'>;

interface Lifted {
  readonly state: State | undefined;
  readonly kind: LeafOf<'kind'> | undefined;
  readonly attendance: LeafOf<'attendance'> | undefined;
  readonly rest: readonly Condition[];
}

/** What reads better beside the noun than in a clause: the first of its sort. Not all with roles or projects are guests. */
function liftedFrom(conditions: readonly Condition[], source: Audience['source']['kind']): Lifted {
  if (source === 'roles' || source === 'members')
    return { state: undefined, kind: undefined, attendance: undefined, rest: conditions };
  const state = conditions.find((one): one is State => 'state' in one || 'active' in one);
  const kind = conditions.find((one): one is LeafOf<'kind'> => 'kind' in one);
  const attendance = conditions.find((one): one is LeafOf<'attendance'> => 'attendance' in one);
  const lifted: readonly (Condition | undefined)[] = [state, kind, attendance];
  return { state, kind, attendance, rest: conditions.filter((one) => !lifted.includes(one)) };
}

/** Says conditions in one language. */
class Speaker {
  private readonly event: Event;
  private readonly lang: Lang;

  constructor(event: Event, lang: Lang) {
    this.event = event;
    this.lang = lang;
  }

  states(state: State): string {
    if ('active' in state) return TEXTS.registered[this.lang];
    return either(
      state.state.map((one) => STATES[one][this.lang]),
      this.lang,
    );
  }

  /** Conditions that hold all at once. */
  together(conditions: readonly Condition[]): string {
    return this.clause(conditions.length === 1 && conditions[0] ? conditions[0] : { all: conditions }, true);
  }

  /** `yes`: what it says; otherwise its opposite, which of a group is the opposite of each, joined the other way. */
  private clause(where: Condition, yes: boolean, isNested = false): string {
    if ('not' in where) return this.clause(where.not, !yes, isNested);
    if (!('all' in where) && !('any' in where)) return this.leaf(where, yes);
    const isAll = 'all' in where;
    const parts = (isAll ? where.all : where.any).map((one) => this.clause(one, yes, true));
    const clause = isAll === yes ? this.and(parts) : either(parts, this.lang);
    return isNested ? fill(TEXTS.group, this.lang, { clause }) : clause;
  }

  /** Chinese clauses before a noun stand side by side, divided by 、 alone. */
  private and(clauses: readonly string[]): string {
    const style = this.lang === 'zh' ? 'narrow' : 'long';
    return new Intl.ListFormat(LOCALE[this.lang], { type: 'conjunction', style }).format(clauses);
  }

  private leaf(leaf: Leaf, yes: boolean): string {
    const say = (key: keyof typeof CLAUSES, values: Values = {}) =>
      fill(CLAUSES[key][yes ? 0 : 1], this.lang, values);
    const { lang } = this;
    if ('state' in leaf) return say('state', { value: this.states(leaf) });
    if ('active' in leaf) return say('active');
    if ('attendance' in leaf) return say(leaf.attendance);
    if ('kind' in leaf) return say('kind', { value: KINDS[leaf.kind][lang] });
    if ('session' in leaf) return say('session', { value: this.session(leaf.session) });
    if ('seated' in leaf) return say('seated', { value: this.session(leaf.seated) });
    if ('waits' in leaf) return say('waits');
    if ('checkedIn' in leaf) return say('checkedIn');
    if ('language' in leaf) return say('language', { value: languageName(leaf.language, lang) });
    if ('channel' in leaf) return say('channel', { value: channelName(leaf.channel, lang) });
    if ('party' in leaf) return say('party', { value: leaf.party });
    if ('answer' in leaf) return say('answer', this.answer(leaf.answer));
    return this.ofProject(leaf, say);
  }

  private ofProject(
    leaf: ProjectLeaf,
    say: (key: 'project' | 'projectField' | 'track' | 'lacking', values?: Values) => string,
  ): string {
    const { call } = this.event;
    const name = (known: readonly { code: string; name: Text }[] = [], code: string) =>
      known.find((one) => one.code === code)?.name[this.lang] ?? code;
    if ('projectField' in leaf) return say('projectField', { value: name(call?.fields, leaf.projectField) });
    if ('track' in leaf) return say('track', { value: name(call?.tracks, leaf.track) });
    if ('lacking' in leaf) return say('lacking');
    const states = leaf.project.map((one) => STATE_LABELS[one][this.lang]);
    return say('project', { value: either(states, this.lang) });
  }

  private session(code: string): string {
    return findSession(this.event, code)?.title[this.lang] ?? code;
  }

  private answer({ question: id, value }: LeafOf<'answer'>['answer']): { question: string; value: string } {
    const question = this.event.questions.find((one) => one.id === id);
    const choices = question && question.kind !== 'text' ? question.choices : [];
    const choice = choices.find((one) => one.value === value);
    return { question: question?.label[this.lang] ?? id, value: choice?.label[this.lang] ?? value };
  }
}
