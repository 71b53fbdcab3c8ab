import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { fold, narrow } from '../src/conversation/words.ts';
import type { Event } from '../src/domain/event.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text, type Values } from '../src/text/text.ts';
import type { Joined, JoinRefusal, OfferedLink } from '../src/usecases/link-accounts.ts';
import type { Facts } from '../src/usecases/load-facts.ts';

type C = Context<Facts>;

const TEXTS = {
  code: {
    zh: '绑定码：{code}\n有效期至 {until}，只能使用一次。\n\n请用您的另一个账号（如微信、Telegram 或网页）发送“绑定 {code}”，两个账号即可共用报名、票和提醒。\n\n请勿将绑定码告诉他人：使用绑定码的账号可以查看和修改您的报名。',
    en: 'Link code: {code}\nIt works once, until {until}.\n\nSend “link {code}” from your other account (WeChat, Telegram or the web, for example). Both will then share your registrations, tickets and reminders.\n\nPlease keep the code to yourself: an account that uses it can see and change your registrations.',
  },
  notCode: {
    zh: '绑定码由 8 位字母和数字组成。请先在已有报名的账号里发送“绑定”获取绑定码，再到这里发送，例如：绑定 7K2M-9QXA',
    en: 'A link code has 8 letters and digits. Send “link” from the account that has your registrations to get one, then send it here, for example: link 7K2M-9QXA',
  },
  sure: {
    zh: '绑定后，当前账号将并入生成绑定码的人。{count, plural, =0 {这里还没有报名，今后的报名将与对方共用。} other {这里的 # 个报名将与对方共用。}}只有当绑定码是您本人用另一个账号生成的，才请继续。',
    en: 'This joins this account to the person who made the code: {count, plural, =0 {there are no registrations here yet, and later ones would be shared with them.} one {# registration here would be shared with them.} other {# registrations here would be shared with them.}} Only go on if you made this code yourself on another account.',
  },
  yes: { zh: '是我生成的，绑定', en: 'I made it, link them' },
  no: { zh: '不绑定', en: 'Do not link them' },
  left: {
    zh: '好的，没有绑定，账号和报名都没有变化。',
    en: 'Fine, nothing was linked, and nothing has changed.',
  },
  joined: {
    zh: '绑定成功。{count, plural, =0 {这个账号没有需要合并的报名。} other {这个账号的 # 个报名已合并，票号和名额不变。}}两个账号现在共用报名、票和提醒，提醒只发送一次。发送“我的”可查看报名；若要解除，请发送“解绑”。',
    en: 'The accounts are linked. {count, plural, =0 {This account had no registrations to bring along.} one {# registration came along, with the same ticket and seat.} other {# registrations came along, with the same tickets and seats.}} Both accounts now share registrations, tickets and reminders; each reminder is sent once. Send “mine” to see them, or “unlink” to undo this.',
  },
  badCode: {
    zh: '这个绑定码无效：可能输入有误、已过期或已使用过。绑定码 10 分钟内有效，只能使用一次。请用另一个账号发送“绑定”获取新的绑定码。',
    en: 'That link code is not valid: it may be mistyped, expired or used already. A code works once, within 10 minutes. Send “link” from your other account to get a new one.',
  },
  tooMany: {
    zh: '错误次数过多，请 {minutes} 分钟后再试。',
    en: 'Too many wrong codes. Please try again in {minutes, plural, one {# minute} other {# minutes}}.',
  },
  ownCode: {
    zh: '这是您当前账号的绑定码，请用您的另一个账号发送。',
    en: 'This code was made for the account that you are using now. Please send it from your other account.',
  },
  already: { zh: '这两个账号已经绑定，无需重复操作。', en: 'These two accounts are linked already.' },
  both: {
    zh: '两个账号都报名了“{title}”，暂时无法绑定。请先用其中一个账号发送“取消 {code}”取消报名，再发送“绑定”获取新的绑定码。',
    en: 'Both accounts are registered for “{title}”, so they cannot be linked yet. Send “cancel {code}” from one of them first, then send “link” to get a new code.',
  },
} as const satisfies Record<string, Text>;

