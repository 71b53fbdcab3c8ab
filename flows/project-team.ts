import type { Action, Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Outcome } from '../src/conversation/types.ts';
import { type Project, projectCode, titleOf } from '../src/domain/project.ts';
import { isLead } from '../src/domain/project-team.ts';
import { formatDay, formatWhen } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Stored } from '../src/usecases/alter-project.ts';
import type { Facts, MyProject } from '../src/usecases/load-facts.ts';
import type { MateInvited, Team, TeamMate } from '../src/usecases/project-team.ts';
import { referenceOf } from './submission-context.ts';
import { type Teller, tellLocked } from './submission-tellers.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  team: { zh: '项目 {code} 的成员：', en: 'The team of project {code}:' },
  mate: {
    zh: '- {name}（{lead, select, yes {负责人，} other {}}{since}加入{you, select, yes {，您本人} other {}}）',
    en: '- {name} ({lead, select, yes {lead, } other {}}since {since}{you, select, yes {, you} other {}})',
  },
  nameless: { zh: '成员', en: 'Member' },
  invite: { zh: '邀请队友', en: 'Invite a team mate' },
  remove: { zh: '移除：{name}（{since}加入）', en: 'Remove: {name} (since {since})' },
  leave: { zh: '退出项目', en: 'Leave the project' },
  sureRemove: {
    zh: '确定移除这位成员吗？移除后对方不能再查看和修改项目 {code}。',
    en: 'Do you really want to remove this member? They will no longer see or change project {code}.',
  },
  sureLeave: {
    zh: '确定退出项目 {code} 吗？退出后您不能再查看和修改它{lead, select, yes {，负责人由最早加入的队友接任} other {}}。',
    en: 'Do you really want to leave project {code}? You will no longer see or change it{lead, select, yes {, and whoever has been in the team longest takes the lead} other {}}.',
  },
  yes: { zh: '确定', en: 'Yes' },
  no: { zh: '不，保持不变', en: 'No, leave it as it is' },
  kept: { zh: '好的，没有改动。', en: 'Fine, nothing was changed.' },
  code: {
    zh: '请把下面这句话转给队友：\n\n认领 {code}\n\n对方发给我并确认后，就能一起填写和修改项目 {project}。认领码只能使用一次，有效期至 {until}。',
    en: 'Pass this on to your team mate:\n\nclaim {code}\n\nOnce they have sent it to me and agreed, you can fill in and change project {project} together. It works once, until {until}.',
  },
  sureJoin: {
    zh: '这个认领码邀请您加入项目 {code}：{title}（{event}）。加入后，您可以和队友一起填写、修改和提交它，队友能看到您写的内容。要加入吗？',
    en: 'This code invites you to the team of project {code}: {title} ({event}). You could fill in, change and submit it together, and your team mates would see what you write. Would you like to join?',
  },
  join: { zh: '加入', en: 'Join' },
  notJoin: { zh: '不加入', en: 'Do not join' },
  notJoined: {
    zh: '好的，没有加入，认领码没有用掉。',
    en: 'Fine, you have not joined, and the code is unused.',
  },
  joined: {
    zh: '您已加入项目 {code}：{title}。发送“修改项目 {code}”可一起填写和修改，发送“项目 {code}”可查看。',
    en: 'You have joined project {code}: {title}. Send “edit {code}” to work on it, “project {code}” to see it.',
  },
  badCode: {
    zh: '这个认领码无效：可能输入有误、已过期或已使用过。请向发给您的人索取新的认领码。',
    en: 'That claim code is not valid: it may be mistyped, expired or used already. Please ask whoever sent it for a new one.',
  },
  tooMany: {
    zh: '认领码错误次数过多，请 {minutes} 分钟后再试。',
    en: 'Too many wrong codes. Please try again in {minutes, plural, one {# minute} other {# minutes}}.',
  },
  isMember: {
    zh: '您已经是项目 {code} 的成员，认领码没有用掉，可以交给别人。',
    en: 'You are of the team of project {code} already. The code is unused, so somebody else can have it.',
  },
  joinWithdrawn: {
    zh: '项目 {code} 已撤回，现在不能加入。请先请队友恢复它。',
    en: 'Project {code} is withdrawn, so you cannot join it now. Please ask its team to restore it first.',
  },
  removed: { zh: '已移除这位成员。', en: 'That member is removed.' },
  left: { zh: '您已退出项目 {code}。', en: 'You have left project {code}.' },
  notLead: {
    zh: '只有负责人可以移除成员。您可以发送“队友 {code}”查看负责人是谁。',
    en: 'Only the lead can remove members. Send “team {code}” to see who that is.',
  },
  lastMember: {
    zh: '您是项目 {code} 唯一的成员，不能退出。不再参加的话，请发送“撤回项目 {code}”。',
    en: 'You are the only member of project {code}, so you cannot leave it. If you no longer take part, send “withdraw {code}”.',
  },
  noMember: {
    zh: '没有找到这位成员，可能已经退出。发送“队友 {code}”可查看最新名单。',
    en: 'That member was not found and may have left. Send “team {code}” for the current list.',
  },
} as const satisfies Record<string, Text>;

const INVITE = ['invite', '邀请'];
const LEAVE = ['leave', '退出'];
const REMOVE = ['remove', '移除'];

