import type { Action, Command, Context } from '../src/conversation/flow.ts';
import type { Choice, Draft } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { EventFacts, Facts, MyRegistration } from '../src/usecases/load-facts.ts';
import { agendaText } from './agenda.ts';
import { deadlineCommands } from './deadlines.ts';
import { answersOf } from './details.ts';
import { exporting } from './export.ts';
import { byCode, eventLines, mineFor, myActive } from './facts.ts';
import { judgeCommands } from './judge-command.ts';
import { linking } from './link.ts';
import { claimingTicket } from './link-ticket.ts';
import { manualCommands } from './manual.ts';
import { meetCommands, startMeeting } from './meet.ts';
import { noticeCommands } from './notice-command.ts';
import { offers } from './offers.ts';
import { paperCommands } from './paper.ts';
import { preferences } from './preferences.ts';
import { projectCommands } from './projects.ts';
import { proofCommands } from './proof.ts';
import { ticketDrafts } from './registered.ts';
import { resultCommands } from './result-command.ts';
import { reviewCommands } from './review-command.ts';
import { openClaim } from './role-claim.ts';
import { roleCommands } from './roles.ts';
import { runCommands } from './run-command.ts';
import { slotCommands } from './slot-command.ts';
import { templateCommands } from './templates.ts';
import { unlinking } from './unlink.ts';
import { voteCommands } from './vote-command.ts';

type C = Context<Facts>;

const TEXTS = {
  unknownEvent: {
    zh: '没有找到活动“{code}”。请点选活动，或发送“报名 活动代码”，例如：报名 {example}',
    en: 'There is no event “{code}”. Tap an event, or send “register” and its code, for example: register {example}',
  },
  unknownNoneOpen: {
    zh: '没有找到活动“{code}”，目前也没有开放报名的活动。发送“日程”可查看近期活动。',
    en: 'There is no event “{code}”, and none is open for registration at present. Send “agenda” to see what is coming up.',
  },
  closed: {
    zh: '“{title}”目前不接受报名。发送“日程”可查看近期活动。',
    en: '“{title}” does not take registrations at present. Send “agenda” to see what is coming up.',
  },
  notYet: {
    zh: '“{title}”的报名将于 {when} 开始，届时请发送“报名 {code}”。',
    en: 'Registration for “{title}” opens on {when}. Please send “register {code}” then.',
  },
  already: {
    zh: '您已报名“{title}”，票号 {ticket}。',
    en: 'You are registered for “{title}” already, ticket {ticket}.',
  },
  none: {
    zh: '您还没有报名。发送“报名”开始报名。',
    en: 'You have no registration yet. Send “register” to begin.',
  },
  noChange: {
    zh: '“{title}”的报名已截止，信息不能再修改。如需帮助，请联系：{contact}\n不能参加的话，请发送“取消 {code}”。',
    en: 'Registration for “{title}” has closed, so it can no longer be changed. For help: {contact}\nIf you cannot come, send “cancel {code}”.',
  },
  whichChange: { zh: '要修改哪个活动的报名？', en: 'Which registration would you like to change?' },
  whichCancel: { zh: '要取消哪个活动的报名？', en: 'Which registration would you like to cancel?' },
  sure: {
    zh: '确定取消这个报名吗？名额会让给下一位，再次报名需要重新排队。\n\n{event}',
    en: 'Do you really want to cancel this registration? Your seat goes to the next person, and you would have to queue again.\n\n{event}',
  },
  yesCancel: { zh: '确定取消', en: 'Yes, cancel it' },
  keep: { zh: '保留报名', en: 'Keep it' },
  kept: {
    zh: '好的，报名保持不变。发送“我的”可查看。',
    en: 'Fine, your registration stays as it is. Send “mine” to see it.',
  },
} as const satisfies Record<string, Text>;

const MINE_CHOICES: readonly (readonly [string, Text])[] = [
  ['mine', { zh: '查看报名', en: 'View it' }],
  ['change', { zh: '修改报名', en: 'Change it' }],
  ['cancel', { zh: '取消报名', en: 'Cancel it' }],
];

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });
const card = (text: string, choices: readonly Choice[]): Action => ({
  replies: [{ kind: 'ask', text, choices }],
});
const shown = (argument: string): string => [...argument].slice(0, 40).join('');

/** Where a link leads: to a team, to a role, or to the registration for an event. A chat without links has its words typed. */
export function openLink(payload: string, c: C): Action {
  return startMeeting(payload) ?? openClaim(payload) ?? registerFor(payload, c);
}

/** Takes a person to the registration for an event, or says why not and what else there is. */
function registerFor(code: string, c: C): Action {
  if (code === '') return { start: { flow: 'register' } };
  const found = byCode(c.facts, code);
  if (!found) return unknownEvent(code, c);
  const { event } = found;
  const mine = mineFor(c.facts, event);
  if (mine) {
    const values = { title: event.title[c.lang], ticket: mine.registration.ticket };
    const choices = MINE_CHOICES.map(([verb, label]) => ({
      value: `${verb} ${event.code}`,
      label: label[c.lang],
    }));
    return card(fill(TEXTS.already, c.lang, values), choices);
  }
  if (found.closed) return say(closedText(found, c));
  return { start: { flow: 'register', raw: { event: { kind: 'picked', values: [event.id] } } } };
}

