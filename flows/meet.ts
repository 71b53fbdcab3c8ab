import type { Action, Command, Context, Flow, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { meetOf } from '../src/domain/manual.ts';
import { projectNumber } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { PublicProject } from '../src/usecases/meet-team.ts';
import { wordsAfterEvent } from './manual-events.ts';
import { entryText } from './manual-letters.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  card: { zh: '{text}\n\n活动：{title}', en: '{text}\n\nEvent: {title}' },
  meet: { zh: '与团队对接', en: 'Meet this team' },
  which: {
    zh: '请写明要对接的项目编号，例如：对接 P05',
    en: 'Please name the project that you want to meet, for example: meet P05',
  },
  whichEvent: { zh: '是哪个活动的项目？', en: 'A project of which event?' },
  title: { zh: '对接项目团队', en: 'Meeting a team' },
  name: { zh: '请问怎么称呼您？请发送姓名。', en: 'What is your name?' },
  nameLabel: { zh: '姓名', en: 'Name' },
  organization: { zh: '您的单位是？请发送单位全称。', en: 'Which organization are you from?' },
  organizationLabel: { zh: '单位', en: 'Organization' },
  contact: {
    zh: '团队怎样联系您？请发送手机号或邮箱。',
    en: 'How can the team reach you? Please give a phone number or an e-mail address.',
  },
  contactLabel: { zh: '联系方式', en: 'Contact' },
  wrong: {
    zh: '请控制在 {most} 字以内，重新发送。',
    en: 'Please answer in words, in up to {most} characters.',
  },
  wrongContact: {
    zh: '请发送手机号或邮箱，例如：13800138000',
    en: 'Please give a phone number or an e-mail address, for example: me@example.org',
  },
  review: {
    zh: '以下信息将发送给项目团队，由他们与您联系：',
    en: 'This is what the team gets, so that they can reach you:',
  },
  confirm: { zh: '同意并发送', en: 'Agree and send' },
  sent: {
    zh: '已转达给 {code}“{title}”的团队，请留意他们的联系。',
    en: 'The team of {code} “{title}” has your details and will get in touch.',
  },
  already: {
    zh: '您之前已请求对接这个项目，团队已有您的联系方式。',
    en: 'You have asked to meet this team before; they have your details.',
  },
  own: { zh: '这是您自己团队的项目。', en: 'That is a project of your own team.' },
  'too-many': {
    zh: '您今天请求对接的项目较多，请明天再继续。',
    en: 'You have asked to meet many teams today. Please go on tomorrow.',
  },
  nobody: {
    zh: '这个项目暂时没有可联系的团队成员，请联系主办方。',
    en: 'Nobody of that team can be reached at present. Please ask the organizer.',
  },
  'unknown-project': {
    zh: '没有找到这个项目，或它还没有公布。',
    en: 'There is no such project, or it has not been published.',
  },
} as const satisfies Record<string, Text>;

const MOST = 100;
const CONTACT = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?[\d\s()-]{6,24})$/u;

/** Where the code on a page of the manual leads; undefined: it is another link. */
export function startMeeting(payload: string): Action | undefined {
  const found = meetOf(payload);
  return found && { effect: { kind: 'show-project', input: found } };
}

function meet(argument: string, c: C): Action {
  const called = c.facts.events.map(({ event }) => event).filter(({ call }) => call !== null);
  const { event, words } = wordsAfterEvent(argument, called);
  const number = projectNumber(words[0] ?? '');
  if (number === undefined) return tell(TEXTS.which, c);
  const meant = event ?? (called.length === 1 ? called[0] : undefined);
  if (meant) return { effect: { kind: 'show-project', input: { event: meant.id, number } } };
  if (called.length === 0) return tell(TEXTS['unknown-project'], c);
  const choices = called.map(({ code, title }) => ({
    value: `meet ${code} ${words[0] ?? ''}`,
    label: title[c.lang],
  }));
  return offer(TEXTS.whichEvent[c.lang], choices);
}

