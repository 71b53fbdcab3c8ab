import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { fold, narrow } from '../src/conversation/words.ts';
import type { Event } from '../src/domain/event.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text, type Values } from '../src/text/text.ts';
import type { Joined, JoinRefusal, OfferedLink, UnlinkRefusal } from '../src/usecases/link-accounts.ts';
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
  joined: {
    zh: '绑定成功。{count, plural, =0 {这个账号没有需要合并的报名。} other {这个账号的 # 个报名已合并，票号和名额不变。}}两个账号现在共用报名、票和提醒，提醒只发送一次。发送“我的”可查看报名；若要解除，请发送“解绑”。',
    en: 'The accounts are linked. {count, plural, =0 {This account had no registrations to bring along.} one {# registration came along, with the same ticket and seat.} other {# registrations came along, with the same tickets and seats.}} Both accounts now share registrations, tickets and reminders; each reminder is sent once. Send “mine” to see them, or “unlink” to undo this.',
  },
  badCode: {
    zh: '这个绑定码无效：可能输入有误、已过期或已使用过。绑定码 10 分钟内有效，只能使用一次。请用另一个账号发送“绑定”获取新的绑定码。',
    en: 'That link code is not valid: it may be mistyped, expired or used already. A code works once, within 10 minutes. Send “link” from your other account to get a new one.',
  },
  tooMany: {
    zh: '绑定码错误次数过多，请 {minutes} 分钟后再试。',
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
  sure: {
    zh: '确定将当前账号解绑吗？您的报名和票会保留在其他账号里，当前账号将不再显示，也不再收到相关提醒。',
    en: 'Do you really want to unlink this account? Your registrations and tickets stay with your other account; this one will no longer show them or get their reminders.',
  },
  yes: { zh: '确定解绑', en: 'Yes, unlink it' },
  no: { zh: '保持绑定', en: 'Keep it linked' },
  kept: { zh: '好的，账号保持绑定。', en: 'Fine, the accounts stay linked.' },
  unlinked: {
    zh: '已解绑。您的报名和票保留在其他账号里。要重新绑定，请用其他账号发送“绑定”获取绑定码。',
    en: 'This account is unlinked. Your registrations and tickets stay with your other account. To link it again, send “link” from that account to get a code.',
  },
  nothingLinked: {
    zh: '当前账号没有绑定其他账号。发送“绑定”可绑定。',
    en: 'No other account is linked to this one. Send “link” to link one.',
  },
  first: {
    zh: '这是您最初的账号，报名保存在这里，不能从这里解绑。请用要解除的那个账号发送“解绑”。',
    en: 'This is your first account, which keeps your registrations, so it cannot be unlinked. Please send “unlink” from the other account instead.',
  },
} as const satisfies Record<string, Text>;

/** Where no event tells a zone. */
const ZONE = 'Asia/Shanghai';
const CODE = /^[0-9a-z]{8}$/u;

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });

function isCode(argument: string): boolean {
  return CODE.test(fold(argument).replace(/[ -]/gu, ''));
}

function link(argument: string, { lang }: C): Action {
  if (argument === '') return { effect: { kind: 'link-code', input: {} } };
  if (!isCode(argument)) return say(TEXTS.notCode[lang]);
  return { effect: { kind: 'link', input: { code: narrow(argument).replace(/[^0-9a-z]/giu, '') } } };
}

function unlink(argument: string, { facts, lang }: C): Action {
  const said = fold(argument);
  if (said === 'yes') return { effect: { kind: 'unlink', input: { from: facts.person.id } } };
  if (said === 'no') return say(TEXTS.kept[lang]);
  if (facts.person.accounts.length < 2) return say(TEXTS.nothingLinked[lang]);
  const choices = [
    { value: 'unlink yes', label: TEXTS.yes[lang] },
    { value: 'unlink no', label: TEXTS.no[lang] },
  ];
  return { replies: [{ kind: 'ask', text: TEXTS.sure[lang], choices }] };
}

/** One person on several channels. */
export const linking: readonly Command<Facts>[] = [
  { id: 'link', words: { zh: ['绑定'], en: ['link'] }, argument: true, knows: isCode, run: link },
  {
    id: 'unlink',
    words: { zh: ['解绑', '解除绑定'], en: ['unlink'] },
    argument: true,
    knows: (argument) => ['yes', 'no'].includes(fold(argument)),
    run: unlink,
  },
];

const REFUSED: Readonly<Record<Exclude<JoinRefusal, 'both-registered'> | UnlinkRefusal, Text>> = {
  'bad-code': TEXTS.badCode,
  'too-many-tries': TEXTS.tooMany,
  'own-code': TEXTS.ownCode,
  'already-linked': TEXTS.already,
  'nothing-linked': TEXTS.nothingLinked,
  'first-account': TEXTS.first,
};

function tell(text: Text, { lang }: C, values: Values = {}): Told {
  return { replies: [{ kind: 'say', text: fill(text, lang, values) }] };
}

function tellRefusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  if (reason === 'both-registered') {
    const { event } = data as { event: Event };
    return tell(TEXTS.both, c, { title: event.title[c.lang], code: event.code });
  }
  const text = REFUSED[reason as keyof typeof REFUSED];
  return tell(text, c, reason === 'too-many-tries' ? (data as { minutes: number }) : {});
}

/** What is told of linking, by effect. */
export const linkTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'link-code': (outcome, c) => {
    const { code, until } = (outcome as { data: OfferedLink }).data;
    const zone = c.facts.events[0]?.event.zone ?? ZONE;
    return tell(TEXTS.code, c, { code, until: formatWhen(until, zone, c.lang) });
  },
  link: (outcome, c) =>
    outcome.ok
      ? tell(TEXTS.joined, c, { count: (outcome.data as Joined).registrations })
      : tellRefusal(outcome, c),
  unlink: (outcome, c) => (outcome.ok ? tell(TEXTS.unlinked, c) : tellRefusal(outcome, c)),
};
