import type { Applicant, Call, Stage } from '../src/domain/call.ts';
import type { PartId, ProjectState, Slot, Verdict } from '../src/domain/project.ts';
import type { Lang, Text } from '../src/text/text.ts';

/** What the parts of a project are called. */
export const PART_NAMES: Readonly<Record<PartId, Text>> = {
  'title-zh': { zh: '项目名称（中文）', en: 'Title (Chinese)' },
  'title-en': { zh: '项目名称（英文）', en: 'Title (English)' },
  field: { zh: '领域', en: 'Field' },
  applicant: { zh: '申报单位类型', en: 'Kind of applicant' },
  organization: { zh: '申报单位', en: 'Organization' },
  contact: { zh: '联系人', en: 'Contact' },
  phone: { zh: '电话', en: 'Phone' },
  email: { zh: '邮箱', en: 'Email' },
  stage: { zh: '所处阶段', en: 'Stage' },
  'summary-zh': { zh: '项目简介（中文）', en: 'Summary (Chinese)' },
  'summary-en': { zh: '项目简介（英文）', en: 'Summary (English)' },
  industrialization: { zh: '产业化情况', en: 'Industrialization' },
  market: { zh: '市场拓展计划', en: 'Market expansion plan' },
  capital: { zh: '资金需求', en: 'Capital needs' },
  cooperation: { zh: '合作需求', en: 'Cooperation wanted' },
  patents: { zh: '知识产权', en: 'Patents' },
  deck: { zh: '路演材料', en: 'Deck' },
  'image-1': { zh: '图片1', en: 'Image 1' },
  'image-2': { zh: '图片2', en: 'Image 2' },
  'image-3': { zh: '图片3', en: 'Image 3' },
  public: { zh: '公开的内容', en: 'Shown to everybody' },
};

export const STATE_NAMES: Readonly<Record<ProjectState, Text>> = {
  draft: { zh: '草稿', en: 'draft' },
  submitted: { zh: '已提交', en: 'submitted' },
  'changes-requested': { zh: '待修改', en: 'changes requested' },
  accepted: { zh: '已入选', en: 'accepted' },
  rejected: { zh: '未入选', en: 'not accepted' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

export const VERDICT_NAMES: Readonly<Record<Verdict, Text>> = {
  accept: { zh: '入选', en: 'accept' },
  reject: { zh: '不入选', en: 'reject' },
  changes: { zh: '需要修改', en: 'changes' },
};

export const SLOT_NAMES: Readonly<Record<Slot['state'], Text>> = {
  proposed: { zh: '待通知', en: 'proposed' },
  told: { zh: '待确认', en: 'to be confirmed' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  declined: { zh: '不能参加', en: 'declined' },
};

export const APPLICANT_NAMES: Readonly<Record<Applicant, Text>> = {
  department: { zh: '校内院系', en: 'Department' },
  'local-institute': { zh: '地方研究院', en: 'Local institute' },
  'dispatched-institute': { zh: '派出研究院', en: 'Dispatched institute' },
  'alumni-enterprise': { zh: '校友企业', en: 'Alumni enterprise' },
  other: { zh: '其他', en: 'Other' },
};

export const STAGE_NAMES: Readonly<Record<Stage, Text>> = {
  research: { zh: '研发', en: 'Research' },
  prototype: { zh: '样机', en: 'Prototype' },
  pilot: { zh: '中试', en: 'Pilot' },
  'small-batch': { zh: '小批量', en: 'Small batch' },
  production: { zh: '量产', en: 'Production' },
};

/** What a part is called, an event's own ones too; by its id where an event asks for it no longer. */
export function partName(part: string, call: Call | null, lang: Lang): string {
  const own = call?.questions.find(({ id }) => part === `own-${id}`);
  const known = Object.hasOwn(PART_NAMES, part) ? PART_NAMES[part as PartId] : own?.label;
  return known?.[lang] ?? part;
}

/** The name of a code that somebody chose; the code itself where there is none any more. */
export function nameIn(names: Readonly<Record<string, Text>>, code: string, lang: Lang): string {
  return (Object.hasOwn(names, code) ? names[code]?.[lang] : undefined) ?? code;
}
