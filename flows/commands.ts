import type { Action, Command, Context } from '../src/conversation/flow.ts';
import type { Choice, Draft, Raw } from '../src/conversation/types.ts';
import { fold, narrow } from '../src/conversation/words.ts';
import type { Event } from '../src/domain/event.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts, MyRegistration } from '../src/usecases/load-facts.ts';
import { agendaText } from './agenda.ts';
import { byCode, eventLines, mineFor, myActive } from './facts.ts';
import { ticketDrafts } from './registered.ts';

type C = Context<Facts>;

const TEXTS = {
  unknownEvent: {
    zh: '没有找到活动“{code}”。请点选活动，或发送“报名 活动代码”，例如：报名 {example}',
    en: 'There is no event “{code}”. Tap an event, or send “register” and its code, for example: register {example}',
  },
  closed: { zh: '“{title}”目前不接受报名。', en: '“{title}” does not take registrations at present.' },
  notYet: { zh: '“{title}”的报名还没有开始。', en: 'Registration for “{title}” has not opened yet.' },
  already: {
    zh: '您已报名“{title}”，票号 {ticket}。',
    en: 'You are registered for “{title}” already, ticket {ticket}.',
  },
  none: {
    zh: '您还没有报名。发送“报名”开始。',
    en: 'You have no registration yet. Send “register” to begin.',
  },
  whichChange: { zh: '要修改哪个活动的报名？', en: 'Which registration would you like to change?' },
  whichCancel: { zh: '要取消哪个活动的报名？', en: 'Which registration would you like to cancel?' },
  sure: {
    zh: '确定取消这个报名吗？名额会让给下一位，之后要重新排队。\n\n{event}',
    en: 'Do you really want to cancel this registration? Your seat goes to the next person, and you would have to queue again.\n\n{event}',
  },
  yesCancel: { zh: '确定取消', en: 'Yes, cancel it' },
  keep: { zh: '保留报名', en: 'Keep it' },
  kept: { zh: '好的，报名保持不变。', en: 'Fine, your registration stays as it is.' },
  whichLanguage: {
    zh: '请选择语言 / Please choose your language',
    en: 'Please choose your language / 请选择语言',
  },
  whichOffer: {
    zh: '请连同票号一起发送，例如：接受 7K2M9QXA',
    en: 'Please add the ticket number, for example: accept 7K2M9QXA',
  },
} as const satisfies Record<string, Text>;

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });
const card = (text: string, choices: readonly Choice[]): Action => ({
  replies: [{ kind: 'card', text, choices }],
});
const picked = (value: string): Raw => ({ kind: 'picked', values: [value] });

export function registerFor(code: string, c: C): Action {
  const { facts, lang } = c;
  if (code === '') return { start: { flow: 'register' } };
  const found = byCode(facts, code);
  if (!found) {
    const example = facts.events[0]?.event.code ?? 'chengdu';
    return withEvents(fill(TEXTS.unknownEvent, lang, { code: [...code].slice(0, 40).join(''), example }), c);
  }
  const { event, closed } = found;
  const mine = mineFor(facts, event);
  if (mine) {
    const text = fill(TEXTS.already, lang, { title: event.title[lang], ticket: mine.registration.ticket });
    return card(
      text,
      MINE_CHOICES.map(([value, label]) => ({ value: `${value} ${event.code}`, label: label[lang] })),
    );
  }
  if (closed)
    return say(fill(closed === 'not-yet' ? TEXTS.notYet : TEXTS.closed, lang, { title: event.title[lang] }));
  return { start: { flow: 'register', raw: { event: picked(event.id) } } };
}

const MINE_CHOICES: readonly (readonly [string, Text])[] = [
  ['mine', { zh: '查看', en: 'View' }],
  ['change', { zh: '修改', en: 'Change' }],
  ['cancel', { zh: '取消报名', en: 'Cancel' }],
];

