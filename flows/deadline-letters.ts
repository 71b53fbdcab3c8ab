import type { Event } from '../src/domain/event.ts';
import { deadlineOf, missingParts, type Project, projectCode, titleOf } from '../src/domain/project.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Letters } from '../src/usecases/ports.ts';
import type { DeadlineNews } from '../src/usecases/write-to-teams.ts';
import { partNames } from './project-words.ts';

const NEWS: Readonly<Record<DeadlineNews, Text>> = {
  deadline: {
    zh: '提醒：项目提交即将截止，截止时间为 {until}。',
    en: 'A reminder: the deadline for your project is {until}.',
  },
  chased: {
    zh: '主办方提醒：您的项目还没有完成提交，截止时间为 {until}。',
    en: 'The organizers remind you: your project is not complete yet. The deadline is {until}.',
  },
  'deadline-moved': {
    zh: '项目提交的截止时间有变动，现为 {until}。',
    en: 'The deadline for projects has changed. It is now {until}.',
  },
  extended: {
    zh: '您的项目的截止时间现为 {until}。',
    en: 'The deadline of your project is now {until}.',
  },
  closed: {
    zh: '您的项目的重新开放已取消，状态已恢复，不能再修改。如有疑问，请联系：{contact}',
    en: 'Your project is no longer open again: it is as it was before, and cannot be changed. If you have questions: {contact}',
  },
  reopened: {
    zh: '您的项目已重新开放，可修改至 {until}，修改后请重新提交。',
    en: 'Your project is open again. You can change it until {until}; please submit it again then.',
  },
};

const TEXTS = {
  project: {
    zh: '{code}{title, select, none {} other {“{title}”}}',
    en: '{code}{title, select, none {} other { “{title}”}}',
  },
  missing: { zh: '还缺：{parts}', en: 'Still missing: {parts}' },
  toSubmit: {
    zh: '内容已填齐，还没有提交。',
    en: 'Nothing is missing, but it has not been submitted.',
  },
  edit: { zh: '继续填写 {code}', en: 'Complete {code}' },
} as const satisfies Record<string, Text>;

/** `P03“盐碱地改良技术”`: how a project is named, by its code alone while it has no title. */
export function projectName(project: Project, lang: Lang): string {
  const code = projectCode(project);
  const title = titleOf(project, lang);
  return fill(TEXTS.project, lang, { code, title: title === code ? 'none' : title });
}

/** What a project lacks, as a person reads it; undefined: nothing. */
export function missingText(project: Project, event: Event, lang: Lang): string | undefined {
  const { call } = event;
  const missing = call ? missingParts(project, event, call) : [];
  return call && missing.length > 0 ? partNames(missing, call, lang) : undefined;
}

/** Letters to teams about when their projects are due. */
export const deadlineLetters: Pick<Letters, 'aboutDeadline'> = {
  aboutDeadline(news, project, event, lang) {
    const { call } = event;
    const code = projectCode(project);
    const until = call ? formatWhen(deadlineOf(project, call), event.zone, lang) : '';
    const missing = missingText(project, event, lang);
    const still = missing === undefined ? [] : [fill(TEXTS.missing, lang, { parts: missing })];
    const unsent = missing === undefined && project.state !== 'submitted' ? [TEXTS.toSubmit[lang]] : [];
    const about = [projectName(project, lang), event.title[lang]];
    const first = fill(NEWS[news], lang, { until, contact: event.contact[lang] });
    if (news === 'closed') return { text: [first, '', ...about].join('\n') };
    return {
      text: [first, '', ...about, ...still, ...unsent].join('\n'),
      choices: [{ value: `edit ${code}`, label: fill(TEXTS.edit, lang, { code }) }],
    };
  },
};
