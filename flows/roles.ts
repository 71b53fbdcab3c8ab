import type { Action, Command, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import { fold } from '../src/conversation/words.ts';
import { isOrganizer, isOwner, mayInvite } from '../src/domain/access.ts';
import { isEventRole, partsFor } from '../src/domain/event-role.ts';
import { codeSchema } from '../src/domain/questions.ts';
import { formatDay } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Ending, EndRefusal, Given } from '../src/usecases/end-role.ts';
import type { Invited, InviteRefusal } from '../src/usecases/invite-to-role.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { invitationTellers, listingInvitations } from './invitations.ts';
import { tellInvited } from './invited.ts';
import { moreChoice } from './review-words.ts';
import { claiming, claimTellers } from './role-claim.ts';
import { eventRoleChoices, inviteToEvent } from './role-invite.ts';
import { eventAndPage, notAllowed, ROLE_NAMES, roleIn, roleName, zoneOf } from './role-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  whichInvite: {
    zh: '要邀请谁？请点选，或发送“邀请 主办方 办公室代码 备注”，例如：邀请 主办方 {office} 联络组',
    en: 'Whom would you like to invite? Tap a choice, or send “invite organizer”, the office and a note, for example: invite organizer {office} liaison team',
  },
  whichOfEvent: { zh: '要邀请谁？请点选：', en: 'Whom would you like to invite? Tap a choice:' },
  nothingToInvite: {
    zh: '目前没有您主办的活动，无法邀请。',
    en: 'You organize no event at present, so there is nothing to invite anybody to.',
  },
  inviteOwner: { zh: '邀请管理员', en: 'Invite an owner' },
  inviteOrganizer: { zh: '邀请主办方：{office}', en: 'Invite an organizer: {office}' },
  inviteRole: { zh: '邀请{role}', en: 'Invite {role}' },
  unknownEvent: {
    zh: '这个活动或赛道已有变动，没有生成认领码。请重新发送“邀请”。',
    en: 'That event or track has changed, so no code was made. Please send “invite” again.',
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
  /** Short, as a button has little room: the event by its code. */
  within: {
    zh: '{role}（{part, select, none {} other {{part}，}}{event}）{note, select, none {} other {：{note}}}{you, select, yes {（您本人）} other {}}',
    en: '{role} ({part, select, none {} other {{part}, }}{event}){note, select, none {} other {: {note}}}{you, select, yes { (you)} other {}}',
  },
  sureEnd: {
    zh: '要收回的角色：{role}{note, select, none {} other {，{note}}}。确定收回吗？收回后立即生效。{sheets, plural, =0 {} other {这位评委已有的 # 张评分表原样保留，邀请记录中会注明角色已收回。}}',
    en: 'The role to take back: {role}{note, select, none {} other {, {note}}}. Do you really want to take it back? It takes effect at once.{sheets, plural, =0 {} one { The # score sheet of this judge stays as it is, and “invites” marks the role as taken back.} other { The # score sheets of this judge stay as they are, and “invites” marks the role as taken back.}}',
  },
  yesEnd: { zh: '确定收回', en: 'Yes, take it back' },
  noEnd: { zh: '保留', en: 'Keep it' },
  kept: { zh: '好的，没有改动。', en: 'Fine, nothing was changed.' },
  ended: {
    zh: '已收回：{role}{note, select, none {} other {，{note}}}。{sheets, plural, =0 {} other {已有的 # 张评分表保留。}}',
    en: 'Taken back: {role}{note, select, none {} other {, {note}}}.{sheets, plural, =0 {} one { # score sheet stays.} other { # score sheets stay.}}',
  },
  unknown: {
    zh: '没有找到这一项，可能已经收回。发送“角色”可查看最新名单。',
    en: 'That role was not found; it may have been taken back already. Send “roles” for the current list.',
  },
  last: {
    zh: '这是唯一的管理员，不能收回。请先邀请另一位管理员：发送“邀请 管理员”。',
    en: 'This is the only owner, so it cannot be taken back. Invite another one first: send “invite owner”.',
  },
} as const satisfies Record<string, Text>;

const NOTE_MAX = 60;
const LISTED = 20;

/** Offices that a person can name: those of the events that are known here. */
function officesOf({ facts }: C): readonly string[] {
  const offices = facts.events.map(({ event }) => event.office);
  return [...new Set(offices)].sort();
}

function invite(argument: string, c: C): Action {
  if (!mayInvite(c.facts.grants)) return notAllowed(c);
  const { role, rest } = roleIn(argument) ?? { role: undefined, rest: '' };
  if (role && isEventRole(role)) return inviteToEvent(role, rest, c);
  const give = (office: string | null, words: string): Action => {
    const notes = [words.trim().slice(0, NOTE_MAX) || null];
    return { effect: { kind: 'invite', input: { role, office, event: null, part: null, notes } } };
  };
  if (role === 'owner') return give(null, rest);
  const [office = '', ...words] = rest.split(' ');
  const named = codeSchema.safeParse(fold(office));
  return role === 'organizer' && named.success ? give(named.data, words.join(' ')) : askWhom(c);
}

