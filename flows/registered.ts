import type { Context, Told } from '../src/conversation/flow.ts';
import type { Draft, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import type { Registration } from '../src/domain/registration.ts';
import { HALL, position, type Seats } from '../src/domain/seats.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts, MyRegistration } from '../src/usecases/load-facts.ts';
import type { Registered } from '../src/usecases/register-guest.ts';
import { eventLines, sessionLine } from './facts.ts';

const TEXTS = {
  confirmed: {
    zh: '报名成功。\n\n{event}\n\n票号：{ticket}{people}',
    en: 'You are registered.\n\n{event}\n\nTicket: {ticket}{people}',
  },
  waiting: {
    zh: '已加入候补，您现在排在第 {place} 位。\n\n{event}\n\n候补号：{ticket}{people}\n有名额空出时会发消息给您，并为您保留一段时间；发送“我的”随时查看排位。',
    en: 'You are on the waitlist, number {place} in line.\n\n{event}\n\nReference: {ticket}{people}\nWhen a seat is free you will get a message and it will be kept for you for a while. Send “mine” any time to see your place.',
  },
  offered: {
    zh: '有现场名额正为您保留到 {until}。请回复“接受 {ticket}”，过时将让给下一位。\n\n{event}',
    en: 'A seat on site is kept for you until {until}. Reply “accept {ticket}”, or it goes to the next person.\n\n{event}',
  },
  people: { zh: '（{count} 人）', en: ' ({count} people)' },
  sessions: { zh: '场次：', en: 'Sessions:' },
  sessionWaits: { zh: '{line}（候补第 {place} 位）', en: '{line} (waitlist, number {place})' },
  sessionOffered: {
    zh: '{line}（名额保留到 {until}，请回复“接受 {ref}”）',
    en: '{line} (kept for you until {until}; reply “accept {ref}”)',
  },
  online: { zh: '线上参加：{link}', en: 'Join online: {link}' },
  next: {
    zh: '入场时请出示下面的二维码。会前会发提醒给您；发送“修改”可改信息，“取消”可取消报名，“我的”可再看这张票。',
    en: 'Show the QR code below at the entrance. You will get reminders before the event. Send “change” to edit, “cancel” to cancel, “mine” to see this ticket again.',
  },
  nextOnline: {
    zh: '会前会发提醒给您；发送“修改”可改信息，“取消”可取消报名，“我的”可再看报名信息。',
    en: 'You will get reminders before the event. Send “change” to edit, “cancel” to cancel, “mine” to see your registration again.',
  },
  qr: { zh: '入场二维码，票号 {ticket}', en: 'Entrance QR code, ticket {ticket}' },
  ics: { zh: '日历文件：加入手机或电脑日历。', en: 'Calendar file: add it to your calendar.' },
  hallFull: {
    zh: '就在刚才，现场名额被报满了。您填的内容都还在。',
    en: 'The last seats on site were taken just now. Everything you entered is kept.',
  },
  sessionFull: {
    zh: '就在刚才，您选的场次有的已报满。您填的内容都还在。',
    en: 'One of your sessions filled up just now. Everything you entered is kept.',
  },
  closed: {
    zh: '这个活动已不再接受报名，报名没有提交。发送“日程”可看其他活动。',
    en: 'This event no longer takes registrations, so yours was not submitted. Send “agenda” to see other events.',
  },
  invalid: {
    zh: '活动设置刚刚有变动，请再核对一遍。您填的内容都还在。',
    en: 'The event was changed just now. Please check once more; everything you entered is kept.',
  },
} as const satisfies Record<string, Text>;

interface Shown {
  readonly event: Event;
  readonly registration: Registration;
  readonly entries: MyRegistration['entries'];
}

function shown({ event, registration, seats }: Registered): Shown {
  const entries = seats.entries
    .filter((entry) => entry.registration === registration.id)
    .map((entry) => ({ ...entry, position: position(seats as Seats, registration.id, entry.pool) }));
  return { event, registration, entries };
}

function sessionLines({ event, registration, entries }: Shown, lang: Lang): string[] {
  const lines = registration.details.sessions.map((code) => {
    const line = sessionLine(event, code, lang);
    const entry = entries.find(({ pool }) => pool === `session:${code}`);
    if (entry?.state === 'waiting')
      return fill(TEXTS.sessionWaits, lang, { line, place: entry.position ?? 1 });
    if (entry?.state !== 'offered' || !entry.until) return line;
    const until = formatWhen(entry.until, event.zone, lang);
    return fill(TEXTS.sessionOffered, lang, { line, until, ref: `${registration.ticket} ${code}` });
  });
  return lines.length > 0 ? ['', TEXTS.sessions[lang], ...lines] : [];
}

/** A registration as its owner reads it: the state, what they hold, the QR code and the calendar file. */
export function ticketDrafts(view: Shown, lang: Lang): Draft[] {
  const { event, registration, entries } = view;
  const { ticket, details } = registration;
  const people = details.party > 1 ? fill(TEXTS.people, lang, { count: details.party }) : '';
  const values = { event: eventLines(event, lang), ticket, people };
  const hall = entries.find(({ pool }) => pool === HALL);
  if (registration.status === 'waitlisted')
    return [{ kind: 'say', text: waitingText(view, hall, values, lang) }];
  const link =
    details.attendance === 'online' && event.onlineLink
      ? ['', fill(TEXTS.online, lang, { link: event.onlineLink })]
      : [];
  const next = details.attendance === 'online' ? TEXTS.nextOnline : TEXTS.next;
  const lines = [fill(TEXTS.confirmed, lang, values), ...sessionLines(view, lang), ...link, '', next[lang]];
  const qr: Draft = {
    kind: 'image',
    text: fill(TEXTS.qr, lang, { ticket }),
    file: { kind: 'ticket-qr', id: registration.id, name: `${event.code}-${ticket}.png`, type: 'image/png' },
  };
  const ics: Draft = {
    kind: 'file',
    text: TEXTS.ics[lang],
    file: {
      kind: 'ticket-ics',
      id: registration.id,
      name: `${event.code}-${ticket}.ics`,
      type: 'text/calendar',
    },
  };
  return [{ kind: 'say', text: lines.join('\n') }, ...(details.attendance === 'onsite' ? [qr] : []), ics];
}

function waitingText(
  { event }: Shown,
  hall: Shown['entries'][number] | undefined,
  values: Record<string, string>,
  lang: Lang,
): string {
  if (hall?.state !== 'offered' || !hall.until)
    return fill(TEXTS.waiting, lang, { ...values, place: hall?.position ?? 1 });
  return fill(TEXTS.offered, lang, { ...values, until: formatWhen(hall.until, event.zone, lang) });
}

export function tellRegistered(outcome: Outcome, { lang }: Context<Facts>): Told {
  if (outcome.ok) return { replies: ticketDrafts(shown(outcome.data as Registered), lang) };
  const say = (text: Text): Draft[] => [{ kind: 'say', text: text[lang] }];
  if (outcome.reason === 'hall-full') return { replies: say(TEXTS.hallFull), reopen: ['hall-full'] };
  if (outcome.reason === 'session-full')
    return { replies: say(TEXTS.sessionFull), reopen: ['sessions-full'] };
  if (outcome.reason === 'invalid') return { replies: say(TEXTS.invalid), reopen: [] };
  return { replies: say(TEXTS.closed) };
}