function unknownEvent(code: string, { facts, lang }: C): Action {
  const open = facts.events.filter(({ closed }) => closed === undefined);
  const [first] = open;
  if (!first) return say(fill(TEXTS.unknownNoneOpen, lang, { code: shown(code) }));
  const text = fill(TEXTS.unknownEvent, lang, { code: shown(code), example: first.event.code });
  return card(
    text,
    open.map(({ event }) => ({ value: `register ${event.code}`, label: event.title[lang] })),
  );
}

function closedText({ event, closed }: EventFacts, { lang }: C): string {
  const opens = closed === 'not-yet' && event.registrationOpensAt;
  const when = opens ? formatWhen(opens, event.zone, lang) : '';
  return fill(opens ? TEXTS.notYet : TEXTS.closed, lang, {
    title: event.title[lang],
    when,
    code: event.code,
  });
}

/** The registration that a code names, or the only one there is. */
function whichMine(argument: string, { facts }: C): MyRegistration | undefined {
  const mine = myActive(facts);
  const code = fold(argument);
  return code === '' && mine.length === 1 ? mine[0] : mine.find(({ event }) => event.code === code);
}

function ofMine(
  argument: string,
  c: C,
  which: Text,
  verb: string,
  act: (mine: MyRegistration) => Action,
): Action {
  const mine = myActive(c.facts);
  if (mine.length === 0) return say(TEXTS.none[c.lang]);
  const one = whichMine(argument, c);
  if (one) return act(one);
  return card(
    which[c.lang],
    mine.map(({ event }) => ({ value: `${verb} ${event.code}`, label: event.title[c.lang] })),
  );
}

function showMine(argument: string, c: C): Action {
  const wanted = whichMine(argument, c);
  const mine = wanted ? [wanted] : myActive(c.facts);
  if (mine.length === 0) return say(TEXTS.none[c.lang]);
  return { replies: mine.flatMap((one): Draft[] => ticketDrafts(one, c)) };
}

function changeMine(argument: string, c: C): Action {
  return ofMine(argument, c, TEXTS.whichChange, 'change', (mine) => {
    const { event } = mine;
    if (byCode(c.facts, event.code)?.closed === undefined)
      return { start: { flow: 'change', raw: answersOf(mine, c.lang) } };
    const values = { title: event.title[c.lang], contact: event.contact[c.lang], code: event.code };
    return say(fill(TEXTS.noChange, c.lang, values));
  });
}

function cancelMine(argument: string, c: C): Action {
  // Where there is nothing to cancel but a form is open, it is the form that is meant.
  if (myActive(c.facts).length === 0) return { ...say(TEXTS.none[c.lang]), inForm: 'cancel' };
  const [code = '', sure = ''] = fold(argument).split(' ');
  return ofMine(code, c, TEXTS.whichCancel, 'cancel', ({ event }) => {
    if (sure === 'yes') return { effect: { kind: 'cancel-registration', input: { event: event.id } } };
    if (sure === 'no') return say(TEXTS.kept[c.lang]);
    return card(fill(TEXTS.sure, c.lang, { event: eventLines(event, c.lang) }), [
      { value: `cancel ${event.code} yes`, label: TEXTS.yesCancel[c.lang] },
      { value: `cancel ${event.code} no`, label: TEXTS.keep[c.lang] },
    ]);
  });
}

/** Whether what follows a command begins with the code of an event. */
function knows(argument: string, { facts }: C): boolean {
  const code = fold(argument).split(' ')[0] ?? '';
  return byCode(facts, code) !== undefined || facts.registrations.some(({ event }) => event.code === code);
}

export const commands: readonly Command<Facts>[] = [
  { id: 'register', words: { zh: ['报名'], en: ['register'] }, argument: true, knows, run: openLink },
  {
    id: 'agenda',
    open: true,
    words: { zh: ['日程'], en: ['agenda'] },
    argument: true,
    knows,
    run: (code, c) => say(agendaText(c.facts, code, c.lang)),
  },
  {
    id: 'mine',
    words: { zh: ['我的', '我的报名'], en: ['mine', 'my registration'] },
    argument: true,
    knows,
    run: showMine,
  },
  {
    id: 'change',
    words: { zh: ['修改', '修改报名'], en: ['change'] },
    argument: true,
    knows,
    run: changeMine,
  },
  {
    id: 'cancel',
    words: { zh: ['取消', '取消报名'], en: ['cancel'] },
    argument: true,
    knows,
    run: cancelMine,
  },
  ...preferences,
  ...offers,
  linking,
  claimingTicket,
  unlinking,
  ...roleCommands,
  ...reviewCommands,
  ...judgeCommands,
  ...slotCommands,
  ...resultCommands,
  ...noticeCommands,
  ...templateCommands,
  ...projectCommands,
  exporting,
  ...deadlineCommands,
  ...manualCommands,
  ...proofCommands,
  ...meetCommands,
  ...runCommands,
  ...voteCommands,
  ...paperCommands,
];
