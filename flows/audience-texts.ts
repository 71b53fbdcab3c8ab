import type { Text } from '../src/text/text.ts';

/** Why a description of an audience was not understood, each with a way that is. */
export const PROBLEMS = {
  unknown: {
    zh: '看不懂“{word}”。可以使用：现场、线上、已确认、候补、已签到、场次、席位、语言、类型、渠道、领域、人数、项目、赛道、缺材料，用“且”“或”“非”和括号组合；开头可以写“票号”“角色”或“历届嘉宾”。例如：现场 且 语言 英文 且 非 已签到',
    en: '“{word}” is not understood. You can use: onsite, online, confirmed, waitlist, checked in, session, seated, language, kind, channel, field, party, project, track and missing material, combined by “and”, “or”, “not” and brackets; “tickets”, “role” or “past guests” can stand at the beginning. For example: onsite and language en and not checked in',
  },
  option: {
    zh: '“{keyword}”没有“{word}”这一项。可选：{options}。例如：{keyword} {example}',
    en: '“{word}” is nothing that “{keyword}” knows. You can choose from: {options}. For example: {keyword} {example}',
  },
  noOptions: {
    zh: '本活动没有可用于“{keyword}”的选项，请去掉这个条件，例如只写：现场 且 语言 英文',
    en: 'This event has nothing that “{keyword}” could choose from. Please leave that condition out, for example: onsite and language en',
  },
  unfinished: {
    zh: '条件没有写完，“{word}”后面还缺内容。例如：现场 且 语言 英文',
    en: 'Something is missing after “{word}”. For example: onsite and language en',
  },
  empty: {
    zh: '请说明发给谁，例如：现场 且 语言 英文。发给所有已报名的人请写：全部',
    en: 'Please say who it goes to, for example: onsite and language en. For everybody who is registered, write: everybody',
  },
  brackets: {
    zh: '括号不成对。例如：现场 且（类型 企业 或 候补）',
    en: 'The brackets do not match. For example: onsite and (kind enterprise or waitlist)',
  },
  ticket: {
    zh: '“{word}”不是票号：票号由 8 位数字和大写字母组成。条件前请加“且”，例如：票号 7K2M9QXA 且 现场',
    en: '“{word}” is not a ticket number, which has 8 digits and capital letters. Put “and” before a condition, for example: tickets 7K2M9QXA and onsite',
  },
  manyTickets: {
    zh: '一次最多 {max, number} 个票号，请分成几份，例如先写前 {max, number} 个。',
    en: 'There can be {max, number} ticket numbers at a time. Please split them, for example send the first {max, number}.',
  },
  sourceFirst: {
    zh: '“{word}”只能写在最前面，例如：票号 7K2M9QXA 且 现场',
    en: '“{word}” can only stand at the very beginning, for example: tickets 7K2M9QXA and onsite',
  },
  tooMuch: {
    zh: '条件太多或括号套得太深：最多 50 个条件、5 层。请拆成几条通知，例如先写：现场 且 语言 英文',
    en: 'That is too long or too deeply nested: there can be 50 conditions in 5 levels. Please make several notices of it, for example one for: onsite and language en',
  },
} as const satisfies Record<string, Text>;
