import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import type { Scope } from '../src/domain/access.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Stored } from '../src/usecases/alter-project.ts';
import type { Offered } from '../src/usecases/grant-roles.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Claimed } from '../src/usecases/welcome-reviewer.ts';
import { tellBriefings } from './judge-briefing.ts';
import { withAnswer } from './link.ts';
import { answerToJoin, askToJoin, tellNotJoined } from './project-team.ts';
import { welcomed } from './review-welcome.ts';
import { liveEvent, roleName } from './role-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  notCode: {
    zh: '认领码由 8 位字母和数字组成，请照原样发送，例如：认领 7K2M-9QXA',
    en: 'A claim code has 8 letters and digits. Please send it as you got it, for example: claim 7K2M-9QXA',
  },
  sure: { zh: '您将成为{role}。', en: 'This makes you {role}. Do you agree?' },
  agree: { zh: '确认', en: 'Yes, I agree' },
  decline: { zh: '不认领', en: 'No, leave it' },
  declined: {
    zh: '好的，没有认领，认领码没有用掉。',
    en: 'Fine, nothing was claimed, and the code is unused.',
  },
  claimed: {
    zh: '您现在是{role}。发送“帮助”可查看您能做的事。',
    en: 'You are {role} now. Send “help” to see what you can do.',
  },
  badCode: {
    zh: '这个认领码无效：可能输入有误、已过期或已使用过。请向发给您的人索取新的认领码。',
    en: 'That claim code is not valid: it may be mistyped, expired or used already. Please ask whoever sent it for a new one.',
  },
  tooMany: {
    zh: '认领码错误次数过多，请 {minutes} 分钟后再试。',
    en: 'Too many wrong codes. Please try again in {minutes, plural, one {# minute} other {# minutes}}.',
  },
  has: {
    zh: '您已经是{role}，认领码没有用掉，可以交给别人。',
    en: 'You are {role} already. The code is unused, so somebody else can have it.',
  },
} as const satisfies Record<string, Text>;

/** The house makes codes of 8; an owner's own may be longer. */
const CODE = /^[0-9a-z]{8,40}$/u;
const LINKED = /^claim-(?<code>[0-9a-z]{8,40})$/iu;
const DECLINED = ' decline';

const plain = (code: string): string => fold(code).replace(/[ -]/gu, '');
const isCode = (argument: string): boolean => CODE.test(plain(argument));
const codeOf = (argument: string): string => withAnswer(argument.replace(DECLINED, ''), () => false).code;

function claim(argument: string, c: C): Action {
  const { code, answer } = withAnswer(argument, () => false);
  if (!isCode(codeOf(argument))) return tell(TEXTS.notCode, c);
  if (argument.endsWith(DECLINED)) return tell(TEXTS.declined, c);
  return answer
    ? answerToJoin(plain(code), answer, c)
    : { effect: { kind: 'claim', input: { code: plain(code) } } };
}

/** Where a link with a code leads: the role is told first; undefined: the link is none with a code. */
export function openClaim(payload: string): Action | undefined {
  const code = LINKED.exec(payload)?.groups?.code;
  return code === undefined ? undefined : { effect: { kind: 'check-claim', input: { code: plain(code) } } };
}

/** A code that gives a role, or leads to the team of a project. */
export const claiming: Command<Facts> = {
  id: 'claim',
  words: { zh: ['认领'], en: ['claim'] },
  argument: true,
  knows: (argument) => isCode(codeOf(argument)),
  run: claim,
};

function tellRefusal(outcome: Extract<Outcome, { ok: false }>, c: C): Told {
  const { reason, data } = outcome;
  if (reason === 'is-member' || reason === 'withdrawn') return tellNotJoined(outcome, c);
  if (reason === 'too-many-tries') return tell(TEXTS.tooMany, c, data as { minutes: number });
  if (reason !== 'has-role') return tell(TEXTS.badCode, c);
  const scope = data as Scope;
  return tell(TEXTS.has, c, { role: roleName(scope, liveEvent(scope, c), c.lang) });
}

/** Asks before a link gives a role: whoever opened it may not know what it is. */
function askToClaim(offered: Offered, code: string, { lang }: C): Told {
  return offer(fill(TEXTS.sure, lang, { role: roleName(offered, offered.about, lang) }), [
    { value: `claim ${code}`, label: TEXTS.agree[lang] },
    { value: `claim ${code}${DECLINED}`, label: TEXTS.decline[lang] },
  ]);
}

/** What is told of codes that were sent, by effect. */
export const claimTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  'check-claim': (outcome, c, { input }) => {
    if (!outcome.ok) return tellRefusal(outcome, c);
    const found = outcome.data as Offered | Stored;
    const code = String(input.code);
    return 'project' in found ? askToJoin(found, code, c) : askToClaim(found, code, c);
  },
  claim: (outcome, c, { input }) => {
    if (!outcome.ok) return tellRefusal(outcome, c);
    const given = outcome.data as Claimed | Stored;
    if ('project' in given) return askToJoin(given, String(input.code), c);
    if (given.briefing) return tellBriefings(given.briefing, c);
    return (
      welcomed(given, c) ?? tell(TEXTS.claimed, c, { role: roleName(given, liveEvent(given, c), c.lang) })
    );
  },
};
