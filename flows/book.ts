import { z } from 'zod';
import type { Book, Command, Context, Told } from '../src/conversation/flow.ts';
import { type Choice, type Effect, type Outcome, runSchema } from '../src/conversation/types.ts';
import { isOrganizer, organizes } from '../src/domain/access.ts';
import type { Event } from '../src/domain/event.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { commands, openLink } from './commands.ts';
import { deadlineTellers } from './deadline-tellers.ts';
import { rejectProject, requestChanges } from './decision-forms.ts';
import { exportTellers } from './export.ts';
import { myActive, openEvents } from './facts.ts';
import { importFlow, importTellers } from './import-scores.ts';
import { judgeTellers } from './judge-tellers.ts';
import { judgesHere } from './judge-words.ts';
import { linkTellers } from './link.ts';
import { ticketTellers } from './link-ticket.ts';
import { manualTellers } from './manual.ts';
import { coverFlow } from './manual-cover.ts';
import { meetFlow, meetTellers } from './meet.ts';
import { changeNotice, notice } from './notice.ts';
import { noticeTellers } from './notice-tellers.ts';
import { paperTellers } from './paper.ts';
import { teamTellers } from './project-team.ts';
import { projectTellers, submitChoices } from './projects.ts';
import { proofTellers } from './proof.ts';
import { change, register } from './register.ts';
import { tellRegistered } from './registered.ts';
import { resultTellers } from './result-tellers.ts';
import { reviewTellers } from './review-tellers.ts';
import { reviewed } from './review-words.ts';
import { roleTellers } from './roles.ts';
import { resumesRun } from './run-command.ts';
import { runItem } from './run-item.ts';
import { runTellers } from './run-tellers.ts';
import { scoreSheet } from './score-form.ts';
import { slotTellers } from './slot-tellers.ts';
import { editProject, submission } from './submission.ts';
import { submissionTellers } from './submission-tellers.ts';
import { templateTellers } from './templates.ts';
import { unlinkTellers } from './unlink.ts';
import { voteFlow, voteTellers } from './vote.ts';

const TEXTS = {
  hello: {
    zh: '您好，我是路演活动助手。请点选，或直接发送下面的序号或词：',
    en: 'Hello, I am the events assistant. Tap a choice, or just send its number or words:',
  },
  human: { zh: '需要人工帮助，请联系：{contact}', en: 'To reach a person: {contact}' },
  noHuman: {
    zh: '需要人工帮助，请联系活动主办方。',
    en: 'For help from a person, please contact the organizer.',
  },
  projects: { zh: '我的项目', en: 'My projects' },
  register: { zh: '报名：{title}', en: 'Register: {title}' },
  cancelled: {
    zh: '已取消报名：{title}。改变主意的话，发送“报名 {code}”即可重新报名。',
    en: 'Your registration is cancelled: {title}. If you change your mind, send “register {code}”.',
  },
  notRegistered: {
    zh: '您没有报名这个活动，无需取消。发送“我的”可查看您的报名。',
    en: 'You are not registered for that event, so there is nothing to cancel. Send “mine” to see your registrations.',
  },
  nothingOpen: {
    zh: '您没有未填完的表单。发送“帮助”可查看能做的事。',
    en: 'You have no form left open. Send “help” to see what you can do.',
  },
  language: { zh: '好的，以后用中文。', en: 'Fine, English from now on.' },
  off: {
    zh: '已退订，不再给您发送提醒和通知；与您的报名直接相关的消息（如名额空出）仍会发送。恢复请发送“订阅”。',
    en: 'You will get no more reminders or notices. News of your own registration, such as a free seat, still reaches you. Send “subscribe” to turn them on again.',
  },
  on: {
    zh: '已订阅，会给您发送提醒和通知。不想再收请发送“退订”。',
    en: 'Reminders and notices are on again. Send “unsubscribe” to stop them.',
  },
  declined: {
    zh: '好的，名额已让给下一位。发送“日程”可查看近期活动。',
    en: 'Fine, the seat goes to the next person. Send “agenda” to see what is coming up.',
  },
  noOffer: {
    zh: '这个名额已不再为您保留，没有做任何改动。发送“我的”可查看您的报名。',
    en: 'That seat is no longer kept for you; nothing was changed. Send “mine” to see your registration.',
  },
  unknownTicket: {
    zh: '没有找到这个票号。请按消息里的写法发送，例如：接受 7K2M9QXA',
    en: 'That ticket number was not found. Please send it as in the message, for example: accept 7K2M9QXA',
  },
} as const satisfies Record<string, Text>;