/** Where no event tells a zone. */
const ZONE = 'Asia/Shanghai';
const CODE = /^[0-9a-z]{8}$/u;

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });

function isCode(said: string): boolean {
  return CODE.test(fold(said).replace(/[ -]/gu, ''));
}

const ANSWERS: ReadonlyMap<string, 'yes' | 'no'> = new Map([
  ['yes', 'yes'],
  ['是', 'yes'],
  ['no', 'no'],
  ['否', 'no'],
]);

/** A code with the answer that follows it, as in `CODE yes`. */
export function withAnswer(
  argument: string,
  isWhole: (said: string) => boolean,
): { readonly code: string; readonly answer: 'yes' | 'no' | undefined } {
  const words = isWhole(argument) ? [] : narrow(argument).split(' ');
  const answer = words.length > 1 ? ANSWERS.get(fold(words.at(-1) ?? '')) : undefined;
  return answer ? { code: words.slice(0, -1).join(' '), answer } : { code: argument, answer };
}

const knows = (argument: string): boolean => isCode(withAnswer(argument, isCode).code);

function link(argument: string, { lang }: C): Action {
  if (argument === '') return { effect: { kind: 'link-code', input: {} } };
  const { code, answer } = withAnswer(argument, isCode);
  if (!isCode(code)) return say(TEXTS.notCode[lang]);
  if (answer === 'no') return say(TEXTS.left[lang]);
  const input = { code: narrow(code).replace(/[^0-9a-z]/giu, '') };
  return { effect: { kind: answer === 'yes' ? 'link' : 'check-link', input } };
}

/** One person on several channels: a code, and what is said to it elsewhere. */
export const linking: Command<Facts> = {
  id: 'link',
  words: { zh: ['绑定'], en: ['link'] },
  argument: true,
  knows,
  run: link,
};

const REFUSED: Readonly<Record<Exclude<JoinRefusal, 'both-registered'>, Text>> = {
  'bad-code': TEXTS.badCode,
  'too-many-tries': TEXTS.tooMany,
  'own-code': TEXTS.ownCode,
  'already-linked': TEXTS.already,
};

function tell(text: Text, { lang }: C, values: Values = {}): Told {
  return { replies: [{ kind: 'say', text: fill(text, lang, values) }] };
}

function tellRefusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  if (reason === 'both-registered') {
    const { event } = data as { event: Event };
    return tell(TEXTS.both, c, { title: event.title[c.lang], code: event.code });
  }
  if (reason === 'too-many-tries') return tellTooMany(data as { minutes: number }, c);
  return tell(REFUSED[reason as keyof typeof REFUSED], c);
}

export function tellTooMany(data: { readonly minutes: number }, c: C): Told {
  return tell(TEXTS.tooMany, c, { minutes: data.minutes });
}

export function tellJoined({ registrations }: Joined, c: C): Told {
  return tell(TEXTS.joined, c, { count: registrations });
}

/** Asks before a code does what it stands for: whoever sent it may have been talked into it. */
function askFirst({ registrations }: Joined, { lang }: C, code: string): Told {
  const choices = [
    { value: `link ${code} yes`, label: TEXTS.yes[lang] },
    { value: `link ${code} no`, label: TEXTS.no[lang] },
  ];
  return { replies: [{ kind: 'ask', text: fill(TEXTS.sure, lang, { count: registrations }), choices }] };
}

/** What is told of linking, by effect. */
export const linkTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'link-code': (outcome, c) => {
    const { code, until } = (outcome as { data: OfferedLink }).data;
    const zone = c.facts.events[0]?.event.zone ?? ZONE;
    return tell(TEXTS.code, c, { code, until: formatWhen(until, zone, c.lang) });
  },
  'check-link': (outcome, c, { input }) =>
    outcome.ok ? askFirst(outcome.data as Joined, c, String(input.code)) : tellRefusal(outcome, c),
  link: (outcome, c) => (outcome.ok ? tellJoined(outcome.data as Joined, c) : tellRefusal(outcome, c)),
};
