import type { Context, Told } from '../src/conversation/flow.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Claimed } from '../src/usecases/welcome-reviewer.ts';
import { offer } from './telling.ts';

const TEXTS = {
  welcome: {
    zh: '您现在是“{title}”的项目审核人，审核{part, select, none {全部项目} other {“{part}”的项目}}。现有 {count, number} 项待审核。',
    en: 'You are a reviewer of “{title}” now, for {part, select, none {all of its projects} other {its projects of “{part}”}}. {count, plural, =0 {None waits} one {# project waits} other {# projects wait}} for you.',
  },
  review: { zh: '开始审核', en: 'Begin to review' },
} as const satisfies Record<string, Text>;

/** What a new reviewer is told; undefined: it is another role. */
export function welcomed({ review, part }: Claimed, { lang }: Context<Facts>): Told | undefined {
  if (!review) return undefined;
  const { event, waiting } = review;
  const known = [...event.call.fields, ...event.call.tracks].find(({ code }) => code === part);
  const values = { title: event.title[lang], part: known?.name[lang] ?? part ?? 'none', count: waiting };
  return offer(fill(TEXTS.welcome, lang, values), [
    { value: `review ${event.code}`, label: TEXTS.review[lang] },
  ]);
}
