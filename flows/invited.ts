import type { Context, Told } from '../src/conversation/flow.ts';
import type { Event } from '../src/domain/event.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Invited, InvitedOne } from '../src/usecases/invite-to-role.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { roleName, zoneOf } from './role-words.ts';
import { tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  one: {
    zh: '请把下面的话转给{note, select, none {对方} other {{note}}}：\n\n认领 {code}{link, select, none {} other {\n或打开链接：{link}}}\n\n对方发给我后即成为{role}。认领码只能使用一次，{until}。',
    en: 'Pass this on to {note, select, none {the person you mean} other {{note}}}:\n\nclaim {code}{link, select, none {} other {\nor open {link}}}\n\nWhoever sends it to me becomes {role}. It works once, {until}.',
  },
  until: { zh: '有效期至 {when}', en: 'until {when}' },
  untilEnd: { zh: '活动结束前有效（至 {when}）', en: 'until the event ends ({when})' },
  many: {
    zh: '共 {count} 个认领码，请分别转给各人，一人一个。把自己那一行的“认领”和认领码发给我{link, select, yes {（或打开链接并确认）} other {}}，即成为{role}。每个认领码只能使用一次，{until}。',
    en: 'Here are {count} codes; please pass each on to one person. Whoever sends me the words of their line, “claim” and the code,{link, select, yes { or opens the link and agrees,} other {}} becomes {role}. Each works once, {until}.',
  },
  line: {
    zh: '{note, select, none {} other {{note}：}}认领 {code}{link, select, none {} other { 或打开 {link}}}',
    en: '{note, select, none {} other {{note}: }}claim {code}{link, select, none {} other { or open {link}}}',
  },
  records: {
    zh: '发送“邀请记录”可查看谁已认领，也可以撤销。',
    en: 'Send “invites” to see who has used theirs, or to revoke one.',
  },
} as const satisfies Record<string, Text>;

/** The words that bring somebody a role, ready to be passed on: one code alone, or a line for each of many. */
export function tellInvited({ scope, about, codes, until }: Invited, c: C): Told {
  const role = roleName(scope, about, c.lang);
  const ends = untilWords(until, about, c);
  const [only, ...more] = codes;
  if (only && more.length === 0) return tell(TEXTS.one, c, { ...valuesOf(only), role, until: ends });
  const link = only?.link ? 'yes' : 'no';
  const head = fill(TEXTS.many, c.lang, { count: codes.length, link, role, until: ends });
  const lines = codes.map((one) => fill(TEXTS.line, c.lang, valuesOf(one)));
  const text = [head, '', ...lines, '', TEXTS.records[c.lang]].join('\n');
  return { replies: [{ kind: 'say', text }] };
}

function valuesOf({ code, note, link }: InvitedOne): Readonly<Record<string, string>> {
  return { code, note: note ?? 'none', link: link ?? 'none' };
}

function untilWords(until: Date, about: Event | null, c: C): string {
  const when = formatWhen(until, zoneOf(about, c), c.lang);
  const isItsEnd = about?.endsAt.getTime() === until.getTime();
  return fill(isItsEnd ? TEXTS.untilEnd : TEXTS.until, c.lang, { when });
}
