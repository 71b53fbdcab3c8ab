import type { Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import type { Role, Scope } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import { partsFor } from '../src/domain/event-role.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { type Said, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  owner: { zh: '管理员', en: 'an owner' },
  organizer: { zh: '主办方（{office}）', en: 'an organizer of “{office}”' },
  reviewer: {
    zh: '{event, select, none {} other {“{event}”的}}项目审核人{part, select, none {} other {（{part}）}}',
    en: 'a reviewer of projects{event, select, none {} other { of “{event}”}}{part, select, none {} other { (“{part}”)}}',
  },
  judge: {
    zh: '{event, select, none {} other {“{event}”的}}评委{part, select, none {} other {（{part}）}}',
    en: 'a judge{event, select, none {} other { of “{event}”}}{part, select, none {} other { (“{part}”)}}',
  },
  scorer: {
    zh: '{event, select, none {} other {“{event}”的}}计分长{part, select, none {} other {（{part}）}}',
    en: 'the chief scorer{event, select, none {} other { of “{event}”}}{part, select, none {} other { (“{part}”)}}',
  },
  host: {
    zh: '{event, select, none {} other {“{event}”的}}主持人{part, select, none {} other {（{part}）}}',
    en: 'a host{event, select, none {} other { of “{event}”}}{part, select, none {} other { (“{part}”)}}',
  },
  staff: {
    zh: '{event, select, none {} other {“{event}”的}}工作人员',
    en: 'a member of staff{event, select, none {} other { of “{event}”}}',
  },
  notAllowed: {
    zh: '角色由管理员授予和收回；活动内的角色，活动主办方也可以授予和收回。如果您刚收到认领码，请发送“认领 认领码”。',
    en: 'Only owners give and take roles; those within an event, its organizers too. If you were given a code, send “claim” and the code.',
  },
} as const satisfies Record<string, Text>;

/** Roles by themselves, as those read them who invite. */
export const ROLE_NAMES: Readonly<Record<Role, Text>> = {
  owner: { zh: '管理员', en: 'an owner' },
  organizer: { zh: '主办方', en: 'an organizer' },
  reviewer: { zh: '审核人', en: 'a reviewer' },
  judge: { zh: '评委', en: 'a judge' },
  scorer: { zh: '计分长', en: 'the chief scorer' },
  host: { zh: '主持人', en: 'a host' },
  staff: { zh: '工作人员', en: 'staff' },
};

/** Where no event tells a zone. */
const ZONE = 'Asia/Shanghai';

/** What a role is called, with the office, or the event and the part of it, that it is about. */
export function roleName({ role, office, part }: Scope, about: Event | null, lang: Lang): string {
  const known = about && partsFor(role, about.call).find(({ code }) => code === part);
  return fill(TEXTS[role], lang, {
    office: office ?? '',
    event: about?.title[lang] ?? 'none',
    part: known?.name[lang] ?? part ?? 'none',
  });
}

/** The live event that a role is about. */
export function liveEvent({ event }: Pick<Scope, 'event'>, { facts }: C): Event | null {
  return facts.events.find((one) => one.event.id === event)?.event ?? null;
}

/** The zone in which times about an event are told. */
export function zoneOf(about: Event | null, { facts }: C): string {
  return about?.zone ?? facts.events[0]?.event.zone ?? ZONE;
}

export function notAllowed(c: C): Said {
  return tell(TEXTS.notAllowed, c);
}

const WORDS: readonly (readonly [string, Role])[] = Object.entries({
  owner: ['owner', '管理员'],
  organizer: ['organizer', 'organiser', '主办方'],
  reviewer: ['reviewer', '审核人', '审核员'],
  judge: ['judge', 'judges', '评委'],
  scorer: ['scorer', 'chief scorer', '计分长'],
  host: ['host', '主持人', '主持', '场控'],
  staff: ['staff', '工作人员'],
} as const satisfies Record<Role, readonly string[]>)
  .flatMap(([role, words]) => words.map((word) => [word, role as Role] as const))
  .sort(([a], [b]) => b.length - a.length);

/** The role that some words begin with, and the rest of them; Chinese needs no space after it. */
export function roleIn(argument: string): { readonly role: Role; readonly rest: string } | undefined {
  const said = fold(argument);
  for (const [word, role] of WORDS) {
    if (!said.startsWith(word)) continue;
    const rest = argument.trim().slice(word.length);
    if (rest === '' || /^[ :,]/u.test(rest) || /^\p{Script=Han}/u.test(word))
      return { role, rest: rest.replace(/^,/u, '').trim() };
  }
  return undefined;
}

/** What follows the word of a list: the code of an event, and `page 2`. */
export function eventAndPage(argument: string, { facts }: C): { event: string | null; page: number } {
  const words = fold(argument).split(' ');
  const event = facts.events.find((one) => words.includes(one.event.code))?.event.id ?? null;
  const page = /(?:page|第) ?(?<n>\d{1,3})/u.exec(fold(argument))?.groups?.n;
  return { event, page: Math.max(0, Number(page ?? 1) - 1) };
}
