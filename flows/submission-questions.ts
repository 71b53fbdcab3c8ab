import type { Context, Parsed, Question } from '../src/conversation/flow.ts';
import type { Choice, Raw } from '../src/conversation/types.ts';
import { clean } from '../src/conversation/words.ts';
import { type Call, STAGES } from '../src/domain/call.ts';
import type { Event } from '../src/domain/event.ts';
import { type MoneyProblem, moneyCode, moneyOf, readMoney } from '../src/domain/money.ts';
import { formatMoney } from '../src/domain/money-text.ts';
import { type Part, type PartValue, requiredParts, WITHHOLDABLE } from '../src/domain/project.ts';
import {
  askedParts,
  DECK_MAX_BYTES,
  DECK_TYPES,
  IMAGE_MAX_BYTES,
  IMAGE_TYPES,
  IMAGES,
  mostOf,
  ownQuestionOf,
} from '../src/domain/project-part.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { parseEmail, parsePhone, parseWords } from './contact.ts';
import { APPLICANT_NAMES, partLabel, STAGE_NAMES, valueText } from './project-words.ts';
import { projectIn } from './submission-context.ts';

type C = Context<Facts>;
type Q = Question<Facts>;
/** What is said of a part and what it takes; the rest is the same for all. */
type Body = { [K in Q['kind']]: Omit<Extract<Q, { kind: K }>, 'id' | 'label'> }[Q['kind']];

const TEXTS = {
  over: {
    zh: '收到 {got, number} 字，超出 {over, number} 字（上限 {max, number} 字），没有保存。刚才的内容还在上面的聊天记录里，请缩短后再发一次。',
    en: 'That has {got, number} characters, {over, number} too many ({max, number} at most), so it was not saved. Your text is still above in this chat: please shorten it and send it again.',
  },
  changed: {
    zh: '队友刚刚修改了这一项，现在是：{value}\n您刚才的内容没有保存，要替换请再发一次。',
    en: 'A team mate has just changed this one. It reads now: {value}\nWhat you sent was not saved; send it again to replace theirs.',
  },
  unreadable: {
    zh: '没有看懂这个金额。请写明数字和单位，例如：500万元、30万美元',
    en: 'I could not read that amount. Please give a number and a currency, for example: CNY 5 million, $300k',
  },
  ambiguous: {
    zh: '这里有多种货币，请只写一种，例如：500万元',
    en: 'There is more than one currency in it. Please give one, for example: CNY 5 million',
  },
  'out-of-range': {
    zh: '这个金额不在可填的范围内。请检查后再发，例如：500万元',
    en: 'That amount is out of range. Please check it and send it again, for example: CNY 5 million',
  },
  'no-unit': {
    zh: '“{said}”没有写明单位。请点选，或连同单位再发一次，例如：500万元',
    en: '“{said}” has no currency. Please tap what you mean, or send it again with one, for example: CNY 5 million',
  },
} as const satisfies Record<MoneyProblem | 'over' | 'changed', Text>;

