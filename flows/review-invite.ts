import type { Action, Context, Told } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { organizes } from '../src/domain/access.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Claimed } from '../src/usecases/welcome-reviewer.ts';
import { byCode } from './facts.ts';
import { reviewed } from './review-words.ts';
import { offer } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  which: {
    zh: '为哪个活动邀请审核人？请点选，或发送“邀请 审核人 活动代码 领域或赛道 备注”，例如：邀请 审核人 {example} 能源组。不写领域和赛道，则审核全部项目。',
    en: 'Which event is the reviewer for? Tap a choice, or send “invite reviewer”, the event, a field or track, and a note, for example: invite reviewer {example} energy group. Without a field or track they review every project.',
  },
  none: {
    zh: '目前没有您主办的项目征集，无法邀请审核人。',
    en: 'None of your events calls for projects at present, so there is nothing to review.',
  },
  choice: { zh: '邀请审核人：{title}', en: 'Invite a reviewer: {title}' },
  welcome: {
    zh: '您现在是“{title}”的项目审核人，审核{part, select, none {全部项目} other {“{part}”的项目}}。现有 {count, number} 项待审核。',
    en: 'You are a reviewer of “{title}” now, for {part, select, none {all of its projects} other {its projects of “{part}”}}. {count, plural, =0 {None waits} one {# project waits} other {# projects wait}} for you.',
  },
  review: { zh: '开始审核', en: 'Begin to review' },
} as const satisfies Record<string, Text>;

const NOTE_MAX = 60;

function organized(c: C): readonly CallingEvent[] {
  return reviewed(c).filter(({ office }) => organizes(c.facts.grants, office));
}

/** One choice for each event that reviewers can be invited to. */
export function reviewerChoices(c: C): Choice[] {
  return organized(c).map(({ code, title }) => ({
    value: `invite reviewer ${code}`,
    label: fill(TEXTS.choice, c.lang, { title: title[c.lang] }),
  }));
}

/** The field or track that some words begin with, and the rest of them. */
function partIn(
  words: string,
  { call }: CallingEvent,
): { readonly part: string | null; readonly rest: string } {
  const said = fold(words);
  const names = [...call.fields, ...call.tracks].flatMap(({ code, name }) =>
    [code, fold(name.zh), fold(name.en)].map((word) => [word, code] as const),
  );
  const found = names
    .sort(([a], [b]) => b.length - a.length)
    .find(([word]) => said === word || said.startsWith(`${word} `));
  return found
    ? { part: found[1], rest: words.trim().slice(found[0].length).trim() }
    : { part: null, rest: words.trim() };
}

/** `invite reviewer CHENGDU energy the energy group`. */
export function inviteReviewer(argument: string, c: C): Action {
  const events = organized(c);
  const [first = '', ...more] = argument.trim().split(' ');
  const found = byCode(c.facts, first)?.event;
  const event = events.find(({ id }) => id === found?.id);
  if (!event) {
    if (events.length === 0) return offer(TEXTS.none[c.lang], []);
    return offer(fill(TEXTS.which, c.lang, { example: events[0]?.code ?? 'fair' }), reviewerChoices(c));
  }
  const { part, rest } = partIn(more.join(' '), event);
  const { id, office } = event;
  const note = rest.slice(0, NOTE_MAX) || null;
  return { effect: { kind: 'invite', input: { role: 'reviewer', office, event: id, part, note } } };
}

/** What a new reviewer is told; undefined: it is another role. */
export function welcomed({ review, part }: Claimed, { lang }: C): Told | undefined {
  if (!review) return undefined;
  const { event, waiting } = review;
  const known = [...event.call.fields, ...event.call.tracks].find(({ code }) => code === part);
  const values = { title: event.title[lang], part: known?.name[lang] ?? part ?? 'none', count: waiting };
  return offer(fill(TEXTS.welcome, lang, values), [
    { value: `review ${event.code}`, label: TEXTS.review[lang] },
  ]);
}