/** Asks what the team is to know; what the registration tells is answered already. */
function ask(argument: string, { facts }: C): Action {
  const { registration } = facts.registrations.at(-1) ?? {};
  const { name, organization, phone, email } = registration?.details ?? {};
  const text = (id: string, value: string | null | undefined) =>
    value ? { [id]: { kind: 'text' as const, text: value } } : {};
  return {
    start: {
      flow: 'meet',
      raw: {
        project: { kind: 'text', text: argument },
        ...text('name', name),
        ...text('organization', organization),
        ...text('contact', phone ?? email),
      },
    },
  };
}

const knows = (argument: string): boolean =>
  projectNumber(argument.trim().split(/\s+/u).at(-1) ?? '') !== undefined;

export const meetCommands: readonly Command<Facts>[] = [
  { id: 'meet', words: { zh: ['对接'], en: ['meet'] }, argument: true, knows, run: meet },
  {
    id: 'meet-team',
    words: { zh: ['请求对接'], en: ['request meeting'] },
    argument: true,
    knows: (argument) => meetOf(argument) !== undefined,
    run: (argument, c) => (meetOf(argument) ? ask(argument, c) : tell(TEXTS.which, c)),
  },
];

const words =
  (most: number) =>
  (text: string, { lang }: C) =>
    [...text].length <= most ? { ok: text } : { wrong: fill(TEXTS.wrong, lang, { most }) };

/** What a team is told of somebody who wants to meet it. */
export const meetFlow: Flow<Facts> = {
  id: 'meet',
  title: ({ lang }) => TEXTS.title[lang],
  questions: [
    {
      kind: 'text',
      id: 'project',
      preset: true,
      ask: TEXTS.which,
      label: { zh: '项目', en: 'Project' },
      parse: (text, { lang }) => (meetOf(text) ? { ok: text } : { wrong: TEXTS.which[lang] }),
    },
    { kind: 'text', id: 'name', ask: TEXTS.name, label: TEXTS.nameLabel, parse: words(MOST) },
    {
      kind: 'text',
      id: 'organization',
      ask: TEXTS.organization,
      label: TEXTS.organizationLabel,
      parse: words(MOST),
    },
    {
      kind: 'text',
      id: 'contact',
      ask: TEXTS.contact,
      label: TEXTS.contactLabel,
      parse: (text, { lang }) => (CONTACT.test(text) ? { ok: text } : { wrong: TEXTS.wrongContact[lang] }),
    },
  ],
  review: TEXTS.review,
  confirm: TEXTS.confirm,
  effect: ({ answers }) => {
    const text = (id: string) => (typeof answers[id] === 'string' ? answers[id] : '');
    const found = meetOf(text('project'));
    return {
      kind: 'meet-team',
      input: {
        event: found?.event ?? '',
        number: found?.number ?? 0,
        visitor: { name: text('name'), organization: text('organization'), contact: text('contact') },
      },
    };
  },
};

type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const refusal = (reason: string, c: C): Told => tell(TEXTS[reason as 'already'], c);

export const meetTellers: Readonly<Record<string, Teller>> = {
  'show-project'(outcome, c, { input }) {
    if (!outcome.ok) return refusal(outcome.reason, c);
    const { entry, event } = outcome.data as PublicProject;
    const text = fill(TEXTS.card, c.lang, { text: entryText(entry, c.lang), title: event.title[c.lang] });
    return offer(text, [
      { value: `request meeting meet_${input.event}_${input.number}`, label: TEXTS.meet[c.lang] },
    ]);
  },
  'meet-team'(outcome, c) {
    if (!outcome.ok) return refusal(outcome.reason, c);
    const { entry } = outcome.data as PublicProject;
    return tell(TEXTS.sent, c, { code: entry.code, title: entry.title[c.lang] });
  },
};
