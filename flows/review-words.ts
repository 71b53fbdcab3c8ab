import type { Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { isReviewer } from '../src/domain/access.ts';
import type { Call } from '../src/domain/call.ts';
import { type CallingEvent, calling, type Event } from '../src/domain/event.ts';
import { type Project, projectCode, titleOf, wordsOf } from '../src/domain/project.ts';
import { reviewsIn } from '../src/domain/review.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { offer, type Said } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  line: { zh: '{code} {title}', en: '{code} {title}' },
  whichEvent: {
    zh: '有几个活动都有项目 {code}，您指的是哪一个？',
    en: 'There is a project {code} in several events. Which one do you mean?',
  },
  which: { zh: '是哪个活动？', en: 'Which event is it about?' },
  more: { zh: '下一页', en: 'More' },
  notAllowed: {
    zh: '项目由审核人和活动主办方审核。如有疑问，请联系：{contact}',
    en: 'Projects are reviewed by reviewers and the organizers of the event. For questions: {contact}',
  },
  notAllowedNobody: {
    zh: '目前没有您可以审核的项目征集。',
    en: 'There is no call for projects that you could review.',
  },
} as const satisfies Record<string, Text>;

/** Live events with a call for projects that the person reviews. */
export function reviewed({ facts }: Pick<C, 'facts'>): readonly CallingEvent[] {
  return facts.events.flatMap(({ event }) => (reviewsIn(facts.grants, event) ? (calling(event) ?? []) : []));
}

/** A project as it was named: `P03`, `P03 fair`, `fair P03`, `P03请补充`. */
export interface Named {
  readonly event: string | null;
  readonly number: number;
  readonly rest: string;
}

const CODED = /^(?:项目 ?)?p ?0*(?<number>[1-9]\d{0,4})(?!\d)(?:号)?[ :,.，：]*(?<rest>.*)$/isu;

/** Finds the project that an argument begins with; undefined: it begins with none. `event`: its code may follow. */
export function named(
  argument: string,
  { facts }: Pick<C, 'facts'>,
  event: 'after' | 'before',
): Named | undefined {
  const [first = '', ...more] = argument.trim().split(' ');
  const known = byCode(facts, first)?.event;
  const found = CODED.exec(known ? more.join(' ') : argument.trim())?.groups;
  if (!found) return undefined;
  const rest = (found.rest ?? '').trim();
  const number = Number(found.number);
  const [next = '', ...after] = rest.split(' ');
  const other = event === 'after' && !known ? byCode(facts, next)?.event : undefined;
  if (other) return { event: other.id, number, rest: after.join(' ') };
  return { event: known?.id ?? null, number, rest };
}

/** Whether an argument surely names a project to somebody who reviews. */
export function namesProject(argument: string, c: C): boolean {
  return isReviewer(c.facts.grants) && named(argument, c, 'after') !== undefined;
}

const YES = ['yes', '是', '确定'];
export const isYes = (said: string): boolean => YES.includes(fold(said));

const TITLE_SHOWN = 26;

/** `P03 盐碱地改良技术`: a project in a list. */
export function projectLine(project: Project, lang: Lang): string {
  return fill(TEXTS.line, lang, { code: projectCode(project), title: short(titleOf(project, lang)) });
}

export function short(words: string): string {
  const letters = [...words.replace(/\s+/gu, ' ')];
  return letters.length > TITLE_SHOWN ? `${letters.slice(0, TITLE_SHOWN).join('')}…` : letters.join('');
}

/** What a field is called; its code where the event knows it no more. */
export function fieldName(code: string, { fields }: Call, lang: Lang): string {
  return fields.find((one) => one.code === code)?.name[lang] ?? code;
}

export function fieldOf(project: Project, call: Call, lang: Lang): string {
  return fieldName(wordsOf(project, 'field'), call, lang);
}

/** Asks which event is meant; `command` makes the command for one. */
export function askEvent(
  events: readonly Event[],
  command: (event: Event) => string,
  c: C,
  code?: string,
): Said {
  const text = code === undefined ? TEXTS.which[c.lang] : fill(TEXTS.whichEvent, c.lang, { code });
  return offer(
    text,
    events.map((event) => ({ value: command(event), label: event.title[c.lang] })),
  );
}

export function moreChoice(command: string, lang: Lang): Choice {
  return { value: command, label: TEXTS.more[lang] };
}

/** Tells somebody who reviews nothing who can help. */
export function noReviewer({ facts, lang }: C): Said {
  const contact = facts.events.find(({ event }) => event.call)?.event.contact[lang];
  const text = contact ? fill(TEXTS.notAllowed, lang, { contact }) : TEXTS.notAllowedNobody[lang];
  return { replies: [{ kind: 'say', text }] };
}
