import type { ManualWords } from '../src/usecases/manual-ports.ts';

/** What the project manual calls things, in print. */
export const manualWords: ManualWords = {
  manual: { zh: '项目手册', en: 'Project manual' },
  edition: { zh: '第 {number} 版 · {date}', en: 'Edition {number} · {date}' },
  days: { zh: '{from}至{to}', en: '{from} to {to}' },
  contents: { zh: '目录', en: 'Contents' },
  index: { zh: '单位索引', en: 'Index of organizations' },
  organization: { zh: '申报单位', en: 'Organization' },
  applicant: { zh: '单位类型', en: 'Kind of body' },
  stage: { zh: '研发阶段', en: 'Stage' },
  track: { zh: '路演赛道', en: 'Track' },
  placed: { zh: '{track}，第 {place} 个', en: '{track}, no. {place}' },
  contact: { zh: '联系方式', en: 'Contact' },
  summary: { zh: '项目简介', en: 'Summary' },
  meet: { zh: '扫码对接', en: 'Scan to meet this team' },
  cut: {
    zh: '篇幅有限，此处有删节；全文见网页版项目手册。',
    en: 'Shortened to fit the page; the full text is in the web edition of the manual.',
  },
  passages: {
    industrialization: { zh: '产业化情况', en: 'Industrialization' },
    market: { zh: '市场推广计划', en: 'Market expansion plan' },
    capital: { zh: '资金需求', en: 'Capital needs' },
    cooperation: { zh: '合作方式', en: 'Cooperation sought' },
    patents: { zh: '专利情况', en: 'Patents' },
  },
  stages: {
    research: { zh: '研发', en: 'Research' },
    prototype: { zh: '样品样机', en: 'Prototype' },
    pilot: { zh: '中试', en: 'Pilot' },
    'small-batch': { zh: '小批量生产', en: 'Small batch' },
    production: { zh: '规模化生产', en: 'Production' },
  },
  applicants: {
    department: { zh: '校内院系', en: 'University department' },
    'local-institute': { zh: '地方研究院', en: 'Local institute' },
    'dispatched-institute': { zh: '派出研究院', en: 'Dispatched institute' },
    'alumni-enterprise': { zh: '校友企业', en: 'Alumni enterprise' },
    other: { zh: '其他', en: 'Other' },
  },
  proofNotice: {
    zh: '这是贵团队项目在手册中的页面。请在对话里发送“确认”或“勘误”加项目编号。',
    en: 'This is the page of your project. Please answer in the chat: “ok” or “fix”, and the code of the project.',
  },
  search: { zh: '搜索项目', en: 'Search projects' },
  found: {
    zh: '{all} 个项目中的 {shown} 个',
    en: '{shown} of {all, plural, one {# project} other {# projects}}',
  },
  download: { zh: '下载', en: 'Download' },
  top: { zh: '回到顶部', en: 'Back to top' },
  skip: { zh: '跳到项目', en: 'Skip to the projects' },
  otherLanguage: { zh: 'English', en: '中文' },
};
