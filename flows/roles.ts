import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { type Grant, isOrganizer, mayInvite, type Role, type Scope } from '../src/domain/access.ts';
import { codeSchema } from '../src/domain/questions.ts';
import { formatDay, formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text, type Values } from '../src/text/text.ts';
import type { Stored } from '../src/usecases/alter-project.ts';
import type { ClaimRefusal, EndRefusal, Invited } from '../src/usecases/grant-roles.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Claimed } from '../src/usecases/welcome-reviewer.ts';
import { withAnswer } from './link.ts';
import { answerToJoin, askToJoin, tellNotJoined } from './project-team.ts';
import { inviteReviewer, reviewerChoices, welcomed } from './review-invite.ts';

type C = Context<Facts>;

const TEXTS = {
  notCode: {
    zh: '认领码由 8 位字母和数字组成，请照原样发送，例如：认领 7K2M-9QXA',
    en: 'A claim code has 8 letters and digits. Please send it as you got it, for example: claim 7K2M-9QXA',
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
  owner: { zh: '管理员', en: 'an owner' },
  organizer: { zh: '主办方（{office}）', en: 'an organizer of “{office}”' },
  reviewer: {
    zh: '项目审核人{part, select, none {} other {（{part}）}}',
    en: 'a reviewer of projects{part, select, none {} other { (“{part}”)}}',
  },
  judge: {
    zh: '评委{part, select, none {} other {（{part}）}}',
    en: 'a judge{part, select, none {} other { (“{part}”)}}',
  },
  scorer: {
    zh: '计分长{part, select, none {} other {（{part}）}}',
    en: 'the chief scorer{part, select, none {} other { (“{part}”)}}',
  },
  host: {
    zh: '主持人{part, select, none {} other {（{part}）}}',
    en: 'a host{part, select, none {} other { (“{part}”)}}',
  },
  staff: { zh: '工作人员', en: 'staff' },
  notAllowed: {
    zh: '只有管理员可以授予和收回角色。如果您刚收到认领码，请发送“认领 认领码”。',
    en: 'Only owners can give and take roles. If you were given a code, send “claim” and the code.',
  },
  whichInvite: {
    zh: '要邀请谁？请点选，或发送“邀请 主办方 办公室代码 备注”，例如：邀请 主办方 {office} 联络组',
    en: 'Whom would you like to invite? Tap a choice, or send “invite organizer”, the office and a note, for example: invite organizer {office} liaison team',
  },
  inviteOwner: { zh: '邀请管理员', en: 'Invite an owner' },
  inviteOrganizer: { zh: '邀请主办方：{office}', en: 'Invite an organizer: {office}' },
  invited: {
    zh: '请把下面这句话转给对方：\n\n认领 {code}\n\n对方发给我后即成为{role}。认领码只能使用一次，有效期至 {until}。',
    en: 'Pass this on to the person you mean:\n\nclaim {code}\n\nWhoever sends it to me becomes {role}. It works once, until {until}.',
  },
  none: { zh: '目前没有已授予的角色。', en: 'No roles have been given yet.' },
  roles: {
    zh: '以下是已授予的角色。要收回其中一项，请选择它。',
    en: 'These roles have been given. Choose one to take it back.',
  },
  line: {
    zh: '{role}，自 {since}起{note, select, none {} other {，{note}}}{you, select, yes {（您本人）} other {}}',
    en: '{role}, since {since}{note, select, none {} other {, {note}}}{you, select, yes { (you)} other {}}',
  },
  sureEnd: {
    zh: '确定收回这项角色吗？收回后立即生效。',
    en: 'Do you really want to take this role back? It takes effect at once.',
  },
  yesEnd: { zh: '确定收回', en: 'Yes, take it back' },
  noEnd: { zh: '保留', en: 'Keep it' },
  kept: { zh: '好的，没有改动。', en: 'Fine, nothing was changed.' },
  ended: { zh: '已收回：{role}。', en: 'Taken back: {role}.' },
  unknown: {
    zh: '没有找到这一项，可能已经收回。发送“角色”可查看最新名单。',
    en: 'That role was not found; it may have been taken back already. Send “roles” for the current list.',
  },
  last: {
    zh: '这是唯一的管理员，不能收回。请先邀请另一位管理员：发送“邀请 管理员”。',
    en: 'This is the only owner, so it cannot be taken back. Invite another one first: send “invite owner”.',
  },
} as const satisfies Record<string, Text>;

const ZONE = 'Asia/Shanghai';
/** The house makes codes of 8; an owner's own may be longer. */
const CODE = /^[0-9a-z]{8,40}$/u;
const NOTE_MAX = 60;
const LISTED = 20;

const say = (text: string): Action => ({ replies: [{ kind: 'say', text }] });
const plain = (code: string): string => fold(code).replace(/[ -]/gu, '');
const isCode = (argument: string): boolean => CODE.test(plain(argument));

/** What a role is called, with the office or the part of an event that it is about. */
export function roleName({ role, office, part }: Omit<Scope, 'event'>, lang: Lang): string {
  return fill(TEXTS[role], lang, { office: office ?? '', part: part ?? 'none' });
}

function claim(argument: string, c: C): Action {
  const { code, answer } = withAnswer(argument, () => false);
  if (!isCode(code)) return say(TEXTS.notCode[c.lang]);
  return answer
    ? answerToJoin(plain(code), answer, c)
    : { effect: { kind: 'claim', input: { code: plain(code) } } };
}

const ROLE_WORDS: ReadonlyMap<string, Role> = new Map([
  ['owner', 'owner'],
  ['管理员', 'owner'],
  ['organizer', 'organizer'],
  ['organiser', 'organizer'],
  ['主办方', 'organizer'],
  ['reviewer', 'reviewer'],
  ['审核人', 'reviewer'],
  ['审核员', 'reviewer'],
]);

/** Offices that a person can name: those of the events that are known here. */
function officesOf({ facts }: C): readonly string[] {
  const offices = facts.events.map(({ event }) => event.office);
  return [...new Set(offices)].sort();
}

function invite(argument: string, c: C): Action {
  const { facts, lang } = c;
  if (!mayInvite(facts.grants)) return say(TEXTS.notAllowed[lang]);
  const [word = '', office = '', ...rest] = argument.trim().split(/\s+/u);
  const role = ROLE_WORDS.get(fold(word));
  if (role === 'reviewer') return inviteReviewer([office, ...rest].join(' '), c);
  const note = rest.join(' ').slice(0, NOTE_MAX) || null;
  if (role === 'owner')
    return { effect: { kind: 'invite', input: { role, office: null, event: null, part: null, note } } };
  const offices = officesOf(c);
  const named = codeSchema.safeParse(fold(office));
  if (role === 'organizer' && named.success)
    return { effect: { kind: 'invite', input: { role, office: named.data, event: null, part: null, note } } };
  const choices: Choice[] = [
    ...offices.map((one) => ({
      value: `invite organizer ${one}`,
      label: fill(TEXTS.inviteOrganizer, lang, { office: one }),
    })),
    { value: 'invite owner', label: TEXTS.inviteOwner[lang] },
    ...reviewerChoices(c),
  ];
  const text = fill(TEXTS.whichInvite, lang, { office: offices[0] ?? 'local-coop' });
  return { replies: [{ kind: 'ask', text, choices }] };
}

function roles(argument: string, { facts, lang }: C): Action {
  if (!mayInvite(facts.grants)) return say(TEXTS.notAllowed[lang]);
  const [word = '', grant = '', sure = ''] = argument.trim().split(/\s+/u);
  if (word !== 'end' || grant === '') return { effect: { kind: 'roles', input: {} } };
  if (sure === 'yes') return { effect: { kind: 'end-role', input: { grant } } };
  if (sure === 'no') return say(TEXTS.kept[lang]);
  const choices = [
    { value: `roles end ${grant} yes`, label: TEXTS.yesEnd[lang] },
    { value: `roles end ${grant} no`, label: TEXTS.noEnd[lang] },
  ];
  return { replies: [{ kind: 'ask', text: TEXTS.sureEnd[lang], choices }] };
}

/** Roles: given by code, listed and taken back. */
export const roleCommands: readonly Command<Facts>[] = [
  {
    id: 'claim',
    words: { zh: ['认领'], en: ['claim'] },
    argument: true,
    knows: (argument) => isCode(withAnswer(argument, () => false).code),
    run: claim,
  },
  {
    id: 'invite',
    words: { zh: ['邀请'], en: ['invite'] },
    argument: true,
    knows: (argument, { facts }) =>
      isOrganizer(facts.grants) && ROLE_WORDS.has(fold(argument).split(' ')[0] ?? ''),
    run: invite,
  },
  {
    id: 'roles',
    words: { zh: ['角色'], en: ['roles'] },
    argument: true,
    knows: (argument, { facts }) => isOrganizer(facts.grants) && argument.startsWith('end '),
    run: roles,
  },
];

const REFUSED: Readonly<
  Record<Exclude<ClaimRefusal | EndRefusal, 'too-many-tries' | 'has-role' | 'for-team'> | 'not-allowed', Text>
> = {
  'bad-code': TEXTS.badCode,
  'not-allowed': TEXTS.notAllowed,
  'unknown-role': TEXTS.unknown,
  'last-owner': TEXTS.last,
};

const tell = (text: Text, { lang }: C, values: Values = {}): Told => ({
  replies: [{ kind: 'say', text: fill(text, lang, values) }],
});

function tellRefusal({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  if (reason === 'too-many-tries') return tell(TEXTS.tooMany, c, data as { minutes: number });
  if (reason === 'has-role') return tell(TEXTS.has, c, { role: roleName(data as Scope, c.lang) });
  return tell(REFUSED[reason as keyof typeof REFUSED], c);
}

const isOfTeam = (reason: string): boolean => reason === 'is-member' || reason === 'withdrawn';

function list(all: readonly Grant[], c: C): Told {
  const { facts, lang } = c;
  if (all.length === 0) return tell(TEXTS.none, c);
  const zone = facts.events[0]?.event.zone ?? ZONE;
  const choices = all.slice(-LISTED).map((one) => ({
    value: `roles end ${one.id}`,
    label: fill(TEXTS.line, lang, {
      role: roleName(one, lang),
      since: formatDay(one.at, zone, lang),
      note: one.note ?? 'none',
      you: one.person === facts.person.id ? 'yes' : 'no',
    }),
  }));
  return { replies: [{ kind: 'ask', text: TEXTS.roles[lang], choices }] };
}

/** What is told of roles, by effect. */
export const roleTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  claim: (outcome, c, { input }) => {
    if (!outcome.ok) return isOfTeam(outcome.reason) ? tellNotJoined(outcome, c) : tellRefusal(outcome, c);
    const given = outcome.data as Claimed | Stored;
    if ('project' in given) return askToJoin(given, String(input.code), c);
    return welcomed(given, c) ?? tell(TEXTS.claimed, c, { role: roleName(given, c.lang) });
  },
  invite: (outcome, c) => {
    if (!outcome.ok) return tellRefusal(outcome, c);
    const invited = outcome.data as Invited;
    const until = formatWhen(invited.until, c.facts.events[0]?.event.zone ?? ZONE, c.lang);
    return tell(TEXTS.invited, c, { code: invited.code, until, role: roleName(invited, c.lang) });
  },
  roles: (outcome, c) => (outcome.ok ? list(outcome.data as readonly Grant[], c) : tellRefusal(outcome, c)),
  'end-role': (outcome, c) =>
    outcome.ok
      ? tell(TEXTS.ended, c, { role: roleName(outcome.data as Grant, c.lang) })
      : tellRefusal(outcome, c),
};
