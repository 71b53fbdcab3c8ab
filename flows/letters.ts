import type { Letter } from '../src/domain/delivery.ts';
import { HALL } from '../src/domain/seats.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Letters } from '../src/usecases/ports.ts';
import { accountLetters } from './account-letters.ts';
import { deadlineLetters } from './deadline-letters.ts';
import { eventLines, referenceOf, seatName, sessionLine } from './facts.ts';
import { judgeLetters } from './judge-letters.ts';
import { manualLetters } from './manual-letters.ts';
import { noticeLetter, progressLetter } from './notice-letters.ts';
import { reviewLetters } from './review-letters.ts';
import { runLetters } from './run-letters.ts';
import { scoringLetters } from './scoring-letters.ts';

const TEXTS = {
  reminder: {
    zh: '提醒：您报名的活动将于 {when} 开始。\n\n{event}\n\n票号：{ticket}',
    en: 'A reminder: your event starts on {when}.\n\n{event}\n\nTicket: {ticket}',
  },
  session: {
    zh: '提醒：您选的场次将于 {when} 开始。\n{session}\n\n{event}\n\n票号：{ticket}',
    en: 'A reminder: your session starts on {when}.\n{session}\n\n{event}\n\nTicket: {ticket}',
  },
  online: { zh: '线上参加：{link}', en: 'Join online: {link}' },
  moved: {
    zh: '活动安排有变动，请以此为准：\n\n{event}\n\n票号 {ticket} 继续有效。不能参加的话，请发送“取消 {code}”。',
    en: 'The arrangements have changed. These are the new ones:\n\n{event}\n\nYour ticket {ticket} stays valid. If you cannot come, send “cancel {code}”.',
  },
  eventCancelled: {
    zh: '很抱歉，这个活动已取消：\n\n{event}\n\n您不需要做任何操作。如有疑问，请联系：{contact}',
    en: 'We are sorry: this event has been cancelled.\n\n{event}\n\nThere is nothing you need to do. If you have questions: {contact}',
  },
  offerHall: { zh: '现场有名额空出来了。', en: 'A seat is free on site.' },
  offerSession: {
    zh: '您候补的场次有名额了：{what}。',
    en: 'A seat is free in a session you are waiting for: {what}.',
  },
  offer: {
    zh: '{free}\n\n{event}\n\n名额为您保留到 {until}，逾期将让给下一位。请点选，或回复“接受 {ref}”或“放弃 {ref}”。',
    en: '{free}\n\n{event}\n\nIt is kept for you until {until}, then it goes to the next person. Tap a choice, or reply “accept {ref}” or “decline {ref}”.',
  },
  lapsedHall: {
    zh: '为您保留的现场名额已逾期，让给了下一位。想重新候补，请发送“报名 {code}”。\n\n{event}',
    en: 'The seat kept for you was not taken up in time and went to the next person. To join the waitlist again, send “register {code}”.\n\n{event}',
  },
  lapsedSession: {
    zh: '为您保留的场次名额已逾期，让给了下一位：{what}。其他报名内容不变；想重新候补，请发送“修改 {code}”。',
    en: 'The place kept for you in this session was not taken up in time and went to the next person: {what}. The rest of your registration stands; to join its waitlist again, send “change {code}”.',
  },
  accept: { zh: '接受', en: 'Accept' },
  decline: { zh: '放弃', en: 'Decline' },
  mine: { zh: '我的报名', en: 'My registration' },
} as const satisfies Record<string, Text>;

function withMine(text: string, lang: Lang): Letter {
  return { text, choices: [{ value: 'mine', label: TEXTS.mine[lang] }] };
}

export const letters: Letters = {
  notice: noticeLetter,
  progress: progressLetter,
  reminder(occasion, event, { details: { lang, attendance }, ticket }) {
    const when = formatWhen(occasion.startsAt, event.zone, lang);
    const values = { when, event: eventLines(event, lang), ticket };
    const text =
      occasion.session === null
        ? fill(TEXTS.reminder, lang, values)
        : fill(TEXTS.session, lang, { ...values, session: sessionLine(event, occasion.session, lang) });
    const link =
      attendance === 'online' && event.onlineLink
        ? [fill(TEXTS.online, lang, { link: event.onlineLink })]
        : [];
    return withMine([text, ...link].join('\n'), lang);
  },
  moved(event, { details: { lang }, ticket }) {
    return withMine(
      fill(TEXTS.moved, lang, { event: eventLines(event, lang), ticket, code: event.code }),
      lang,
    );
  },
  eventCancelled(event, { details: { lang } }) {
    return {
      text: fill(TEXTS.eventCancelled, lang, {
        event: eventLines(event, lang),
        contact: event.contact[lang],
      }),
    };
  },
  offer(entry, event, { details: { lang }, ticket }) {
    const ref = referenceOf(ticket, entry.pool);
    const text = fill(TEXTS.offer, lang, {
      free: fill(entry.pool === HALL ? TEXTS.offerHall : TEXTS.offerSession, lang, {
        what: seatName(event, entry.pool, lang),
      }),
      event: eventLines(event, lang),
      until: formatWhen(entry.until ?? event.startsAt, event.zone, lang),
      ref,
    });
    return {
      text,
      choices: [
        { value: `accept ${ref}`, label: TEXTS.accept[lang] },
        { value: `decline ${ref}`, label: TEXTS.decline[lang] },
      ],
    };
  },
  lapsed(entry, event, { details: { lang } }) {
    const pattern = entry.pool === HALL ? TEXTS.lapsedHall : TEXTS.lapsedSession;
    const values = {
      code: event.code,
      event: eventLines(event, lang),
      what: seatName(event, entry.pool, lang),
    };
    return { text: fill(pattern, lang, values) };
  },
  ...accountLetters,
  ...deadlineLetters,
  ...reviewLetters,
  ...manualLetters,
  ...runLetters,
  ...scoringLetters,
  ...judgeLetters,
};