const ASKED: Readonly<Record<string, Text>> = {
  'title-zh': {
    zh: '请发送项目的中文名称，最多 {max} 字。',
    en: 'What is the title of the project in Chinese? At most {max} characters.',
  },
  'title-en': {
    zh: '请发送项目的英文名称，最多 {max} 个字符。',
    en: 'What is the title of the project in English? At most {max} characters.',
  },
  organization: {
    zh: '申报单位是？请发送单位全称。',
    en: 'Who applies? Please send the full name of the department, institute or company.',
  },
  contact: { zh: '联系人是哪位？请发送姓名。', en: 'Who is the contact? Please send a name.' },
  phone: { zh: '请发送联系电话。', en: 'Which phone number can the contact be reached at?' },
  email: { zh: '请发送电子邮箱。', en: 'Which e-mail address?' },
  field: { zh: '项目属于哪个领域？', en: 'Which field does it belong to?' },
  applicant: { zh: '申报单位属于哪一类？', en: 'What kind of applicant is it?' },
  stage: { zh: '项目处于哪个阶段？', en: 'How far has the project come?' },
  'summary-zh': {
    zh: '请发送中文摘要，最多 {max} 字：解决什么问题，怎么解决，有什么优势。',
    en: 'Please send a summary in Chinese, at most {max} characters: which problem it solves, how, and what is better about it.',
  },
  'summary-en': {
    zh: '请发送英文摘要，最多 {max} 个字符。',
    en: 'Please send a summary in English, at most {max} characters: which problem it solves, how, and what is better about it.',
  },
  industrialization: {
    zh: '产业化情况如何？最多 {max} 字。',
    en: 'How far is its industrialization? At most {max} characters.',
  },
  market: {
    zh: '市场拓展计划是什么？最多 {max} 字。',
    en: 'What is the market expansion plan? At most {max} characters.',
  },
  capital: {
    zh: '需要多少资金？请连同单位发送，例如：500万元、30万美元',
    en: 'How much capital is needed? Please send it with its currency, for example: CNY 5 million, $300k',
  },
  cooperation: {
    zh: '希望得到哪些合作？最多 {max} 字。',
    en: 'Which cooperation are you looking for? At most {max} characters.',
  },
  patents: {
    zh: '有哪些专利或其他知识产权？最多 {max} 字。',
    en: 'Which patents or other rights are there? At most {max} characters.',
  },
  deck: {
    zh: '请直接在这里发送路演材料：PDF 或 PPT，不超过 20 MB。',
    en: 'Please send the deck in this chat: a PDF or a presentation, up to 20 MB.',
  },
  'image-1': {
    zh: '有展示用的图片吗？最多三张，请一张一张发送，每张不超过 10 MB。',
    en: 'Are there pictures to show? Up to three; please send them one by one, up to 10 MB each.',
  },
  'image-2': { zh: '还有第二张图片吗？', en: 'Is there a second picture?' },
  'image-3': { zh: '还有第三张图片吗？', en: 'Is there a third picture?' },
  public: {
    zh: '以下哪些内容可以印在公开的项目手册里？可多选；没有选的只给审核人和评委看，一项都不选也可以。',
    en: 'Which of these may be printed in the public manual? Choose any number, or none: the rest is for the reviewers and judges only.',
  },
};

const DECKS: Text = { zh: 'PDF 或 PPT', en: 'a PDF or a presentation' };
const PICTURES: Text = { zh: '图片', en: 'a picture' };
const EXAMPLES: Readonly<Record<string, Text>> = {
  organization: { zh: '某某大学热能系', en: 'Department of Thermal Engineering' },
  contact: { zh: '项目联络人', en: 'Project liaison' },
};
const TITLE_EXAMPLE: Text = { zh: '盐碱地改良技术', en: 'Improvement of saline soil' };

function within(text: string, max: number, lang: Lang): Parsed {
  const said = clean(text);
  const got = [...said].length;
  return got > max ? { wrong: fill(TEXTS.over, lang, { got, over: got - max, max }) } : { ok: said };
}

function lineWithin(text: string, max: number, example: Text, lang: Lang): Parsed {
  const fits = within(text, max, lang);
  return 'ok' in fits ? parseWords(text, max, example, lang) : fits;
}

const LARGE = 100_000;

/** What a bare number most likely means: yuan or ten thousand of them, or of a large one yuan or dollars. */
function likely(said: string, lang: Lang): readonly Choice[] {
  const units =
    Number(said.normalize('NFKC').replace(/[^\d.]/gu, '')) < LARGE ? ['万元', '元'] : ['元', '美元'];
  return units.flatMap((unit) => {
    const money = readMoney(`${said}${unit}`);
    return typeof money === 'string' ? [] : [{ value: moneyCode(money), label: formatMoney(money, lang) }];
  });
}

function parseCapital(text: string, { lang }: C): Parsed {
  const money = readMoney(text);
  if (typeof money !== 'string') return { ok: moneyCode(money) };
  const said = [...clean(text)].slice(0, 20).join('');
  const wrong = fill(TEXTS[money], lang, { said });
  return money === 'no-unit' ? { wrong, meant: likely(text, lang) } : { wrong };
}

const label = (text: Text, value: string, lang: Lang): Choice => ({ value, label: text[lang] });

/** Parts that can be kept to the judges and that the team has filled. */
function withholdable({ answers, lang }: C, event: Event, call: Call): Choice[] {
  const asked = askedParts(event, call);
  return WITHHOLDABLE.filter(
    (part) => asked.includes(part) && answers[part] !== undefined && answers[part] !== null,
  ).map((part) => label(partLabel(part, call), part, lang));
}

