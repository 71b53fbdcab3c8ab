import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { isOrganizer, mayInvite } from '../src/domain/access.ts';
import { writeLocal } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Invitation, InvitationState, RevokeRefusal } from '../src/usecases/list-invitations.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';
import { moreChoice } from './review-words.ts';
import { eventAndPage, notAllowed, roleName, zoneOf } from './role-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  none: {
    zh: '还没有邀请记录。发送“邀请”可生成认领码。',
    en: 'Nobody has been invited yet. Send “invite” to make a code.',
  },
  head: {
    zh: '邀请记录{page, plural, =1 {} other {（第 # 页）}}：',
    en: 'Invitations{page, plural, =1 {} other { (page #)}}:',
  },
  open: { zh: '未使用（{count}）', en: 'Open ({count})' },
  used: { zh: '已使用（{count}）', en: 'Used ({count})' },
  expired: { zh: '已过期（{count}）', en: 'Expired ({count})' },
  revoked: { zh: '已撤销（{count}）', en: 'Revoked ({count})' },
  openLine: {
    zh: '- {mark} {role}{note, select, none {} other {，{note}}}，{at, select, none {长期有效} other {有效期至 {at}}}',
    en: '- {mark} {role}{note, select, none {} other {, {note}}}, {at, select, none {open for good} other {until {at}}}',
  },
  usedLine: {
    zh: '- {mark} {role}{note, select, none {} other {，{note}}}，{at} 认领{ended, select, yes {，角色已收回} other {}}',
    en: '- {mark} {role}{note, select, none {} other {, {note}}}, used {at}{ended, select, yes {, role taken back} other {}}',
  },
  expiredLine: {
    zh: '- {mark} {role}{note, select, none {} other {，{note}}}，{at} 过期',
    en: '- {mark} {role}{note, select, none {} other {, {note}}}, expired {at}',
  },
  revokedLine: {
    zh: '- {mark} {role}{note, select, none {} other {，{note}}}，{at} 撤销',
    en: '- {mark} {role}{note, select, none {} other {, {note}}}, revoked {at}',
  },
  revoke: { zh: '撤销：{mark} {who}', en: 'Revoke: {mark} {who}' },
  sure: {
    zh: '确定撤销邀请 {mark} 吗？撤销后，它的认领码和链接都不能再用。',
    en: 'Do you really want to revoke invitation {mark}? Its code and link will no longer work.',
  },
  yes: { zh: '确定撤销', en: 'Yes, revoke it' },
  no: { zh: '保留', en: 'Keep it' },
  kept: { zh: '好的，没有改动。', en: 'Fine, nothing was changed.' },
  done: {
    zh: '已撤销邀请 {mark}：{role}{note, select, none {} other {，{note}}}。',
    en: 'Invitation {mark} is revoked: {role}{note, select, none {} other {, {note}}}.',
  },
  unknown: {
    zh: '没有找到这个邀请。发送“邀请记录”可查看最新的记录。',
    en: 'That invitation was not found. Send “invites” for the current list.',
  },
  wasUsed: {
    zh: '这个认领码已被使用，不能撤销。要收回角色，请发送“角色”。',
    en: 'That code has been used, so it cannot be revoked. Send “roles” to take the role back.',
  },
} as const satisfies Record<string, Text>;

const PER_PAGE = 12;
const REVOKE = ['revoke', '撤销'];
const YES = ['yes', '是', '确定'];
const NO = ['no', '否'];

const isRevoking = (argument: string): boolean => REVOKE.includes(fold(argument).split(' ')[0] ?? '');

function invitations(argument: string, c: C): Action {
  if (!mayInvite(c.facts.grants)) return notAllowed(c);
  if (!isRevoking(argument)) return { effect: { kind: 'invitations', input: eventAndPage(argument, c) } };
  const [, mark = '', sure = ''] = fold(argument).split(' ');
  if (!/^[0-9a-f]{6,64}$/u.test(mark)) return tell(TEXTS.unknown, c);
  if (YES.includes(sure)) return { effect: { kind: 'revoke-invitation', input: { mark } } };
  if (NO.includes(sure)) return tell(TEXTS.kept, c);
  return offer(fill(TEXTS.sure, c.lang, { mark: mark.toUpperCase() }), [
    { value: `invites revoke ${mark} yes`, label: TEXTS.yes[c.lang] },
    { value: `invites revoke ${mark} no`, label: TEXTS.no[c.lang] },
  ]);
}

/** Who was invited to what, and what became of it. */
export const listingInvitations: Command<Facts> = {
  id: 'invites',
  words: { zh: ['邀请记录'], en: ['invites', 'invitations'] },
  argument: true,
  knows: (argument, { facts }) =>
    isOrganizer(facts.grants) &&
    (isRevoking(argument) || byCode(facts, argument.split(' ')[0] ?? '') !== undefined),
  run: invitations,
};

const LINES: Readonly<Record<InvitationState, Text>> = {
  open: TEXTS.openLine,
  used: TEXTS.usedLine,
  expired: TEXTS.expiredLine,
  revoked: TEXTS.revokedLine,
};

function lineOf(one: Invitation, c: C): string {
  return fill(LINES[one.state], c.lang, {
    mark: one.mark,
    role: roleName(one, one.about, c.lang),
    note: one.note ?? 'none',
    at: one.at ? writeLocal(one.at, zoneOf(one.about, c)) : 'none',
    ended: one.ended ? 'yes' : 'no',
  });
}

function tellAll(all: readonly Invitation[], { input }: Effect, c: C): Told {
  const { lang } = c;
  if (all.length === 0) return tell(TEXTS.none, c);
  const last = Math.ceil(all.length / PER_PAGE) - 1;
  const page = Math.min(last, Number(input.page));
  const shown = all.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const states = [...new Set(shown.map(({ state }) => state))];
  const groups = states.map((state) => {
    const count = all.filter((one) => one.state === state).length;
    const lines = shown.filter((one) => one.state === state).map((one) => lineOf(one, c));
    return [fill(TEXTS[state], lang, { count }), ...lines].join('\n');
  });
  const choices: Choice[] = shown
    .filter(({ state }) => state === 'open')
    .map((one) => ({
      value: `invites revoke ${one.mark}`,
      label: fill(TEXTS.revoke, lang, {
        mark: one.mark,
        who: one.note ?? roleName(one, one.about, lang),
      }),
    }));
  const event = c.facts.events.find((one) => one.event.id === input.event)?.event.code ?? '';
  const next = `invites ${event} page ${page + 2}`.replace('  ', ' ');
  const more = page < last ? [moreChoice(next, lang)] : [];
  const head = fill(TEXTS.head, lang, { page: page + 1 });
  return offer([head, ...groups].join('\n\n'), [...choices, ...more]);
}

const REFUSED: Readonly<Record<Exclude<RevokeRefusal, 'not-allowed'>, Text>> = {
  'unknown-invitation': TEXTS.unknown,
  used: TEXTS.wasUsed,
};

/** What is told of invitations, by effect. */
export const invitationTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  invitations: (outcome, c, effect) =>
    outcome.ok ? tellAll(outcome.data as readonly Invitation[], effect, c) : notAllowed(c),
  'revoke-invitation': (outcome, c) => {
    if (!outcome.ok)
      return outcome.reason === 'not-allowed'
        ? notAllowed(c)
        : tell(REFUSED[outcome.reason as keyof typeof REFUSED], c);
    const one = outcome.data as Invitation;
    const role = roleName(one, one.about, c.lang);
    return tell(TEXTS.done, c, { mark: one.mark, role, note: one.note ?? 'none' });
  },
};
