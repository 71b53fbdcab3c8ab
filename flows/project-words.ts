import { shownFile } from '../src/conversation/files.ts';
import type { Applicant, Call, Stage } from '../src/domain/call.ts';
import { moneyOf } from '../src/domain/money.ts';
import { formatMoney } from '../src/domain/money-text.ts';
import type { PartId, PartValue, Project, ProjectState, Slot, Verdict } from '../src/domain/project.ts';
import { PARTS } from '../src/domain/project.ts';
import { ownQuestionOf } from '../src/domain/project-part.ts';
import { type Lang, sideBySide, type Text } from '../src/text/text.ts';

const NOTHING_PUBLIC: Text = {
  zh: '都不公开，仅供审核人和评委参考',
  en: 'none of these, for the reviewers and judges only',
};
const BLANK: Text = { zh: '（未填）', en: '(none)' };

/** What the parts of a project are called. */
const LABELS: Readonly<Record<PartId, Text>> = {
  'title-zh': { zh: '中文名称', en: 'Title in Chinese' },
  'title-en': { zh: '英文名称', en: 'Title in English' },
  field: { zh: '所属领域', en: 'Field' },
  applicant: { zh: '申报单位类型', en: 'Kind of applicant' },
  organization: { zh: '申报单位', en: 'Applicant' },
  contact: { zh: '联系人', en: 'Contact' },
  phone: { zh: '联系电话', en: 'Phone' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  stage: { zh: '所处阶段', en: 'Stage' },
  'summary-zh': { zh: '中文摘要', en: 'Summary in Chinese' },
  'summary-en': { zh: '英文摘要', en: 'Summary in English' },
  industrialization: { zh: '产业化情况', en: 'Industrialization' },
  market: { zh: '市场拓展计划', en: 'Market expansion plan' },
  capital: { zh: '资金需求', en: 'Capital needs' },
  cooperation: { zh: '合作需求', en: 'Cooperation wanted' },
  patents: { zh: '知识产权', en: 'Patents' },
  deck: { zh: '路演材料', en: 'Deck' },
  'image-1': { zh: '图片一', en: 'Picture 1' },
  'image-2': { zh: '图片二', en: 'Picture 2' },
  'image-3': { zh: '图片三', en: 'Picture 3' },
  public: { zh: '在项目手册中公开', en: 'Public in the manual' },
};

export const APPLICANT_NAMES: Readonly<Record<Applicant, Text>> = {
  department: { zh: '院系', en: 'University department' },
  'local-institute': { zh: '地方研究院', en: 'Local research institute' },
  'dispatched-institute': { zh: '派出研究院', en: 'Dispatched research institute' },
  'alumni-enterprise': { zh: '校友企业', en: 'Alumni enterprise' },
  other: { zh: '其他', en: 'Other' },
};

export const STAGE_NAMES: Readonly<Record<Stage, Text>> = {
  research: { zh: '研究阶段', en: 'Research' },
  prototype: { zh: '样机', en: 'Prototype' },
  pilot: { zh: '中试', en: 'Pilot' },
  'small-batch': { zh: '小批量生产', en: 'Small batch' },
  production: { zh: '规模生产', en: 'Production' },
};

export const STATE_WORDS: Readonly<Record<ProjectState, Text>> = {
  draft: { zh: '草稿，尚未提交', en: 'draft, not submitted yet' },
  submitted: { zh: '已提交', en: 'submitted' },
  'changes-requested': { zh: '需要修改后重新提交', en: 'changes are requested' },
  accepted: { zh: '已通过审核', en: 'accepted' },
  rejected: { zh: '未通过审核', en: 'not accepted' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

/** The same in a word, among others. */
export const STATE_LABELS: Readonly<Record<ProjectState, Text>> = {
  draft: { zh: '草稿', en: 'draft' },
  submitted: { zh: '已提交', en: 'submitted' },
  'changes-requested': { zh: '待修改', en: 'changes requested' },
  accepted: { zh: '已通过', en: 'accepted' },
  rejected: { zh: '未通过', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

export const VERDICT_LABELS: Readonly<Record<Verdict, Text>> = {
  accept: { zh: '通过', en: 'accept' },
  reject: { zh: '不通过', en: 'reject' },
  changes: { zh: '要求修改', en: 'ask for changes' },
};

export const SLOT_LABELS: Readonly<Record<Slot['state'], Text>> = {
  proposed: { zh: '未通知', en: 'not told' },
  told: { zh: '未答复', en: 'no answer yet' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  declined: { zh: '不能参加', en: 'declined' },
};

/** What a part is called. */
export function partLabel(part: string, call: Call | null): Text {
  const known = PARTS.find((one) => one === part);
  return known
    ? LABELS[known]
    : ((call ? ownQuestionOf(part, call) : undefined)?.label ?? { zh: part, en: part });
}

/** What parts are called, side by side: 摘要、联系电话. */
export function partNames(parts: readonly string[], call: Call, lang: Lang): string {
  return sideBySide(
    parts.map((part) => partLabel(part, call)[lang]),
    lang,
  );
}

/** A value of a part as people read it. */
export function valueText(part: string, value: PartValue | undefined, call: Call, lang: Lang): string {
  if (part === 'public' && value !== undefined && (value === null || isEmpty(value)))
    return NOTHING_PUBLIC[lang];
  if (value === undefined || value === null) return BLANK[lang];
  if (typeof value === 'object' && 'ref' in value) return shownFile(value, lang);
  if (typeof value !== 'string')
    return sideBySide(
      value.map((one) => choiceName(part, one, call, lang)),
      lang,
    );
  const money = part === 'capital' ? moneyOf(value) : undefined;
  return money ? formatMoney(money, lang) : choiceName(part, value, call, lang);
}

const isEmpty = (value: PartValue): boolean => Array.isArray(value) && value.length === 0;

function choiceName(part: string, value: string, call: Call, lang: Lang): string {
  if (part === 'public') return partLabel(value, call)[lang];
  const own = ownQuestionOf(part, call);
  const named: Readonly<Record<string, Text | undefined>> =
    part === 'applicant' ? APPLICANT_NAMES : part === 'stage' ? STAGE_NAMES : {};
  const found =
    part === 'field'
      ? call.fields.find(({ code }) => code === value)?.name
      : own && own.kind !== 'text'
        ? own.choices.find((one) => one.value === value)?.label
        : named[value];
  return found?.[lang] ?? value;
}

/** A part of a project as people read it. */
export function partText({ parts }: Pick<Project, 'parts'>, part: string, call: Call, lang: Lang): string {
  return valueText(part, parts[part]?.value, call, lang);
}

/** The name of a code that somebody chose; the code itself where there is none any more. */
export function nameIn(names: Readonly<Record<string, Text>>, code: string, lang: Lang): string {
  return (Object.hasOwn(names, code) ? names[code]?.[lang] : undefined) ?? code;
}
