import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { narrow } from '../src/conversation/words.ts';
import type { Event } from '../src/domain/event.ts';
import { fill, type Text, type Values } from '../src/text/text.ts';
import type { Joined } from '../src/usecases/link-accounts.ts';
import type { TicketRefusal, TicketShown } from '../src/usecases/link-by-ticket.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { tellJoined, tellTooMany, withAnswer } from './link.ts';

type C = Context<Facts>;

const TEXTS = {
  notCode: {
    zh: '要用票找回报名，请长按或扫描票上的二维码，把得到的文字发送到这里，例如：认领票 LY1.7K2M9QXA.h3Jq0sTaxY2kLm9P\n查看已有的票，请发送“我的”。',
    en: 'To find a registration again by its ticket, scan the ticket’s QR code and send the text that it holds, for example: ticket LY1.7K2M9QXA.h3Jq0sTaxY2kLm9P\nTo see the tickets that you have here, send “mine”.',
  },
  sure: {
    zh: '这是“{title}”的票，票号 {ticket}。认领后，当前账号将并入这张票的持有人，共用报名、票和提醒。{count, plural, =0 {} other {这里的 # 个报名也将共用。}}只有当这是您本人的票，才请继续。',
    en: 'This is ticket {ticket} for “{title}”. Claiming it joins this account to the person who holds it, and you would share registrations, tickets and reminders.{count, plural, =0 {} one { # registration here would be shared, too.} other { # registrations here would be shared, too.}} Only go on if the ticket is your own.',
  },
  yes: { zh: '是我的票，认领', en: 'It is mine, claim it' },
  no: { zh: '不认领', en: 'Leave it' },
  left: {
    zh: '好的，没有认领，账号和报名都没有变化。',
    en: 'Fine, the ticket was left alone, and nothing has changed.',
  },
  bad: {
    zh: '这个票码无效：可能不完整，或不是这里签发的，请长按或扫描票上的二维码，把得到的文字完整地发送过来。',
    en: 'That ticket code is not valid: it may be incomplete or not one of ours, so please scan the ticket’s QR code and send all of the text that it holds.',
  },
  cancelled: {
    zh: '“{title}”的这张票已取消，不能再认领。',
    en: 'That ticket for “{title}” has been cancelled, so it cannot be claimed any more.',
  },
  over: {
    zh: '“{title}”已经结束，这张票不能再认领。',
    en: '“{title}” is over, so its ticket cannot be claimed any more.',
  },
  own: {
    zh: '这就是您自己的票：“{title}”，票号 {ticket}。发送“我的”可查看。',
    en: 'That is your own ticket for “{title}”, ticket {ticket}. Send “mine” to see it.',
  },
  both: {
    zh: '您在这里也报名了“{title}”，暂时无法认领。请先发送“取消 {code}”取消这里的报名，再发送票码。',
    en: 'You are registered for “{title}” here as well, so that ticket cannot be claimed yet. Send “cancel {code}” first, then send the ticket code again.',
  },
} as const satisfies Record<string, Text>;

const CODE = /^LY1\.[0-9A-Z]{1,32}\.[\w-]{16}$/iu;
const BEGINS = /^LY1\.\S+$/iu;

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });

/** What was sent as a code, as a machine reads it. */
const codeIn = (said: string): string => narrow(said).replace(/[.。!！]+$/u, '');
const isCode = (said: string): boolean => CODE.test(codeIn(said));

function claim(argument: string, { lang }: C): Action {
  const { code, answer } = withAnswer(argument, isCode);
  if (!isCode(code)) return say(TEXTS.notCode[lang]);
  if (answer === 'no') return say(TEXTS.left[lang]);
  const kind = answer === 'yes' ? 'link-ticket' : 'check-ticket';
  return { effect: { kind, input: { code: codeIn(code) } } };
}

/** A person who comes under another account is found again by a ticket of theirs. */
export const claimingTicket: Command<Facts> = {
  id: 'ticket',
  words: { zh: ['认领票', '认领门票'], en: ['ticket'] },
  argument: true,
  knows: (argument) => isCode(withAnswer(argument, isCode).code),
  means: (said) => BEGINS.test(said),
  run: claim,
};

const REFUSED: Readonly<Record<Exclude<TicketRefusal, 'too-many-tries'>, Text>> = {
  'bad-ticket': TEXTS.bad,
  'ticket-cancelled': TEXTS.cancelled,
  'ticket-over': TEXTS.over,
  'own-ticket': TEXTS.own,
  'both-registered': TEXTS.both,
};

function tell(text: Text, { lang }: C, values: Values = {}): Told {
  return { replies: [{ kind: 'say', text: fill(text, lang, values) }] };
}

function tellRefusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  if (reason === 'too-many-tries') return tellTooMany(data as { minutes: number }, c);
  const { event, ticket = '' } = (data ?? {}) as { event?: Event; ticket?: string };
  const values = { title: event?.title[c.lang] ?? '', code: event?.code ?? '', ticket };
  return tell(REFUSED[reason as keyof typeof REFUSED], c, values);
}

/** Names the event and the ticket, and nobody. */
function askFirst({ event, ticket, registrations }: TicketShown, { lang }: C, code: string): Told {
  const values = { title: event.title[lang], ticket, count: registrations };
  const choices = [
    { value: `ticket ${code} yes`, label: TEXTS.yes[lang] },
    { value: `ticket ${code} no`, label: TEXTS.no[lang] },
  ];
  return { replies: [{ kind: 'ask', text: fill(TEXTS.sure, lang, values), choices }] };
}

/** What is told of a ticket that was sent, by effect. */
export const ticketTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'check-ticket': (outcome, c, { input }) =>
    outcome.ok ? askFirst(outcome.data as TicketShown, c, String(input.code)) : tellRefusal(outcome, c),
  'link-ticket': (outcome, c) =>
    outcome.ok ? tellJoined(outcome.data as Joined, c) : tellRefusal(outcome, c),
};
