import type { Action, Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import { EVENT_ROLES, type EventRole, INVITED_AT_MOST, partsFor } from '../src/domain/event-role.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { ROLE_NAMES } from './role-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  which: {
    zh: '邀请{role}：请选择活动。也可以一次写全，例如：{example}',
    en: 'Inviting {role}: please choose the event. You can also say it all at once, for example: {example}',
  },
  whichPart: {
    zh: '邀请{role}（{title}）：请选择赛道。',
    en: 'Inviting {role} of “{title}”: please choose the track.',
  },
  all: { zh: '全部赛道', en: 'All tracks' },
  exampleReviewer: { zh: '邀请 审核人 {event} 领域或赛道 备注', en: 'invite reviewer {event} FIELD note' },
  exampleStaff: { zh: '邀请 工作人员 {event} x5', en: 'invite staff {event} x5' },
  examplePart: {
    zh: '邀请 {word} {event} 赛道：姓名一、姓名二',
    en: 'invite {word} {event} TRACK: name one, name two',
  },
  none: {
    zh: '目前没有可以邀请{role}的活动：您主办的活动都还没有征集项目。',
    en: 'There is no event to invite {role} to: none of yours calls for projects at present.',
  },
  noneAtAll: {
    zh: '目前没有您主办的活动，无法邀请{role}。',
    en: 'You organize no event at present, so there is nothing to invite {role} to.',
  },
  tooMany: {
    zh: '一次可以生成 1 到 {most} 个认领码，每条备注不超过 60 个字。人数更多时，请分几次邀请。',
    en: 'You can have 1 to {most} codes at once, each with a note of up to 60 characters. For more people, please invite in several goes.',
  },
} as const satisfies Record<string, Text>;

const NOTE_MAX = 60;
/** Longer words carry more names than there can be codes. */
const SAID_MAX = 2_500;
const ALL: readonly string[] = ['all tracks', 'all', '全部赛道', '全部'];

/** Events that the person can invite to a role of. */
function eventsFor(role: EventRole, { facts }: C): readonly Event[] {
  return facts.events.flatMap(({ event }) =>
    organizes(facts.grants, event.office) && (role === 'staff' || event.call) ? [event] : [],
  );
}

/** One choice for each role that the person can invite to in some event. */
export function eventRoleChoices(c: C, label: (role: EventRole) => string): Choice[] {
  return EVENT_ROLES.filter((role) => eventsFor(role, c).length > 0).map((role) => ({
    value: `invite ${role}`,
    label: label(role),
  }));
}

interface PartSaid {
  /** undefined: none was named. */
  readonly part: string | null | undefined;
  readonly rest: string;
}

/** The field or track that some words begin with, and the rest of them. */
function partIn(words: string, role: EventRole, { call }: Event): PartSaid {
  const said = fold(words);
  const parts = partsFor(role, call);
  const names: (readonly [string, string | null])[] = parts.flatMap(({ code, name }) =>
    [code, fold(name.zh), fold(name.en)].map((word) => [word, code] as const),
  );
  const whole = asksPart(role) ? ALL.map((word) => [word, null] as const) : [];
  const found = [...names, ...whole]
    .sort(([a], [b]) => b.length - a.length)
    .find(([word]) => said === word || said.startsWith(`${word} `));
  return found
    ? { part: found[1], rest: words.trim().slice(found[0].length).trim() }
    : { part: undefined, rest: words.trim() };
}

const asksPart = (role: EventRole): boolean => role !== 'staff' && role !== 'reviewer';

/** The event that is meant: the one that is named, the only one, or the only one with the track that is named. */
function eventIn(
  said: string,
  role: EventRole,
  events: readonly Event[],
  { facts }: C,
): { readonly event: Event; readonly rest: string } | undefined {
  const [first = '', ...more] = said.split(' ');
  const found = byCode(facts, first)?.event;
  const named = events.find(({ id }) => id === found?.id);
  if (named) return { event: named, rest: more.join(' ') };
  const having = events.filter((one) => partIn(said, role, one).part);
  const [only] = events.length === 1 ? events : having;
  return only && (events.length === 1 || having.length === 1) ? { event: only, rest: said } : undefined;
}

