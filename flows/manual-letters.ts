import type { Letter } from '../src/domain/delivery.ts';
import { type ManualEntry, said } from '../src/domain/manual.ts';
import { moneyOf } from '../src/domain/money.ts';
import { formatMoney } from '../src/domain/money-text.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { ManualLetters } from '../src/usecases/manual-ports.ts';
import { manualWords } from './manual-words.ts';

const TEXTS = {
  building: {
    zh: '正在生成“{title}”项目手册第 {number} 版，已完成 {percent}%。',
    en: 'Building edition {number} of the manual of “{title}”: {percent}% done.',
  },
  ready: {
    zh: '“{title}”项目手册第 {number} 版已生成，共收录 {projects} 个项目。{leftOut, select, none {} other {\n以下项目有图片因格式或大小未能印入：{leftOut}}}',
    en: 'Edition {number} of the manual of “{title}” is ready, with {projects, plural, one {# project} other {# projects}}.{leftOut, select, none {} other {\nPictures that could not be printed, for their format or size: {leftOut}}}',
  },
  failed: {
    zh: '“{title}”项目手册第 {number} 版多次生成失败，没有保留文件。请再次发送“生成手册”；仍不成功，请联系管理员。',
    en: 'Edition {number} of the manual of “{title}” could not be built, and nothing of it was kept. Please build it again; if that fails too, tell an owner.',
  },
  files: { zh: '发送文件', en: 'Send me the files' },
  publish: { zh: '公开发布', en: 'Publish it' },
  proof: {
    zh: '请校对贵团队项目在“{title}”项目手册中的页面：\n\n{text}\n\n{link, select, none {} other {网页版（14 天内有效，请勿转发）：{link}\n}}没有问题请发送“确认 {code}”；需要修改请发送“勘误 {code} 内容”。',
    en: 'Please check the page of your project in the manual of “{title}”:\n\n{text}\n\n{link, select, none {} other {As a page (for 14 days; please do not pass it on): {link}\n}}If it is right, send “ok {code}”. If something is wrong, send “fix {code}” and what to correct.',
  },
  approve: { zh: '确认无误', en: 'It is right' },
  meeting: {
    zh: '有人希望与贵团队对接项目 {code}“{project}”（{title}）：\n姓名：{name}\n单位：{organization}\n联系方式：{contact}\n请直接与对方联系。',
    en: 'Somebody would like to meet your team about {code} “{project}” ({title}):\nName: {name}\nOrganization: {organization}\nContact: {contact}\nPlease get in touch with them directly.',
  },
  line: { zh: '{label}：{value}', en: '{label}: {value}' },
} as const satisfies Record<string, Text>;

const SHOWN = 600;
const shorten = (text: string): string => {
  const all = [...text];
  return all.length > SHOWN ? `${all.slice(0, SHOWN).join('')}…` : text;
};

/** A project of the manual in words, for who reads it in a chat. */
export function entryText(entry: ManualEntry, lang: Lang): string {
  const { contact, stage, applicant } = entry;
  const line = (label: Text, value: string | null): string[] =>
    value ? [fill(TEXTS.line, lang, { label: label[lang], value: shorten(value) })] : [];
  const sum = (text: string) => {
    const money = moneyOf(text);
    return money ? formatMoney(money, lang) : text;
  };
  const reached = [contact.name, contact.phone, contact.email].filter((one) => one !== null);
  return [
    `${entry.code} ${entry.title[lang]}`,
    ...line(manualWords.organization, entry.organization),
    ...line(manualWords.applicant, applicant && manualWords.applicants[applicant][lang]),
    ...line(manualWords.stage, stage && manualWords.stages[stage][lang]),
    ...line(manualWords.summary, said(entry.summary, lang)[0]?.text ?? null),
    ...entry.passages.flatMap(({ part, text }) =>
      line(manualWords.passages[part], part === 'capital' ? sum(text) : text),
    ),
    ...line(manualWords.contact, reached.join(' · ')),
  ].join('\n');
}

export const manualLetters: ManualLetters = {
  edition(edition, event, lang): Letter {
    const { state, number, projects, progress, leftOut } = edition;
    const percent = progress.total > 0 ? Math.floor((100 * progress.done) / progress.total) : 0;
    const values = {
      title: event.title[lang],
      number,
      projects,
      percent,
      leftOut: leftOut.join(' ') || 'none',
    };
    if (state === 'failed') return { text: fill(TEXTS.failed, lang, values) };
    if (state === 'building' || state === 'draft') return { text: fill(TEXTS.building, lang, values) };
    const choices = [
      { value: `manual ${event.code} ${number}`, label: TEXTS.files[lang] },
      { value: `manual ${event.code} publish ${number}`, label: TEXTS.publish[lang] },
    ];
    return { text: fill(TEXTS.ready, lang, values), choices };
  },
  proof(entry, event, link, lang): Letter {
    const { code } = entry;
    const values = { title: event.title[lang], code, text: entryText(entry, lang), link: link ?? 'none' };
    return {
      text: fill(TEXTS.proof, lang, values),
      choices: [{ value: `ok ${event.code} ${code}`, label: TEXTS.approve[lang] }],
    };
  },
  meeting(visitor, entry, event, lang): Letter {
    const values = { ...visitor, code: entry.code, project: entry.title[lang], title: event.title[lang] };
    return { text: fill(TEXTS.meeting, lang, values) };
  },
};
