import type { Context, Flow, TextQuestion } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { NOTICE_BUTTONS, NOTICE_FILE_MAX_BYTES } from '../src/domain/notice.ts';
import { TEXT_MAX } from '../src/domain/notice-text.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { languageName } from './audience-sentence.ts';
import { eventOf } from './details.ts';
import {
  dayOf,
  NOW,
  organizedEvents,
  parseLink,
  parseNoticeText,
  parseWhen,
  parseWhom,
  textId,
  variableNames,
  writing,
} from './notice-answers.ts';
import { buttonName } from './notice-letters.ts';
import { templatesOf } from './notice-templates.ts';

type C = Context<Facts>;

const TEXTS = {
  text: {
    zh: '请发送{several, select, yes {{language}} other {}}正文，最多 {max, number} 字。可以使用变量：{variables}，发送时自动替换为各人的信息。',
    en: 'Please send the text{several, select, yes { in {language}} other {}}, at most {max, number} characters. You can use {variables}; each reader gets their own.',
  },
  whom: {
    zh: '发给谁？请点选，或直接写条件，例如：现场 且 语言 英文',
    en: 'Who is it for? Tap a choice, or describe them, for example: onsite and language en',
  },
  session: { zh: '选了场次“{title}”的嘉宾', en: 'Guests of “{title}”' },
  when: {
    zh: '什么时候发送？请点选“现在”，或发送时间（{zone}），例如：2026-11-27 18:00、明天 18:00、{name}前30分钟',
    en: 'When is it to go out? Tap “Now”, or send a time ({zone}), for example: 2026-11-27 18:00, 27.11. 18:00, tomorrow 18:00, {name} -30m',
  },
  event: { zh: '活动', en: 'event' },
  noEvents: {
    zh: '目前没有您可以发送通知的活动：活动须已开放，并由您的办公室主办。',
    en: 'There is no event that you could send a notice for: it has to be open, and one of your office’s.',
  },
  edits: {
    zh: '请发送要修改的通知编号，例如：N12',
    en: 'Please send the number of the notice to change, for example: N12',
  },
} as const satisfies Record<string, Text>;

const SESSIONS_OFFERED = 8;
/** Stands beside the codes of templates, and is none. */
export const OWN_WORDS = '-';

const label = (text: Text, value: string, lang: Lang): Choice => ({ value, label: text[lang] });

const AUDIENCES: readonly (readonly [string, Text])[] = [
  ['everybody', { zh: '全部已报名的嘉宾', en: 'Everybody registered' }],
  ['onsite', { zh: '现场参加的嘉宾', en: 'Guests on site' }],
  ['online', { zh: '线上参加的嘉宾', en: 'Guests online' }],
  ['waitlist', { zh: '候补中的嘉宾', en: 'Guests on a waitlist' }],
];

/** Who a notice is usually for, each as it could be typed. */
function audiences(c: C): Choice[] {
  const event = eventOf(c);
  const isMixed = (event?.attendance.length ?? 0) > 1;
  const usual = AUDIENCES.filter(([value]) => isMixed || !['onsite', 'online'].includes(value));
  const sessions = (event?.sessions ?? []).slice(0, SESSIONS_OFFERED).map(({ code, title }) => ({
    value: `session ${code}`,
    label: fill(TEXTS.session, c.lang, { title: title[c.lang] }),
  }));
  return [...usual.map(([value, text]) => label(text, value, c.lang)), ...sessions];
}

const TEXT_LABELS: Readonly<Record<Lang, Text>> = {
  zh: { zh: '中文正文', en: 'Chinese text' },
  en: { zh: '英文正文', en: 'English text' },
};

function textQuestion(language: Lang, event: Event): TextQuestion<Facts> {
  return {
    id: textId(language),
    kind: 'text',
    ask: ({ lang }) =>
      fill(TEXTS.text, lang, {
        several: event.languages.length > 1 ? 'yes' : 'no',
        language: languageName(language, lang),
        max: TEXT_MAX,
        variables: variableNames(language, lang),
      }),
    label: TEXT_LABELS[language],
    parse: parseNoticeText,
    given: ({ facts, answers }) => {
      const kept = templatesOf(facts, event.office).find(({ code }) => code === answers.template);
      const text = kept?.text[language];
      return text === undefined ? undefined : { kind: 'text', text };
    },
  };
}

const whenQuestion: TextQuestion<Facts> = {
  id: 'when',
  kind: 'text',
  ask: (c) => {
    const event = eventOf(c);
    const [session] = event?.sessions ?? [];
    const name = c.lang === 'zh' ? session?.title.zh : session?.code;
    return fill(TEXTS.when, c.lang, { zone: event?.zone ?? '', name: name ?? TEXTS.event[c.lang] });
  },
  label: { zh: '发送时间', en: 'Time' },
  suggests: ({ lang }) => [label({ zh: '现在（确认后立即发送）', en: 'Now, once confirmed' }, NOW, lang)],
  about: (c) => dayOf(eventOf(c), c.facts.now),
  parse: parseWhen,
};