function choicesOf(part: string, call: Call): ((c: C) => Choice[]) | undefined {
  if (part === 'field') return ({ lang }) => call.fields.map(({ code, name }) => label(name, code, lang));
  if (part === 'applicant')
    return ({ lang }) => call.applicants.map((one) => label(APPLICANT_NAMES[one], one, lang));
  if (part === 'stage') return ({ lang }) => STAGES.map((one) => label(STAGE_NAMES[one], one, lang));
  return undefined;
}

function body(part: string, event: Event, call: Call): Body {
  const own = ownQuestionOf(part, call);
  const max = mostOf(part, call) ?? 0;
  const ask = (c: C) => fill(own?.ask ?? ASKED[part] ?? partLabel(part, call), c.lang, { max });
  if (own && own.kind !== 'text')
    return {
      kind: own.kind,
      ask,
      choices: ({ lang }) => own.choices.map((one) => label(one.label, one.value, lang)),
    };
  if (part === 'deck')
    return { kind: 'file', ask, accepts: DECK_TYPES, maxBytes: DECK_MAX_BYTES, formats: DECKS };
  if (IMAGES.some((one) => one === part))
    return { kind: 'file', ask, accepts: IMAGE_TYPES, maxBytes: IMAGE_MAX_BYTES, formats: PICTURES };
  if (part === 'public') return { kind: 'multi', ask, choices: (c) => withholdable(c, event, call) };
  const choices = choicesOf(part, call);
  if (choices) return { kind: 'choice', ask, choices };
  return { kind: 'text', ask, parse: (text, c) => parsePart(part, text, max, c) };
}

function parsePart(part: string, text: string, max: number, c: C): Parsed {
  if (part === 'capital') return parseCapital(text, c);
  if (part === 'phone') return parsePhone(text, c.lang);
  if (part === 'email') return parseEmail(text, c.lang);
  const example = part.startsWith('title-') ? TITLE_EXAMPLE : EXAMPLES[part];
  return example ? lineWithin(text, max, example, c.lang) : within(text, max, c.lang);
}

/** A stored value as the raw answer that it was. */
function rawOf(kind: Q['kind'], value: PartValue): Raw {
  if (value === null || (Array.isArray(value) && value.length === 0)) return { kind: 'skipped' };
  if (typeof value === 'string')
    return kind === 'text' ? { kind: 'text', text: value } : { kind: 'picked', values: [value] };
  return 'ref' in value ? { kind: 'file', ...value } : { kind: 'picked', values: [...value] };
}

/** What is kept in the public list is what there is to choose from. */
function givenOf(part: string, kind: Q['kind'], c: C, event: Event, call: Call): Raw | undefined {
  const stored = storedPart(part, c);
  if (!stored) return undefined;
  if (part !== 'public' || !Array.isArray(stored.value)) return rawOf(kind, stored.value);
  const known = withholdable(c, event, call).map(({ value }) => value);
  return rawOf(
    kind,
    stored.value.filter((one) => known.includes(one)),
  );
}

export function storedPart(part: string, c: C): Part | undefined {
  return projectIn(c)?.project.parts[part];
}

/** What is said where a team mate wrote a part while this person did. */
export function mateChanged(part: string, value: PartValue | undefined, call: Call, lang: Lang): string {
  return fill(TEXTS.changed, lang, { value: valueText(part, value, call, lang) });
}

function question(part: string, event: Event, call: Call): Q {
  const made = body(part, event, call);
  const before = IMAGES[(IMAGES as readonly string[]).indexOf(part) - 1];
  const isRequired = requiredParts(event, call).includes(part);
  const isShownOtherwise = part === 'public' || (part === 'capital' && made.kind === 'text');
  return {
    ...made,
    id: part,
    label: partLabel(part, call),
    optional: !isRequired,
    ...(before && { when: ({ answers }: C) => (answers[before] ?? null) !== null }),
    about: (c) => String(storedPart(part, c)?.version ?? 0),
    given: (c) => givenOf(part, made.kind, c, event, call),
    changedNote: (c) => {
      const stored = storedPart(part, c);
      return stored?.by === c.facts.person.id ? undefined : mateChanged(part, stored?.value, call, c.lang);
    },
    ...(isShownOtherwise && {
      shown: (answer, { lang }) =>
        part === 'public' || moneyOf(String(answer)) ? valueText(part, answer, call, lang) : undefined,
    }),
  } as Q;
}

/** The questions of an event's call, in order. */
export function partQuestions(event: Event, call: Call): readonly Q[] {
  return askedParts(event, call).map((part) => question(part, event, call));
}