const broughtSchema = z.object({ forms: z.array(runSchema) });

const MENU: readonly (readonly [string, Text])[] = [
  ['agenda', { zh: '日程', en: 'Agenda' }],
  ['mine', { zh: '我的', en: 'Mine' }],
  ['language', { zh: '语言 / Language', en: 'Language / 语言' }],
];
const ORGANIZED: readonly (readonly [string, Text])[] = [['notice', { zh: '通知', en: 'Notices' }]];
const CALLED: readonly (readonly [string, Text])[] = [
  ['late', { zh: '缺材料', en: 'Who is late' }],
  ['manual', { zh: '项目手册', en: 'Project manual' }],
  ['export', { zh: '导出', en: 'Export' }],
];
const REVIEWED: readonly (readonly [string, Text])[] = [
  ['review', { zh: '审核项目', en: 'Review projects' }],
];
const JUDGED: readonly (readonly [string, Text])[] = [
  ['score', { zh: '打分', en: 'Score' }],
  ['sheets', { zh: '我的评分', en: 'My scores' }],
  ['briefing', { zh: '评委须知', en: 'Briefing for judges' }],
];
const OWN: readonly (readonly [string, Text])[] = [
  ['invite', { zh: '邀请', en: 'Invite' }],
  ['roles', { zh: '角色', en: 'Roles' }],
];
const MINE: readonly (readonly [string, Text])[] = [
  ['change', { zh: '修改报名', en: 'Change my registration' }],
  ['cancel', { zh: '取消报名', en: 'Cancel my registration' }],
];

/** More are not read, and no reply by number gets any easier. */
const CHOICES_MAX = 10;

function menu({ facts, lang }: Context<Facts>): { text: string; choices: Choice[] } {
  const mine = myActive(facts);
  const open = openEvents(facts).filter(({ event }) => !mine.some((one) => one.event.id === event.id));
  const registers = open.slice(0, 5).map(({ event }) => ({
    value: `register ${event.code}`,
    label: fill(TEXTS.register, lang, { title: event.title[lang] }),
  }));
  const calls = facts.events.some(({ event }) => event.call && organizes(facts.grants, event.office));
  const named = (pairs: readonly (readonly [string, Text])[]) =>
    pairs.map(([value, label]): Choice => ({ value, label: label[lang] }));
  const own = named([
    ...(judgesHere({ facts }) ? JUDGED : []),
    ...(isOrganizer(facts.grants) ? ORGANIZED : []),
    ...(reviewed({ facts }).length > 0 ? REVIEWED : []),
    ...(calls ? CALLED : []),
    ...(isOrganizer(facts.grants) ? OWN : []),
  ]);
  const words = named(MENU);
  const changes = mine.length > 0 ? named(MINE) : [];
  const submits = submitChoices(facts, lang).slice(0, 3);
  const projects = facts.projects.length > 0 ? [{ value: 'projects', label: TEXTS.projects[lang] }] : [];
  // The dearest first: what only they can do, then what everybody has. `mine` tells how to change too.
  const theirs = [...own, ...registers.slice(0, 1), ...projects, ...words.toReversed()];
  const wanted = [...theirs, ...submits.slice(0, 1), ...registers, ...submits, ...changes];
  const kept = [...new Set(wanted)].slice(0, CHOICES_MAX);
  const all = [...registers, ...submits, ...projects, ...words, ...changes, ...own];
  return { text: TEXTS.hello[lang], choices: all.filter((one) => kept.includes(one)) };
}