/** What is done about the team of a project: `invite`, `leave`, `remove ID`, or it is shown. */
export function team({ project }: MyProject, [word = '', ...rest]: readonly string[], c: C): Action {
  const effect = (kind: string, more: Record<string, unknown> = {}): Action => ({
    effect: { kind, input: { project: project.id, ...more } },
  });
  const me = c.facts.person.id;
  if (INVITE.includes(word)) return effect('invite-mate');
  const isLeaving = LEAVE.includes(word);
  if (!isLeaving && !REMOVE.includes(word)) return effect('team');
  const [said = '', sure = ''] = isLeaving ? [me, ...rest] : rest;
  const member = project.members.find(({ person }) => person.toLowerCase() === said.toLowerCase())?.person;
  if (sure === 'no') return tell(TEXTS.kept, c);
  if (!member) return tell(TEXTS.noMember, c, { code: referenceOf(project, c) });
  if (sure === 'yes') return effect('remove-member', { member });
  return ask(project, isLeaving ? 'leave' : `remove ${member}`, c);
}

function ask(project: Project, what: string, c: C): Action {
  const code = referenceOf(project, c);
  const lead = isLead(project, c.facts.person.id) ? 'yes' : 'no';
  const text = what === 'leave' ? TEXTS.sureLeave : TEXTS.sureRemove;
  return offer(fill(text, c.lang, { code, lead }), [
    { value: `team ${code} ${what} yes`, label: TEXTS.yes[c.lang] },
    { value: `team ${code} ${what} no`, label: TEXTS.no[c.lang] },
  ]);
}

function tellTeam({ project, event, mates }: Team, c: C): Told {
  const { lang, facts } = c;
  const me = facts.person.id;
  const ref = referenceOf(project, c);
  const words = ({ name, since }: TeamMate) => ({
    name: name ?? TEXTS.nameless[lang],
    since: formatDay(since, event.zone, lang),
  });
  const lines = mates.map((mate) =>
    fill(TEXTS.mate, lang, {
      ...words(mate),
      lead: mate.lead ? 'yes' : 'no',
      you: mate.person === me ? 'yes' : 'no',
    }),
  );
  const others = isLead(project, me) ? mates.filter(({ person }) => person !== me) : [];
  const choices: Choice[] = [
    { value: `team ${ref} invite`, label: TEXTS.invite[lang] },
    ...others.map((mate) => ({
      value: `team ${ref} remove ${mate.person}`,
      label: fill(TEXTS.remove, lang, words(mate)),
    })),
    ...(mates.length > 1 ? [{ value: `team ${ref} leave`, label: TEXTS.leave[lang] }] : []),
  ];
  return offer([fill(TEXTS.team, lang, { code: ref }), ...lines].join('\n'), choices);
}

/** Asks before somebody joins a team: whoever sent them the code may have meant something else. */
export function askToJoin({ project, event }: Stored, code: string, { lang }: C): Told {
  const text = fill(TEXTS.sureJoin, lang, {
    code: projectCode(project),
    title: titleOf(project, lang),
    event: event.title[lang],
  });
  return offer(text, [
    { value: `claim ${code} yes`, label: TEXTS.join[lang] },
    { value: `claim ${code} no`, label: TEXTS.notJoin[lang] },
  ]);
}

/** What answers the question whether to join. */
export function answerToJoin(code: string, answer: 'yes' | 'no', c: C): Action {
  return answer === 'yes' ? { effect: { kind: 'join-team', input: { code } } } : tell(TEXTS.notJoined, c);
}

/** Why nobody joins by a code. */
export function tellNotJoined({ reason, data }: Extract<Outcome, { ok: false }>, c: C): Told {
  if (reason === 'too-many-tries')
    return tell(TEXTS.tooMany, c, { minutes: (data as { minutes: number }).minutes });
  if (reason !== 'is-member' && reason !== 'withdrawn') return tell(TEXTS.badCode, c);
  const code = projectCode((data as Stored).project);
  return tell(reason === 'is-member' ? TEXTS.isMember : TEXTS.joinWithdrawn, c, { code });
}

function tellRemoved(outcome: Outcome, c: C, member: unknown): Told {
  const { project } = (outcome.data ?? {}) as Partial<Stored>;
  const code = project ? projectCode(project) : '';
  if (outcome.ok) return tell(member === c.facts.person.id ? TEXTS.left : TEXTS.removed, c, { code });
  if (outcome.reason === 'not-lead') return tell(TEXTS.notLead, c, { code });
  if (outcome.reason === 'last-member') return tell(TEXTS.lastMember, c, { code });
  return tellLocked(outcome, c) ?? tell(TEXTS.noMember, c, { code });
}

/** What is told of teams, by effect. */
export const teamTellers: Readonly<Record<string, Teller>> = {
  team: (outcome, c) =>
    outcome.ok ? tellTeam(outcome.data as Team, c) : (tellLocked(outcome, c) ?? tell(TEXTS.badCode, c)),
  'invite-mate': (outcome, c) => {
    if (!outcome.ok) return tellLocked(outcome, c) ?? tell(TEXTS.badCode, c);
    const { code, until, project, event } = outcome.data as MateInvited;
    return tell(TEXTS.code, c, {
      code,
      project: referenceOf(project, c),
      until: formatWhen(until, event.zone, c.lang),
    });
  },
  'join-team': (outcome, c) => {
    if (!outcome.ok) return tellNotJoined(outcome, c);
    const { project } = outcome.data as Stored;
    return tell(TEXTS.joined, c, { code: referenceOf(project, c), title: titleOf(project, c.lang) });
  },
  'remove-member': (outcome, c, { input }) => tellRemoved(outcome, c, input.member),
};
