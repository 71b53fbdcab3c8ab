import type { Action, Context, Flow, Parsed, TextQuestion } from '../src/conversation/flow.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import { parseStart } from '../src/domain/notice-time.ts';
import { PARTS, type Project, projectCode, projectNumber } from '../src/domain/project.ts';
import { formatWhen, inZone, writeLocal } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { dayOf } from './notice-answers.ts';
import { partLabel } from './project-words.ts';
import { MESSAGE_MAX } from './review-command.ts';
import { reviewed } from './review-words.ts';

type C = Context<Facts>;

const TEXTS = {
  code: { zh: '请发送项目编号，例如：P03', en: 'Please send the code of the project, for example: P03' },
  tooLong: {
    zh: '太长：收到 {length, number} 字，上限 {max, number} 字。请精简后重新发送。',
    en: 'That is too long: {length, number} characters, and at most {max, number} are possible. Please send a shorter one.',
  },
  message: {
    zh: '“{part}”要怎么改？这段话会原样发给团队。',
    en: 'What should change in “{part}”? The team gets these words as you write them.',
  },
  until: {
    zh: '请团队在什么时候前改完？请点选，或发送时间（{zone}），例如：{example}',
    en: 'Until when can the team make the changes? Tap the choice, or send a time ({zone}), for example: {example}',
  },
  days: { zh: '{when}（3 天后）', en: '{when} (in 3 days)' },
  unreadable: {
    zh: '没有看懂这个时间。请按这样的写法发送：{example}',
    en: 'I could not read that time. Please write it like this: {example}',
  },
  past: {
    zh: '修改截止时间须在现在之后，收到的是 {when}。请重新发送，例如：{example}',
    en: 'The time has to be still to come, and {when} is not. Please send another one, for example: {example}',
  },
  whole: { zh: '整体', en: 'The project as a whole' },
  title: { zh: '{code} · {event}', en: '{code} · {event}' },
} as const satisfies Record<string, Text>;

const USUAL_DAYS = 3;
const USUAL_HOUR = 18;
/** Stands among the parts for all of them. */
const WHOLE = 'whole';

function eventOf(c: C): CallingEvent | undefined {
  return reviewed(c).find(({ id }) => id === c.answers.event);
}

/** Three days on, at six in the evening: when a team is usually asked to be ready. */
function usualUntil(event: CallingEvent, now: Date): Date {
  return inZone(now, event.zone)
    .plus({ days: USUAL_DAYS })
    .set({ hour: USUAL_HOUR, minute: 0, second: 0, millisecond: 0 })
    .toJSDate();
}

function parseMessage(text: string, { lang }: Pick<C, 'lang'>): Parsed {
  const { length } = [...text];
  return length > MESSAGE_MAX
    ? { wrong: fill(TEXTS.tooLong, lang, { length, max: MESSAGE_MAX }) }
    : { ok: text };
}

function parseUntil(text: string, c: C): Parsed {
  const event = eventOf(c);
  if (!event) return { wrong: TEXTS.code[c.lang] };
  const read = parseStart(text, event, c.facts.now);
  if ('at' in read && read.at && !('wrong' in read)) return { ok: writeLocal(read.at, event.zone) };
  const example = writeLocal(usualUntil(event, c.facts.now), event.zone);
  const past = 'at' in read ? (read.at ?? c.facts.now) : undefined;
  if (!past) return { wrong: fill(TEXTS.unreadable, c.lang, { example }) };
  return { wrong: fill(TEXTS.past, c.lang, { when: formatWhen(past, event.zone, c.lang), example }) };
}

/** What a team can be asked to change: the parts that the event asks for. */
function partsIn({ languages, call }: CallingEvent): readonly string[] {
  const isAsked = (part: string): boolean => {
    if (part === 'title-zh' || part === 'summary-zh') return languages.includes('zh');
    if (part === 'title-en' || part === 'summary-en') return languages.includes('en');
    const askable = part.startsWith('image-') ? 'images' : part;
    return !Object.entries(call.asked).some(([id, asked]) => id === askable && asked === 'off');
  };
  return [...PARTS.filter(isAsked), ...call.questions.map(({ id }) => `own-${id}`)];
}

const messageId = (part: string): string => `message-${part}`;
const chosen = ({ answers }: C): readonly string[] => (Array.isArray(answers.parts) ? answers.parts : []);

function nameOf(part: string, event: CallingEvent, { lang }: Pick<C, 'lang'>): string {
  return part === WHOLE ? TEXTS.whole[lang] : partLabel(part, event.call)[lang];
}

function messageQuestion(part: string, event: CallingEvent): TextQuestion<Facts> {
  const named = (lang: C['lang']) => nameOf(part, event, { lang });
  return {
    id: messageId(part),
    kind: 'text',
    ask: ({ lang }) => fill(TEXTS.message, lang, { part: named(lang) }),
    label: { zh: named('zh'), en: named('en') },
    parse: parseMessage,
  };
}