function human({ facts, answers, lang }: Context<Facts>): string {
  const known = facts.events.find(({ event }) => event.id === answers.event) ?? facts.events[0];
  return known ? fill(TEXTS.human, lang, { contact: known.event.contact[lang] }) : TEXTS.noHuman[lang];
}

/** The menu, and how to reach a human. */
const help: Command<Facts> = {
  id: 'help',
  words: { zh: ['帮助', '?'], en: ['help', 'menu'] },
  run: (_, c) => {
    const { text, choices } = menu(c);
    return { replies: [{ kind: 'ask', text: `${human(c)}\n\n${text}`, choices }] };
  },
};

type Teller = (outcome: Outcome, c: Context<Facts>, effect: Effect) => Told;

const say = (text: Text, lang: Lang, values = {}): Told => ({
  replies: [{ kind: 'say', text: fill(text, lang, values) }],
});

const tellers: Readonly<Record<string, Teller>> = {
  register: tellRegistered,
  'cancel-registration': (outcome, { lang }) => {
    if (!outcome.ok) return say(TEXTS.notRegistered, lang);
    const { event } = outcome.data as { event: Event };
    return say(TEXTS.cancelled, lang, { title: event.title[lang], code: event.code });
  },
  'set-language': (_, { lang }) => say(TEXTS.language, lang),
  'set-notices': (_, { lang }, { input }) => say(input.wanted === true ? TEXTS.on : TEXTS.off, lang),
  'answer-offer': (outcome, c, { input }) => {
    if (!outcome.ok) return say(outcome.reason === 'no-offer' ? TEXTS.noOffer : TEXTS.unknownTicket, c.lang);
    return input.accepted === true ? tellRegistered(outcome, c) : say(TEXTS.declined, c.lang);
  },
  'bring-forms': (outcome, { lang }) =>
    outcome.ok
      ? { replies: [], takeUp: broughtSchema.parse(outcome.data).forms }
      : say(TEXTS.nothingOpen, lang),
  ...linkTellers,
  ...ticketTellers,
  ...unlinkTellers,
  ...roleTellers,
  ...reviewTellers,
  ...slotTellers,
  ...resultTellers,
  ...noticeTellers,
  ...templateTellers,
  ...submissionTellers,
  ...projectTellers,
  ...teamTellers,
  ...exportTellers,
  ...deadlineTellers,
  ...manualTellers,
  ...proofTellers,
  ...meetTellers,
  ...runTellers,
  ...judgeTellers,
  ...voteTellers,
  ...paperTellers,
  ...importTellers,
};

/** Everything that Luyan can be told. */
export const book: Book<Facts> = {
  flows: {
    register,
    change,
    notice,
    'change-notice': changeNotice,
    submission,
    'edit-project': editProject,
    'reject-project': rejectProject,
    'request-changes': requestChanges,
    cover: coverFlow,
    meet: meetFlow,
    'run-item': runItem,
    'score-sheet': scoreSheet,
    vote: voteFlow,
    'import-scores': importFlow,
  },
  commands: [help, ...commands],
  menu,
  human,
  elsewhere: ({ facts }) =>
    facts.person.accounts.length > 1 ? { kind: 'bring-forms', input: {} } : undefined,
  resumes: resumesRun,
  start: (payload, c) => (payload === '' ? { replies: [{ kind: 'ask', ...menu(c) }] } : openLink(payload, c)),
  tell(effect, outcome, c) {
    const teller = tellers[effect.kind];
    if (!teller)
      throw new Error(`expected a teller for the effect "${effect.kind}", found none in flows/book.ts`);
    return teller(outcome, c, effect);
  },
};