const COUNT =
  /^(?:[x×*] ?(?<times>\d{1,4})|(?<many>\d{1,2}) ?(?:个|份|位|人|名|codes?)?(?=$| ))(?: (?<note>.*))?$/iu;

/** Whom codes are for: `: A、B` names them, `x5` counts them, other words are a note; undefined: too many. */
function notesIn(said: string): readonly (string | null)[] | undefined {
  if (said.startsWith(':')) {
    const names = said.slice(1).split(/[、,;\n]/u);
    const notes = names.map((name) => name.trim()).filter((name) => name !== '');
    const fit = notes.length <= INVITED_AT_MOST && notes.every((note) => note.length <= NOTE_MAX);
    return fit ? (notes.length > 0 ? notes : [null]) : undefined;
  }
  const { times, many, note = '' } = COUNT.exec(said)?.groups ?? {};
  const count = times ?? many;
  if (count === undefined) return [said.replace(' : ', ': ').slice(0, NOTE_MAX) || null];
  const isMany = Number(count) >= 1 && Number(count) <= INVITED_AT_MOST;
  return isMany ? Array.from({ length: Number(count) }, () => note.slice(0, NOTE_MAX) || null) : undefined;
}

/** `judge CHENGDU main: name one, name two`, `staff x5`: what is not said is asked for. */
export function inviteToEvent(role: EventRole, argument: string, c: C): Action {
  const events = eventsFor(role, c);
  const name = ROLE_NAMES[role][c.lang];
  if (argument.length > SAID_MAX) return tell(TEXTS.tooMany, c, { most: INVITED_AT_MOST });
  if (events.length === 0) return tell(role === 'staff' ? TEXTS.noneAtAll : TEXTS.none, c, { role: name });
  const said = argument.replace(/\s*:\s*/u, ' : ').trim();
  const found = eventIn(said, role, events, c);
  if (!found) return askEvent(role, said, events, c);
  const { event } = found;
  const { part, rest } = partIn(found.rest, role, event);
  if (part === undefined && asksPart(role) && partsFor(role, event.call).length > 1)
    return askPart(role, rest, event, c);
  const notes = notesIn(rest);
  if (!notes) return tell(TEXTS.tooMany, c, { most: INVITED_AT_MOST });
  const { id, office } = event;
  return { effect: { kind: 'invite', input: { role, office, event: id, part: part ?? null, notes } } };
}

function askEvent(role: EventRole, said: string, events: readonly Event[], c: C): Action {
  const values = { role: ROLE_NAMES[role][c.lang], example: exampleFor(role, events[0]?.code ?? 'fair', c) };
  return offer(
    fill(TEXTS.which, c.lang, values),
    events.map(({ code, title }) => ({
      value: `invite ${role} ${code} ${said}`.trim(),
      label: title[c.lang],
    })),
  );
}

function exampleFor(role: EventRole, event: string, { lang }: C): string {
  if (role === 'reviewer') return fill(TEXTS.exampleReviewer, lang, { event });
  if (role === 'staff') return fill(TEXTS.exampleStaff, lang, { event });
  return fill(TEXTS.examplePart, lang, { event, word: lang === 'zh' ? ROLE_NAMES[role].zh : role });
}

function askPart(role: EventRole, said: string, { code: event, title, call }: Event, c: C): Action {
  const command = (part: string) => `invite ${role} ${event} ${part} ${said}`.trim();
  const values = { role: ROLE_NAMES[role][c.lang], title: title[c.lang] };
  return offer(fill(TEXTS.whichPart, c.lang, values), [
    ...partsFor(role, call).map(({ code, name }) => ({ value: command(code), label: name[c.lang] })),
    { value: command('all'), label: TEXTS.all[c.lang] },
  ]);
}