/** What a form is about: it was named by the command that began it. */
const about: Flow<Facts>['questions'] = [
  {
    id: 'event',
    kind: 'choice',
    preset: true,
    ask: { zh: '是哪个活动？', en: 'Which event is it about?' },
    label: { zh: '活动', en: 'Event' },
    choices: (c) => reviewed(c).map(({ id, title }) => ({ value: id, label: title[c.lang] })),
  },
  {
    id: 'project',
    kind: 'text',
    preset: true,
    ask: TEXTS.code,
    label: { zh: '项目', en: 'Project' },
    parse: (text, { lang }) => {
      const number = projectNumber(text);
      return number === undefined ? { wrong: TEXTS.code[lang] } : { ok: projectCode({ number }) };
    },
  },
];

const titled = (name: Text) => (c: C) => {
  const event = eventOf(c);
  if (!event || typeof c.answers.project !== 'string') return name[c.lang];
  return `${name[c.lang]} · ${fill(TEXTS.title, c.lang, { code: c.answers.project, event: event.title[c.lang] })}`;
};

function deciding(c: C, decision: Record<string, unknown>): ReturnType<Flow<Facts>['effect']> {
  const number = projectNumber(String(c.answers.project));
  return {
    kind: 'decide-project',
    input: { event: c.answers.event, number, until: null, messages: [], ...decision },
  };
}

const CONFIRM: Text = { zh: '保存决定（暂不通知团队）', en: 'Keep the decision (the team is not told yet)' };
const REVIEW: Text = {
  zh: '请核对。决定公布之前，团队看不到：',
  en: 'Please check it. The team sees nothing before it is published:',
};

export const rejectProject: Flow<Facts> = {
  id: 'reject-project',
  title: titled({ zh: '不通过', en: 'Reject' }),
  questions: [
    ...about,
    {
      id: 'reason',
      kind: 'text',
      optional: true,
      ask: {
        zh: '不通过的理由是什么？公布时会原样告诉团队；不想说明请跳过。',
        en: 'What is the reason? The team gets it as you write it once this is published; skip it to give none.',
      },
      label: { zh: '理由', en: 'Reason' },
      parse: parseMessage,
    },
  ],
  review: REVIEW,
  confirm: CONFIRM,
  effect: (c) => {
    const { reason } = c.answers;
    const messages = typeof reason === 'string' ? [{ part: null, text: reason }] : [];
    return deciding(c, { verdict: 'reject', messages });
  },
};

export const requestChanges: Flow<Facts> = {
  id: 'request-changes',
  title: titled({ zh: '要求修改', en: 'Ask for changes' }),
  questions: [
    ...about,
    {
      id: 'parts',
      kind: 'multi',
      ask: { zh: '要修改哪些内容？可多选。', en: 'What is to be changed? Choose any number.' },
      label: { zh: '待修改内容', en: 'To be changed' },
      choices: (c) => {
        const event = eventOf(c);
        const parts = event ? [...partsIn(event), WHOLE] : [];
        return parts.map((value) => ({ value, label: event ? nameOf(value, event, c) : value }));
      },
    },
    {
      kind: 'from',
      questions: (c) => {
        const event = eventOf(c);
        return event ? chosen(c).map((part) => messageQuestion(part, event)) : [];
      },
    },
    {
      id: 'until',
      kind: 'text',
      ask: (c) => {
        const event = eventOf(c);
        const example = event ? writeLocal(usualUntil(event, c.facts.now), event.zone) : '';
        return fill(TEXTS.until, c.lang, { zone: event?.zone ?? '', example });
      },
      label: { zh: '完成期限', en: 'Until' },
      about: (c) => dayOf(eventOf(c), c.facts.now),
      suggests: (c) => {
        const event = eventOf(c);
        if (!event) return [];
        const value = writeLocal(usualUntil(event, c.facts.now), event.zone);
        return [{ value, label: fill(TEXTS.days, c.lang, { when: value }) }];
      },
      parse: parseUntil,
    },
  ],
  review: REVIEW,
  confirm: CONFIRM,
  effect: (c) => {
    const event = eventOf(c);
    const read = event && parseStart(String(c.answers.until), event, c.facts.now);
    const messages = chosen(c).map((part) => ({
      part: part === WHOLE ? null : part,
      text: String(c.answers[messageId(part)]),
    }));
    const until = read && 'at' in read && read.at ? read.at.toISOString() : null;
    return deciding(c, { verdict: 'changes', messages, until });
  },
};

/** Begins a form about a project. */
export function beginForm(
  flow: 'reject-project' | 'request-changes',
  event: CallingEvent,
  project: Project,
): NonNullable<Action['start']> {
  return {
    flow,
    raw: {
      event: { kind: 'picked', values: [event.id] },
      project: { kind: 'text', text: projectCode(project) },
    },
  };
}
