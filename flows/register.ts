import { wholeNumber } from '../src/conversation/choose.ts';
import type { ChoiceQuestion, Context, Flow, MultiQuestion, Question } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import type { Attendance, GuestKind } from '../src/domain/event.ts';
import type { ExtraQuestion } from '../src/domain/questions.ts';
import { HALL } from '../src/domain/seats.ts';
import { fill, LANGS, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { parseEmail, parsePhone, parseText, parseWords } from './contact.ts';
import {
  aboutConsent,
  aboutHall,
  aboutSessions,
  eventOf,
  fullSessions,
  hallIsFull,
  heldInHall,
  onSite,
  own,
  partyOf,
  registering,
} from './details.ts';
import { isFull, myActive, openEvents, sessionFull, sessionLine } from './facts.ts';

type C = Context<Facts>;

const KINDS: Readonly<Record<GuestKind, Text>> = {
  guest: { zh: '嘉宾', en: 'Guest' },
  team: { zh: '项目团队', en: 'Project team' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  investor: { zh: '投资机构', en: 'Investor' },
};

const ATTENDANCE: Readonly<Record<Attendance, Text>> = {
  onsite: { zh: '现场参加', en: 'On site' },
  online: { zh: '线上参加', en: 'Online' },
};

const LANGUAGES: Readonly<Record<Lang, string>> = { zh: '中文', en: 'English' };

const TEXTS = {
  nothing: {
    zh: '目前没有可以报名的新活动。发送“我的”可查看您的报名，“日程”可查看近期活动。',
    en: 'There is no further event to register for at present. Send “mine” to see your registrations, “agenda” to see what is coming up.',
  },
  party: {
    zh: '请发送人数：1 到 {max} 之间的数字，例如 2。',
    en: 'Please send a number of people from 1 to {max}, for example 2.',
  },
  nothingToChange: {
    zh: '没有可以修改的报名。发送“报名”可重新报名。',
    en: 'There is no registration to change. Send “register” to begin one.',
  },
  full: { zh: '{label}（已满，可候补）', en: '{label} (full, waitlist open)' },
  fullSessions: {
    zh: '以下场次名额不足，要候补吗？\n{sessions}',
    en: 'These sessions have too few seats left. Would you like to join their waitlist?\n{sessions}',
  },
  consent: {
    zh: '请阅读个人信息说明：\n\n{privacy}\n\n同意请点选“同意”或回复 1；不同意请发送“取消”，不会提交报名。',
    en: 'Please read how your data is used:\n\n{privacy}\n\nIf you agree, tap “I agree” or reply 1. If you do not, send “cancel” and nothing is registered.',
  },
  hallFull: {
    zh: '现场名额不足。要候补吗？有名额空出时会马上发消息给您；不想报名了可发送“取消”。',
    en: 'There are too few seats left on site. Would you like to join the waitlist? You will get a message as soon as a seat is free. If you would rather not register, send “cancel”.',
  },
  hallGivenUp: {
    zh: '现场名额不够 {party} 人。改为候补会让出您现有的 {held} 个名额；想保留，请发送“返回”改少人数，或发送“取消”，原来的报名不变。',
    en: 'There are too few seats on site for {party} people. Joining the waitlist gives up {held, plural, one {the seat} other {the # seats}} you have. To keep what you have, send “back” and enter fewer people, or “cancel” to leave your registration as it is.',
  },
} as const satisfies Record<string, Text>;

const label = (text: Text, value: string, lang: Lang): Choice => ({ value, label: text[lang] });

const questions: Flow<Facts>['questions'] = [
  {
    id: 'language',
    kind: 'choice',
    ask: { zh: '请选择语言 / Please choose your language', en: 'Please choose your language / 请选择语言' },
    label: { zh: '语言', en: 'Language' },
    when: (c) => !c.facts.person.langChosen && (eventOf(c)?.languages.length ?? 0) > 1,
    choices: (c) =>
      LANGS.filter((lang) => eventOf(c)?.languages.includes(lang)).map((lang) => ({
        value: lang,
        label: LANGUAGES[lang],
      })),
    setsLanguage: true,
  },
  {
    id: 'name',
    kind: 'text',
    ask: { zh: '请问怎么称呼您？请发送姓名。', en: 'What is your name?' },
    label: { zh: '姓名', en: 'Name' },
    parse: (text, { lang }) => parseWords(text, 60, { zh: '张工', en: 'Ann Lee' }, lang),
  },
  {
    id: 'organization',
    kind: 'text',
    ask: { zh: '您的单位是？请发送单位全称。', en: 'Which organization are you from?' },
    label: { zh: '单位', en: 'Organization' },
    parse: (text, { lang }) =>
      parseWords(
        text,
        120,
        { zh: '某某大学技术转移中心', en: 'University Technology Transfer Centre' },
        lang,
      ),
  },
  {
    id: 'kind',
    kind: 'choice',
    ask: { zh: '您以什么身份参加？', en: 'In which role are you coming?' },
    label: { zh: '身份', en: 'Role' },
    sole: true,
    choices: (c) => (eventOf(c)?.kinds ?? []).map((kind) => label(KINDS[kind], kind, c.lang)),
  },
  {
    id: 'attendance',
    kind: 'choice',
    ask: { zh: '您到现场还是线上参加？', en: 'Will you attend on site or online?' },
    label: { zh: '参加方式', en: 'Attendance' },
    sole: true,
    choices: attendanceChoices,
  },
  {
    id: 'sessions',
    kind: 'multi',
    ask: {
      zh: '想参加哪些场次？可多选，例如回复“1 3”。',
      en: 'Which sessions would you like to join? Choose one or more, for example “1 3”.',
    },
    label: { zh: '场次', en: 'Sessions' },
    when: (c) => (eventOf(c)?.sessions.length ?? 0) > 0,
    choices: sessionChoices,
  },
  {
    id: 'party',
    kind: 'text',
    ask: (c) =>
      fill(
        {
          zh: '连您在内一共几位？最多 {max} 位。',
          en: 'How many people in all, you included? At most {max}.',
        },
        c.lang,
        { max: eventOf(c)?.maxParty ?? 1 },
      ),
    label: { zh: '人数', en: 'People' },
    when: (c) => onSite(c) && (eventOf(c)?.maxParty ?? 1) > 1,
    parse: (text, c) => {
      const max = eventOf(c)?.maxParty ?? 1;
      const number = wholeNumber(text);
      return number !== undefined && number >= 1 && number <= max
        ? { ok: String(number) }
        : { wrong: fill(TEXTS.party, c.lang, { max }) };
    },
  },
  {
    id: 'hall-full',
    kind: 'choice',
    ask: (c) => {
      const held = heldInHall(c);
      return held === 0
        ? TEXTS.hallFull[c.lang]
        : fill(TEXTS.hallGivenUp, c.lang, { party: partyOf(c), held });
    },
    label: { zh: '现场名额不足时', en: 'If the hall is full' },
    when: hallIsFull,
    about: (c) => aboutHall(eventOf(c), partyOf(c)),
    choices: (c) => [
      label({ zh: '候补现场名额', en: 'Join the waitlist' }, 'wait', c.lang),
      ...(eventOf(c)?.attendance.includes('online')
        ? [label({ zh: '改为线上参加', en: 'Attend online instead' }, 'online', c.lang)]
        : []),
    ],
  },
  {
    id: 'sessions-full',
    kind: 'choice',
    ask: (c) => {
      const event = eventOf(c);
      const sessions = fullSessions(c)
        .map((code) => (event ? sessionLine(event, code, c.lang) : code))
        .join('\n');
      return fill(TEXTS.fullSessions, c.lang, { sessions });
    },
    label: { zh: '场次名额不足时', en: 'If sessions are full' },
    when: (c) => fullSessions(c).length > 0,
    about: (c) => aboutSessions(eventOf(c), fullSessions(c)),
    choices: (c) => [
      label({ zh: '候补这些场次', en: 'Join their waitlist' }, 'wait', c.lang),
      label({ zh: '不参加这些场次', en: 'Leave them out' }, 'without', c.lang),
    ],
  },
  {
    id: 'phone',
    kind: 'text',
    ask: { zh: '请发送联系电话。', en: 'Your phone number?' },
    label: { zh: '电话', en: 'Phone' },
    when: (c) => eventOf(c)?.phone !== 'off',
    optional: (c) => eventOf(c)?.phone !== 'required',
    parse: (text, { lang }) => parsePhone(text, lang),
  },
  {
    id: 'email',
    kind: 'text',
    ask: { zh: '请发送电子邮箱。', en: 'Your e-mail address?' },
    label: { zh: '邮箱', en: 'E-mail' },
    when: (c) => eventOf(c)?.email !== 'off',
    optional: (c) => eventOf(c)?.email !== 'required',
    parse: (text, { lang }) => parseEmail(text, lang),
  },
  { kind: 'from', questions: (c) => (eventOf(c)?.questions ?? []).map(ownQuestion) },
  {
    id: 'consent',
    kind: 'choice',
    ask: (c) => fill(TEXTS.consent, c.lang, { privacy: eventOf(c)?.privacy[c.lang] ?? '' }),
    label: { zh: '个人信息说明', en: 'Data protection' },
    about: (c) => aboutConsent(eventOf(c), c.lang),
    choices: ({ lang }) => [label({ zh: '同意', en: 'I agree' }, 'agree', lang)],
  },
];

/** A full hall is told before anybody goes on. */
function attendanceChoices(c: C): Choice[] {
  const event = eventOf(c);
  return (event?.attendance ?? []).map((way) => {
    const choice = label(ATTENDANCE[way], way, c.lang);
    const full = event && way === 'onsite' && isFull(c.facts, event, HALL, 1);
    return full ? { ...choice, label: fill(TEXTS.full, c.lang, { label: choice.label }) } : choice;
  });
}

function sessionChoices(c: C): Choice[] {
  const event = eventOf(c);
  return (event?.sessions ?? []).map(({ code }) => {
    const line = event ? sessionLine(event, code, c.lang) : code;
    const full = event && onSite(c) && sessionFull(c.facts, event, code, 1);
    return { value: code, label: full ? fill(TEXTS.full, c.lang, { label: line }) : line };
  });
}

function ownQuestion(extra: ExtraQuestion): Question<Facts> {
  const base = { id: own(extra.id), ask: extra.ask, label: extra.label, optional: extra.optional };
  if (extra.kind === 'text')
    return { ...base, kind: 'text', parse: (text, { lang }) => parseText(text, extra.max, lang) };
  const choices = ({ lang }: C): Choice[] =>
    extra.choices.map((choice) => label(choice.label, choice.value, lang));
  const question: ChoiceQuestion<Facts> | MultiQuestion<Facts> = { ...base, kind: extra.kind, choices };
  return question;
}

const title = { zh: '报名', en: 'Registration' };
const named = (text: Text) => (c: C) => {
  const event = eventOf(c);
  return event ? `${text[c.lang]} · ${event.title[c.lang]}` : text[c.lang];
};

export const register: Flow<Facts> = {
  id: 'register',
  title: named(title),
  questions: [
    {
      id: 'event',
      kind: 'choice',
      ask: { zh: '您要报名哪个活动？', en: 'Which event would you like to register for?' },
      label: { zh: '活动', en: 'Event' },
      sole: true,
      choices: ({ facts, lang }) =>
        openEvents(facts)
          .filter(({ event }) => !myActive(facts).some((mine) => mine.event.id === event.id))
          .map(({ event }) => label(event.title, event.id, lang)),
    },
    ...questions,
  ],
  review: { zh: '请核对报名信息：', en: 'Please check your registration:' },
  confirm: { zh: '确认报名', en: 'Confirm registration' },
  effect: registering,
  unavailable: ({ facts, lang }) =>
    openEvents(facts).every(({ event }) => myActive(facts).some((mine) => mine.event.id === event.id))
      ? [{ kind: 'say', text: TEXTS.nothing[lang] }]
      : undefined,
};

export const change: Flow<Facts> = {
  id: 'change',
  title: named({ zh: '修改报名', en: 'Change of registration' }),
  questions: [
    {
      id: 'event',
      kind: 'choice',
      ask: { zh: '您要修改哪个活动的报名？', en: 'Which registration would you like to change?' },
      label: { zh: '活动', en: 'Event' },
      preset: true,
      choices: ({ facts, lang }) => myActive(facts).map(({ event }) => label(event.title, event.id, lang)),
    },
    ...questions,
  ],
  review: {
    zh: '这是您的报名信息。请选择要修改的项，改好后确认：',
    en: 'This is your registration. Choose what to change, then confirm:',
  },
  confirm: { zh: '确认修改', en: 'Confirm changes' },
  effect: registering,
  unavailable: ({ facts, lang }) =>
    myActive(facts).length === 0 ? [{ kind: 'say', text: TEXTS.nothingToChange[lang] }] : undefined,
};
