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
  confirmed: { zh: '报名成功。', en: 'You are registered.' },
  changed: { zh: '修改已保存。', en: 'Your changes are saved.' },
  mine: { zh: '您已报名：', en: 'Your registration:' },
  ticket: { zh: '票号：{ticket}{people}', en: 'Ticket: {ticket}{people}' },
  waiting: {
    zh: '您在候补名单上，目前排在第 {place} 位。\n\n{event}\n\n候补号：{ticket}{people}\n\n有名额空出时会发消息给您，并为您保留一段时间。发送“我的”可随时查看排位，“取消”可退出候补。',
    en: 'You are on the waitlist, number {place} in line.\n\n{event}\n\nReference: {ticket}{people}\n\nWhen a seat is free you will get a message, and it will be kept for you for a while. Send “mine” any time to see your place, “cancel” to leave the waitlist.',
  },
  offered: {
    zh: '有现场名额为您保留到 {until}。要参加请回复“接受 {ticket}”，不参加请回复“放弃 {ticket}”；逾期未回复，名额将让给下一位。\n\n{event}',
    en: 'A seat on site is kept for you until {until}. Reply “accept {ticket}” to take it or “decline {ticket}” to give it up; without a reply it goes to the next person.\n\n{event}',
  },
  people: { zh: '（{count} 人）', en: ' ({count} people)' },
  sessions: { zh: '场次：', en: 'Sessions:' },
  sessionWaits: { zh: '{line}（候补第 {place} 位）', en: '{line} (waitlist, number {place})' },
  sessionOffered: {
    zh: '{line}（名额为您保留到 {until}，请回复“接受 {ref}”）',
    en: '{line} (kept for you until {until}; reply “accept {ref}”)',
  },
  online: { zh: '线上参加：{link}', en: 'Join online: {link}' },
  door: { zh: '入场时请出示下面的二维码。', en: 'Show the QR code below at the entrance.' },
  reminded: { zh: '活动开始前会发消息提醒您。', en: 'You will get a reminder before the event.' },
  notReminded: {
    zh: '您已退订提醒，发送“订阅”可恢复。',
    en: 'You have turned reminders off; send “subscribe” to get them.',
  },
  words: {
    zh: '发送“修改”可修改信息，“取消”可取消报名，“我的”可再次查看。',
    en: 'Send “change” to edit, “cancel” to cancel, “mine” to see this again.',
  },
  qr: { zh: '入场二维码，票号 {ticket}', en: 'Entrance QR code, ticket {ticket}' },
  ics: {
    zh: '日历文件，打开即可加入日历。',
    en: 'Calendar file: open it to add the event to your calendar.',
  },
  hallFull: {
    zh: '就在刚才，现场名额已报满。您填的内容都还在。',
    en: 'The last seats on site were taken just now. Everything you entered is kept.',
  },
  sessionFull: {
    zh: '就在刚才，您选的场次有的已报满。您填的内容都还在。',
    en: 'One of your sessions filled up just now. Everything you entered is kept.',
  },
  closed: {
    zh: '这个活动已不再接受报名，刚才填写的内容没有提交。发送“日程”可查看近期活动。',
    en: 'This event no longer takes registrations, so what you filled in was not submitted. Send “agenda” to see what is coming up.',
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

function sessionsText({ event, registration, entries }: Shown, lang: Lang): string {
  const lines = registration.details.sessions.map((code) => {
    const line = sessionLine(event, code, lang);
    const entry = entries.find(({ pool }) => pool === `session:${code}`);
    if (entry?.state === 'waiting')
      return fill(TEXTS.sessionWaits, lang, { line, place: entry.position ?? 1 });
    if (entry?.state !== 'offered' || !entry.until) return line;
    const until = formatWhen(entry.until, event.zone, lang);
    return fill(TEXTS.sessionOffered, lang, { line, until, ref: `${registration.ticket} ${code}` });
  });
  return lines.length > 0 ? [TEXTS.sessions[lang], ...lines].join('\n') : '';
}

/** A registration as its owner reads it: the state, what they hold, the QR code and the calendar file. */
export function ticketDrafts(view: Shown, c: Context<Facts>, head: Text = TEXTS.mine): Draft[] {
  const { event, registration, entries } = view;
  const { lang } = c;
  const { ticket, details } = registration;
  const people = details.party > 1 ? fill(TEXTS.people, lang, { count: details.party }) : '';
  const values = { event: eventLines(event, lang), ticket, people };
  if (registration.status === 'waitlisted') {
    const hall = entries.find(({ pool }) => pool === HALL);
    return [{ kind: 'say', text: waitingText(view, hall, values, lang) }];
  }
  const paragraphs = [
    head[lang],
    values.event,
    fill(TEXTS.ticket, lang, values),
    sessionsText(view, lang),
    linkText(view, lang),
    nextText(view, c),
  ];
  const text = paragraphs.filter((paragraph) => paragraph !== '').join('\n\n');
  return [{ kind: 'say', text }, ...fileDrafts(view, lang)];
}

function linkText({ event, registration }: Shown, lang: Lang): string {
  const isOnline = registration.details.attendance === 'online';
  return isOnline && event.onlineLink ? fill(TEXTS.online, lang, { link: event.onlineLink }) : '';
}

/** What to do next: at the door, and by message. */
function nextText({ event, registration }: Shown, { facts, lang }: Context<Facts>): string {
  const remind = facts.person.notices ? TEXTS.reminded : TEXTS.notReminded;
  const sentences = [
    ...(registration.details.attendance === 'onsite' ? [TEXTS.door] : []),
    ...(event.reminders.length > 0 ? [remind] : []),
    TEXTS.words,
  ];
  return sentences.map((sentence) => sentence[lang]).join(lang === 'zh' ? '' : ' ');
}

function fileDrafts({ event, registration: { id, ticket, details } }: Shown, lang: Lang): Draft[] {
  const name = `${event.code}-${ticket}`;
  const qr: Draft = {
    kind: 'image',
    text: fill(TEXTS.qr, lang, { ticket }),
    file: { kind: 'ticket-qr', id, name: `${name}.png`, type: 'image/png' },
  };
  const ics: Draft = {
    kind: 'file',
    text: TEXTS.ics[lang],
    file: { kind: 'ticket-ics', id, name: `${name}.ics`, type: 'text/calendar' },
  };
  return details.attendance === 'onsite' ? [qr, ics] : [ics];
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

export function tellRegistered(outcome: Outcome, c: Context<Facts>): Told {
  if (outcome.ok) {
    const view = shown(outcome.data as Registered);
    const isChange = view.registration.history.at(-1)?.what === 'changed';
    return { replies: ticketDrafts(view, c, isChange ? TEXTS.changed : TEXTS.confirmed) };
  }
  const say = (text: Text): Draft[] => [{ kind: 'say', text: text[c.lang] }];
  if (outcome.reason === 'hall-full') return { replies: say(TEXTS.hallFull), reopen: ['hall-full'] };
  if (outcome.reason === 'session-full')
    return { replies: say(TEXTS.sessionFull), reopen: ['sessions-full'] };
  if (outcome.reason === 'invalid') return { replies: say(TEXTS.invalid), reopen: [] };
  return { replies: say(TEXTS.closed) };
}
