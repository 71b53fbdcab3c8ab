import type { ManualWords } from '../src/usecases/manual-ports.ts';
import { APPLICANT_NAMES, partLabel, STAGE_NAMES } from './project-words.ts';

/** What the project manual calls things, in print. */
export const manualWords: ManualWords = {
  manual: { zh: '项目手册', en: 'Project manual' },
  edition: { zh: '第 {number} 版 · {date}', en: 'Edition {number} · {date}' },
  days: { zh: '{from}至{to}', en: '{from} to {to}' },
  contents: { zh: '目录', en: 'Contents' },
  index: { zh: '单位索引', en: 'Index of organizations' },
  organization: partLabel('organization', null),
  applicant: partLabel('applicant', null),
  stage: partLabel('stage', null),
  track: { zh: '路演赛道', en: 'Track' },
  placed: { zh: '{track}，第 {place} 位', en: '{track}, no. {place}' },
  contact: { zh: '联系方式', en: 'Contact' },
  summary: { zh: '项目简介', en: 'Summary' },
  meet: { zh: '扫码对接', en: 'Scan to meet this team' },
  cut: {
    zh: '篇幅有限，此处有删节；全文见网页版项目手册。',
    en: 'Shortened to fit the page; the full text is in the web edition of the manual.',
  },
  passages: {
    industrialization: partLabel('industrialization', null),
    market: partLabel('market', null),
    capital: partLabel('capital', null),
    cooperation: partLabel('cooperation', null),
    patents: partLabel('patents', null),
  },
  stages: STAGE_NAMES,
  applicants: APPLICANT_NAMES,
  proofNotice: {
    zh: '这是贵团队项目在手册中的页面。请在对话中发送“确认”加项目编号；需要更正请发送“勘误”加项目编号和内容。',
    en: 'This is the page of your project. Please answer in the chat: “ok” or “fix”, and the code of the project.',
  },
  search: { zh: '搜索项目', en: 'Search projects' },
  found: {
    zh: '共 {all} 个项目，显示 {shown} 个',
    en: '{shown} of {all, plural, one {# project} other {# projects}}',
  },
  download: { zh: '下载', en: 'Download' },
  top: { zh: '回到顶部', en: 'Back to top' },
  skip: { zh: '跳到项目', en: 'Skip to the projects' },
  otherLanguage: { zh: 'English', en: '中文' },
};