/** A sentence with the events to choose from. */
function withEvents(text: string, { facts, lang }: C): Action {
  const choices = facts.events
    .filter(({ closed }) => closed === undefined)
    .map(({ event }) => ({ value: `register ${event.code}`, label: event.title[lang] }));
  return choices.length > 0 ? card(text, choices) : say(text);
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

function mine(argument: string, c: C): Action {
  const known = myActive(c.facts);
  const wanted = whichMine(argument, c);
  const shown = wanted ? [wanted] : known;
  return shown.length > 0
    ? { replies: shown.flatMap((one): Draft[] => ticketDrafts(one, c.lang)) }
    : say(TEXTS.none[c.lang]);
}

function changeMine(argument: string, c: C): Action {
  return ofMine(argument, c, TEXTS.whichChange, 'change', ({ registration, event }) => ({
    start: { flow: 'change', raw: rawOf(registration.details, event) },
  }));
}

/** The answers of a registration as if they had just been given. */
function rawOf(details: MyRegistration['registration']['details'], event: Event): Record<string, Raw> {
  const text = (value: string | null): Raw =>
    value === null ? { kind: 'skipped' } : { kind: 'text', text: value };
  const own = Object.entries(details.extra).map(([id, answer]): [string, Raw] => {
    const choice = event.questions.find((question) => question.id === id)?.kind === 'choice';
    if (typeof answer !== 'string') return [`own-${id}`, { kind: 'picked', values: answer }];
    return [`own-${id}`, choice ? picked(answer) : text(answer)];
  });
  return {
    event: picked(event.id),
    language: picked(details.lang),
    name: text(details.name),
    organization: text(details.organization),
    kind: picked(details.kind),
    attendance: picked(details.attendance),
    sessions: { kind: 'picked', values: details.sessions },
    party: text(String(details.party)),
    phone: text(details.phone),
    email: text(details.email),
    ...Object.fromEntries(own),
    consent: picked('agree'),
  };
}

function cancelMine(argument: string, c: C): Action {
  const [code = '', sure = ''] = argument.split(' ');
  return ofMine(code, c, TEXTS.whichCancel, 'cancel', ({ event }) => {
    if (sure === 'yes') return { effect: { kind: 'cancel-registration', input: { event: event.id } } };
    if (sure === 'no') return say(TEXTS.kept[c.lang]);
    return card(fill(TEXTS.sure, c.lang, { event: eventLines(event, c.lang) }), [
      { value: `cancel ${event.code} yes`, label: TEXTS.yesCancel[c.lang] },
      { value: `cancel ${event.code} no`, label: TEXTS.keep[c.lang] },
    ]);
  });
}

const LANGUAGE_NAMES: Readonly<Record<string, Lang>> = {
  zh: 'zh',
  中文: 'zh',
  汉语: 'zh',
  chinese: 'zh',
  en: 'en',
  english: 'en',
  英文: 'en',
  英语: 'en',
};

function language(argument: string, { lang }: C): Action {
  const wanted = LANGUAGE_NAMES[fold(argument)];
  if (wanted) return { language: wanted, effect: { kind: 'set-language', input: { lang: wanted } } };
  return card(TEXTS.whichLanguage[lang], [
    { value: 'language zh', label: '中文' },
    { value: 'language en', label: 'English' },
  ]);
}

function offer(accepted: boolean) {
  return (argument: string, { lang }: C): Action => {
    const [ticket = '', session] = narrow(argument).split(' ');
    if (ticket === '') return say(TEXTS.whichOffer[lang]);
    return {
      effect: {
        kind: 'answer-offer',
        input: { ticket: ticket.toUpperCase(), session: session?.toLowerCase() ?? null, accepted },
      },
    };
  };
}

export const commands: readonly Command<Facts>[] = [
  { id: 'register', words: { zh: ['报名'], en: ['register'] }, argument: true, run: registerFor },
  {
    id: 'agenda',
    words: { zh: ['日程'], en: ['agenda'] },
    argument: true,
    run: (code, c) => say(agendaText(c.facts, code, c.lang)),
  },
  {
    id: 'mine',
    words: { zh: ['我的', '我的报名'], en: ['mine', 'my registration'] },
    argument: true,
    run: mine,
  },
  { id: 'change', words: { zh: ['修改'], en: ['change'] }, argument: true, run: changeMine },
  { id: 'cancel', words: { zh: ['取消', '取消报名'], en: ['cancel'] }, argument: true, run: cancelMine },
  { id: 'language', words: { zh: ['语言'], en: ['language', 'lang'] }, argument: true, run: language },
  {
    id: 'unsubscribe',
    words: { zh: ['退订', '停止接收'], en: ['unsubscribe', 'stop'] },
    run: () => ({ effect: { kind: 'set-notices', input: { wanted: false } } }),
  },
  {
    id: 'subscribe',
    words: { zh: ['订阅', '恢复接收'], en: ['subscribe'] },
    run: () => ({ effect: { kind: 'set-notices', input: { wanted: true } } }),
  },
  { id: 'accept', words: { zh: ['接受'], en: ['accept'] }, argument: true, run: offer(true) },
  { id: 'decline', words: { zh: ['放弃'], en: ['decline'] }, argument: true, run: offer(false) },
];