function askWhom(c: C): Action {
  const { lang, facts } = c;
  const ofEvents = eventRoleChoices(c, (role) =>
    fill(TEXTS.inviteRole, lang, { role: ROLE_NAMES[role][lang] }),
  );
  if (!isOwner(facts.grants))
    return offer((ofEvents.length > 0 ? TEXTS.whichOfEvent : TEXTS.nothingToInvite)[lang], ofEvents);
  const offices = officesOf(c);
  return offer(fill(TEXTS.whichInvite, lang, { office: offices[0] ?? 'local-coop' }), [
    ...offices.map((one) => ({
      value: `invite organizer ${one}`,
      label: fill(TEXTS.inviteOrganizer, lang, { office: one }),
    })),
    { value: 'invite owner', label: TEXTS.inviteOwner[lang] },
    ...ofEvents,
  ]);
}

function roles(argument: string, c: C): Action {
  if (!mayInvite(c.facts.grants)) return notAllowed(c);
  const [word = '', grant = '', sure = ''] = argument.trim().split(/\s+/u);
  if (word !== 'end' || grant === '') return { effect: { kind: 'roles', input: eventAndPage(argument, c) } };
  if (sure === 'no') return tell(TEXTS.kept, c);
  return {
    effect: { kind: sure === 'yes' ? 'end-role' : 'weigh-role', input: { grant: grant.slice(0, 64) } },
  };
}

/** Roles: given by code, listed and taken back. */
export const roleCommands: readonly Command<Facts>[] = [
  claiming,
  {
    id: 'invite',
    words: { zh: ['邀请'], en: ['invite'] },
    argument: true,
    knows: (argument, { facts }) => isOrganizer(facts.grants) && roleIn(argument) !== undefined,
    run: invite,
  },
  listingInvitations,
  {
    id: 'roles',
    words: { zh: ['角色'], en: ['roles'] },
    argument: true,
    knows: (argument, { facts }) => isOrganizer(facts.grants) && argument.startsWith('end '),
    run: roles,
  },
];

const REFUSED: Readonly<Record<Exclude<EndRefusal | InviteRefusal, 'not-allowed'>, Text>> = {
  'unknown-event': TEXTS.unknownEvent,
  'unknown-role': TEXTS.unknown,
  'last-owner': TEXTS.last,
};

function tellRefusal({ reason }: Extract<Outcome, { ok: false }>, c: C): Told {
  return reason === 'not-allowed' ? notAllowed(c) : tell(REFUSED[reason as keyof typeof REFUSED], c);
}

/** How a role reads among others. */
function labelOf(one: Given, c: C): string {
  const { about, role, part, note } = one;
  const { lang, facts } = c;
  const values = { note: note ?? 'none', you: one.person === facts.person.id ? 'yes' : 'no' };
  if (about) {
    const named = partsFor(role, about.call).find(({ code }) => code === part)?.name[lang];
    return fill(TEXTS.within, lang, {
      ...values,
      role: ROLE_NAMES[role][lang],
      part: named ?? part ?? 'none',
      event: about.code,
    });
  }
  const since = formatDay(one.at, zoneOf(about, c), lang);
  return fill(TEXTS.line, lang, { ...values, role: roleName(one, about, lang), since });
}

function list(all: readonly Given[], { input }: Effect, c: C): Told {
  const { facts, lang } = c;
  if (all.length === 0) return tell(TEXTS.none, c);
  const last = Math.ceil(all.length / LISTED) - 1;
  const page = Math.min(last, Number(input.page));
  // The newest stand on the first page, in the order in which they were given.
  const shown = all.slice(Math.max(0, all.length - (page + 1) * LISTED), all.length - page * LISTED);
  const choices = shown.map(
    (one): Choice => ({
      value: `roles end ${one.id}`,
      label: labelOf(one, c),
    }),
  );
  const event = facts.events.find((one) => one.event.id === input.event)?.event.code ?? '';
  const next = `roles ${event} page ${page + 2}`.replace('  ', ' ');
  return offer(TEXTS.roles[lang], [...choices, ...(page < last ? [moreChoice(next, lang)] : [])]);
}

const valuesOf = (ending: Ending, { lang }: C) => ({
  role: roleName(ending, ending.about, lang),
  note: ending.note ?? 'none',
  sheets: ending.sheets,
});

function askToEnd(ending: Ending, c: C): Told {
  return offer(fill(TEXTS.sureEnd, c.lang, valuesOf(ending, c)), [
    { value: `roles end ${ending.id} yes`, label: TEXTS.yesEnd[c.lang] },
    { value: `roles end ${ending.id} no`, label: TEXTS.noEnd[c.lang] },
  ]);
}

/** What is told of roles, by effect. */
export const roleTellers: Readonly<Record<string, (outcome: Outcome, c: C, effect: Effect) => Told>> = {
  ...claimTellers,
  ...invitationTellers,
  invite: (outcome, c) => (outcome.ok ? tellInvited(outcome.data as Invited, c) : tellRefusal(outcome, c)),
  roles: (outcome, c, effect) =>
    outcome.ok ? list(outcome.data as readonly Given[], effect, c) : tellRefusal(outcome, c),
  'weigh-role': (outcome, c) => (outcome.ok ? askToEnd(outcome.data as Ending, c) : tellRefusal(outcome, c)),
  'end-role': (outcome, c) =>
    outcome.ok ? tell(TEXTS.ended, c, valuesOf(outcome.data as Ending, c)) : tellRefusal(outcome, c),
};