const questions: Flow<Facts>['questions'] = [
  {
    id: 'event',
    kind: 'choice',
    ask: { zh: '为哪个活动发送通知？', en: 'Which event is the notice about?' },
    label: { zh: '活动', en: 'Event' },
    sole: true,
    choices: (c) => organizedEvents(c).map(({ id, title }) => label(title, id, c.lang)),
  },
  {
    id: 'template',
    kind: 'choice',
    ask: {
      zh: '从模板开始，还是自己写？选模板后仍可修改正文。',
      en: 'Would you like to begin with a template? You can still change its text.',
    },
    label: { zh: '模板', en: 'Template' },
    choices: (c) => {
      const office = eventOf(c)?.office ?? '';
      const own = label({ zh: '自己写', en: 'Write it myself' }, OWN_WORDS, c.lang);
      return [own, ...templatesOf(c.facts, office).map(({ code, title }) => label(title, code, c.lang))];
    },
  },
  {
    id: 'audience',
    kind: 'text',
    ask: TEXTS.whom,
    label: { zh: '受众', en: 'Audience' },
    suggests: audiences,
    parse: parseWhom,
  },
  {
    kind: 'from',
    questions: (c) => {
      const event = eventOf(c);
      return event ? event.languages.map((language) => textQuestion(language, event)) : [];
    },
  },
  {
    id: 'file',
    kind: 'file',
    optional: true,
    ask: {
      zh: '要附上文件吗？请直接发送 PDF、图片或 Office 文档，不超过 10 MB。',
      en: 'Is there a file to go along? Send a PDF, a picture or an Office document of up to 10 MB.',
    },
    label: { zh: '附件', en: 'File' },
    accepts: [
      'application/pdf',
      'image/',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    ],
    maxBytes: NOTICE_FILE_MAX_BYTES,
    formats: { zh: 'PDF、图片或 Office 文档', en: 'a PDF, a picture or an Office document' },
  },
  {
    id: 'buttons',
    kind: 'multi',
    optional: true,
    ask: {
      zh: '通知下面要放哪些按钮？可多选。',
      en: 'Which buttons are to stand under it? Choose any number.',
    },
    label: { zh: '按钮', en: 'Buttons' },
    choices: ({ lang }) => NOTICE_BUTTONS.map((value) => ({ value, label: buttonName(value, lang) })),
  },
  {
    id: 'link',
    kind: 'text',
    optional: true,
    ask: {
      zh: '文末要附上链接吗？请发送网址。',
      en: 'Is there a link for the end of the text? Send its address.',
    },
    label: { zh: '链接', en: 'Link' },
    parse: parseLink,
  },
  {
    id: 'critical',
    kind: 'choice',
    ask: {
      zh: '这是普通通知还是重要通知？普通通知不在 22:00–8:00 发送，也不发给已退订的人；重要通知两者都不受限，只用于谁都不能错过的事，例如地点临时变更。',
      en: 'Is it normal or critical? A normal notice waits from 22:00 to 8:00 and spares those who unsubscribed. A critical one does neither: it is for what nobody may miss, such as a change of place.',
    },
    label: { zh: '级别', en: 'Priority' },
    choices: ({ lang }) => [
      label({ zh: '普通通知', en: 'Normal' }, 'normal', lang),
      label({ zh: '重要通知', en: 'Critical' }, 'critical', lang),
    ],
  },
  whenQuestion,
];

const titled = (text: Text) => (c: C) => {
  const event = eventOf(c);
  return event ? `${text[c.lang]} · ${event.title[c.lang]}` : text[c.lang];
};

export const notice: Flow<Facts> = {
  id: 'notice',
  title: titled({ zh: '通知', en: 'Notice' }),
  questions,
  review: {
    zh: '请核对通知内容。确认后先看预览，不会马上发送：',
    en: 'Please check the notice. Nothing is sent yet; a preview comes first:',
  },
  confirm: { zh: '查看预览', en: 'Show the preview' },
  effect: writing,
  unavailable: (c) =>
    organizedEvents(c).length === 0 ? [{ kind: 'say', text: TEXTS.noEvents[c.lang] }] : undefined,
};

/** The same for a notice that is there: its number stands among the answers. */
export const changeNotice: Flow<Facts> = {
  ...notice,
  id: 'change-notice',
  title: titled({ zh: '修改通知', en: 'Change of notice' }),
  questions: [
    {
      id: 'edits',
      kind: 'text',
      preset: true,
      ask: TEXTS.edits,
      label: { zh: '编号', en: 'Number' },
      parse: (text, { lang }) => {
        const number = /^n?(?<number>\d{1,8})$/iu.exec(text.trim())?.groups?.number;
        return number ? { ok: number } : { wrong: TEXTS.edits[lang] };
      },
    },
    ...questions,
  ],
};
