import { type Grant, isOrganizer, isReviewer, type Role } from '../src/domain/access.ts';
import type { Text } from '../src/text/text.ts';

/** A command as a channel's own menu shows it: `command` and `zh` are what pressing it says. */
export interface MenuCommand {
  readonly command: string;
  readonly zh: string;
  readonly label: Text;
}

/** The commands that everybody may use, the nearest first. */
export const commandMenu: readonly MenuCommand[] = [
  { command: 'register', zh: '报名', label: { zh: '报名', en: 'Register for an event' } },
  { command: 'mine', zh: '我的', label: { zh: '我的报名', en: 'My registrations and tickets' } },
  { command: 'agenda', zh: '日程', label: { zh: '活动日程', en: 'Agenda' } },
  { command: 'change', zh: '修改', label: { zh: '修改报名', en: 'Change a registration' } },
  { command: 'cancel', zh: '取消', label: { zh: '取消报名', en: 'Cancel a registration' } },
  { command: 'submit', zh: '提交项目', label: { zh: '提交项目', en: 'Submit a project' } },
  { command: 'language', zh: '语言', label: { zh: '切换语言', en: 'Language' } },
  { command: 'help', zh: '帮助', label: { zh: '帮助', en: 'Help' } },
];

const JUDGES: readonly MenuCommand[] = [
  { command: 'score', zh: '打分', label: { zh: '给项目打分', en: 'Score a project' } },
  { command: 'sheets', zh: '我的评分', label: { zh: '我的评分', en: 'My scores' } },
  { command: 'briefing', zh: '评委须知', label: { zh: '评委须知', en: 'What judges should know' } },
];
const HOSTS: readonly MenuCommand[] = [
  { command: 'now', zh: '现在', label: { zh: '台上和下一个', en: 'On stage now, and next' } },
  { command: 'next', zh: '下一个', label: { zh: '请下一个上台', en: 'Call the next one to the stage' } },
];
const ORGANIZERS: readonly MenuCommand[] = [
  { command: 'notice', zh: '通知', label: { zh: '群发通知', en: 'Send notices' } },
];
const REVIEWERS: readonly MenuCommand[] = [
  { command: 'review', zh: '审核', label: { zh: '审核项目', en: 'Review projects' } },
];
const CALLING: readonly MenuCommand[] = [
  ...REVIEWERS,
  {
    command: 'late',
    zh: '缺材料',
    label: { zh: '查看缺材料的项目', en: 'See which projects lack something' },
  },
  { command: 'manual', zh: '项目手册', label: { zh: '项目手册', en: 'The project manual' } },
  { command: 'export', zh: '导出', label: { zh: '导出项目和材料', en: 'Export projects and files' } },
];
const GRANTING: readonly MenuCommand[] = [
  { command: 'invite', zh: '邀请', label: { zh: '用认领码邀请', en: 'Invite people to roles' } },
  { command: 'roles', zh: '角色', label: { zh: '查看和收回角色', en: 'See and end roles' } },
];
/** A menu of more than a dozen is not read. */
const MOST = 12;
/** What organizers seldom do themselves, or find under `mine`; others too, when their menu is full. */
const SELDOM = ['change', 'cancel', 'submit'];

/** What roles bring, nearest first: on the day there is no time to look for it. */
function ownOf(grants: readonly Grant[], calls: boolean): readonly MenuCommand[] {
  const has = (wanted: Role) => grants.some(({ role }) => role === wanted);
  const organizing = [...ORGANIZERS, ...(calls ? CALLING : []), ...GRANTING];
  return [
    ...(has('judge') ? JUDGES : []),
    ...(has('host') ? HOSTS : []),
    ...(isOrganizer(grants) ? organizing : isReviewer(grants) ? REVIEWERS : []),
  ];
}

/**
 * The menu of somebody with these roles, their own commands first; undefined: it is the one that everybody has.
 * `calls`: one of the events that they organize calls for projects.
 */
export function menuOf(grants: readonly Grant[], calls: boolean): readonly MenuCommand[] | undefined {
  const own = ownOf(grants, calls);
  if (own.length === 0) return undefined;
  const isFull = isOrganizer(grants) || own.length + commandMenu.length > MOST;
  const common = isFull ? commandMenu.filter(({ command }) => !SELDOM.includes(command)) : commandMenu;
  // Help is the last one, and leads to whatever finds no room.
  return [...[...own, ...common.slice(0, -1)].slice(0, MOST - 1), ...common.slice(-1)];
}
