import type { Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import { daysSince, lastChange, ownDeadline } from '../src/domain/deadline.ts';
import { type Project, projectCode, wordsOf } from '../src/domain/project.ts';
import { formatWhen, writeLocal } from '../src/domain/time.ts';
import { fill, type Text, type Values } from '../src/text/text.ts';
import type { Chasing } from '../src/usecases/chase-teams.ts';
import type { ExtendedAll } from '../src/usecases/extend-call.ts';
import type { Extended } from '../src/usecases/extend-deadline.ts';
import type { Late } from '../src/usecases/list-late.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Reopened } from '../src/usecases/reopen-project.ts';
import { missingText, projectName } from './deadline-letters.ts';
import { tellDeadlineRefusal } from './deadline-refusals.ts';
import { STATE_LABELS } from './project-words.ts';
import { offer } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  late: {
    zh: '“{title}”还有 {total} 个项目没有完成：{drafts} 个未提交，{incomplete} 个已提交但缺材料。\n截止时间：{until}',
    en: '“{title}”: {total, plural, one {# project is} other {# projects are}} not complete: {drafts} not submitted, {incomplete} submitted but lacking something.\nDeadline: {until}',
  },
  nobodyLate: {
    zh: '“{title}”没有未完成的项目。\n截止时间：{until}',
    en: '“{title}”: no project is incomplete.\nDeadline: {until}',
  },
  missing: { zh: '还缺：{parts}', en: 'missing: {parts}' },
  complete: { zh: '内容齐全', en: 'nothing is missing' },
  updated: {
    zh: '{days, plural, =0 {今天更新} =1 {昨天更新} other {# 天前更新}}',
    en: '{days, plural, =0 {changed today} =1 {changed yesterday} other {changed # days ago}}',
  },
  own: { zh: '单独截止：{until}', en: 'own deadline: {until}' },
  more: { zh: '更多', en: 'More' },
  toChase: { zh: '催交', en: 'Chase them' },
  toList: { zh: '查看名单', en: 'See who is late' },
  chase: {
    zh: '要提醒 {teams} 个团队（共 {people} 人）尽快完成吗？',
    en: 'Remind {teams, plural, one {# team} other {# teams}} ({people, plural, one {# person} other {# people}}) now?',
  },
  nobodyToChase: { zh: '目前没有可以催交的团队。', en: 'There is no team to chase at present.' },
  chasedLately: {
    zh: '{chased} 个团队 12 小时内已催过，这次不重复。',
    en: '{chased, plural, one {# team was chased within the last 12 hours and is left out.} other {# teams were chased within the last 12 hours and are left out.}}',
  },
  closed: {
    zh: '{closed} 个团队已过截止时间，不能再提交；需要时请先延期或重新开放。',
    en: '{closed, plural, one {# team is} other {# teams are}} past the deadline and can submit no more; extend it or reopen the project first, if need be.',
  },
  send: {
    zh: '催交 {teams} 个团队',
    en: 'Remind {teams, plural, one {# team} other {# teams}}',
  },
  chased: {
    zh: '已提醒 {teams} 个团队，共 {people} 人。12 小时内不会再催同一个团队。',
    en: '{teams, plural, one {# team} other {# teams}} ({people, plural, one {# person} other {# people}}) will be reminded. None of them can be chased again within 12 hours.',
  },
  extended: {
    zh: '{name}的截止时间由 {before}改为 {until}，已通知 {told} 位成员。\n要改回，请发送“{undo}”。',
    en: '{name}: the deadline was {before} and is now {until}. {told, plural, one {# member is} other {# members are}} told.\nTo take it back, send “{undo}”.',
  },
  notExtended: {
    zh: '{name}不再单独延期，截止时间为 {until}，已通知 {told} 位成员。\n要再次延期，请发送“{undo}”。',
    en: '{name} has no deadline of its own any more; it is {until}. {told, plural, one {# member is} other {# members are}} told.\nTo extend it again, send “{undo}”.',
  },
  extendedAll: {
    zh: '“{title}”的项目截止时间由 {before}改为 {until}，还没有完成的团队会收到通知。\n要改回，请发送“{undo}”。',
    en: '“{title}”: the deadline for projects was {before} and is now {until}. Teams that are not complete are told.\nTo take it back, send “{undo}”.',
  },
  reopened: {
    zh: '{name}已重新开放，团队可修改至 {until}，已通知 {told} 位成员。{dropped, select, yes {尚未公布的审核结果已作废。} other {}}\n要收回，请发送“{undo}”。',
    en: '{name} is open again: the team can change it until {until}. {told, plural, one {# member is} other {# members are}} told.{dropped, select, yes { The decision that was not published holds no more.} other {}}\nTo take it back, send “{undo}”.',
  },
  closedAgain: {
    zh: '{name}不再开放，已恢复为“{state}”，已通知 {told} 位成员。\n要再次开放，请发送“{undo}”。',
    en: '{name} is not open any more and is “{state}” again. {told, plural, one {# member is} other {# members are}} told.\nTo reopen it, send “{undo}”.',
  },
  undoExtended: { zh: '延期 {code} {time} {event}', en: 'extend {code} {time} {event}' },
  undoAll: { zh: '全部延期 {time} {event}', en: 'extend all {time} {event}' },
  undoReopened: { zh: '重新开放 {code} {time} {event}', en: 'reopen {code} {time} {event}' },
  reopenAgain: { zh: '重新开放 {code} {event}', en: 'reopen {code} {event}' },
  off: { zh: '取消', en: 'off' },
  now: { zh: '现在', en: 'now' },
  twoDays: { zh: '2天', en: '2d' },
} as const satisfies Record<string, Text>;

const say = (text: string): Told => ({ replies: [{ kind: 'say', text }] });

/** A project in the list of who is late, in two lines. */
function line(project: Project, { event }: Late, { lang, facts }: C): string {
  const missing = missingText(project, event, lang);
  const own = ownDeadline(project, event.call);
  const organization = wordsOf(project, 'organization');
  const details = [
    STATE_LABELS[project.state][lang],
    fill(TEXTS.updated, lang, { days: daysSince(lastChange(project), facts.now, event.zone) }),
    ...(own ? [fill(TEXTS.own, lang, { until: formatWhen(own, event.zone, lang) })] : []),
    missing === undefined ? TEXTS.complete[lang] : fill(TEXTS.missing, lang, { parts: missing }),
  ];
  const head = [projectName(project, lang), ...(organization ? [organization] : [])].join(' · ');
  return [head, details.join(lang === 'zh' ? '；' : '; ')].join('\n');
}

function tellLate(late: Late, c: C): Told {
  const { event, drafts, incomplete, page, next } = late;
  const values = {
    title: event.title[c.lang],
    total: drafts + incomplete,
    drafts,
    incomplete,
    until: formatWhen(event.call.closesAt, event.zone, c.lang),
  };
  if (values.total === 0) return say(fill(TEXTS.nobodyLate, c.lang, values));
  const text = [fill(TEXTS.late, c.lang, values), ...page.map((one) => line(one, late, c))].join('\n\n');
  const more: Choice[] =
    next === null ? [] : [{ value: `late from ${next} ${event.code}`, label: TEXTS.more[c.lang] }];
  return offer(text, [...more, { value: `chase ${event.code}`, label: TEXTS.toChase[c.lang] }]);
}

/** Those that a chasing leaves out, and why; a sentence each. */
function leftOut({ chased, closed }: Chasing, { lang }: C): readonly string[] {
  return [
    ...(chased > 0 ? [fill(TEXTS.chasedLately, lang, { chased })] : []),
    ...(closed > 0 ? [fill(TEXTS.closed, lang, { closed })] : []),
  ];
}

/** Asks whether to chase so many, or says that there is nobody. */
export function askChase(chasing: Chasing, c: C, first: readonly string[] = []): Told {
  const { event, teams, people } = chasing;
  const question = teams > 0 ? fill(TEXTS.chase, c.lang, { teams, people }) : TEXTS.nobodyToChase[c.lang];
  const list = { value: `late ${event.code}`, label: TEXTS.toList[c.lang] };
  const send = {
    value: `chase send ${teams} ${event.code}`,
    label: fill(TEXTS.send, c.lang, { teams }),
  };
  return offer([...first, question, ...leftOut(chasing, c)].join('\n'), teams > 0 ? [send, list] : [list]);
}

/** Words with the command that takes back what they tell, to be typed or pressed. */
function undoable(text: Text, undo: Text, words: Values, c: C, values: Values): Told {
  const command = fill(undo, c.lang, words);
  return offer(fill(text, c.lang, { ...values, undo: command }), [{ value: command, label: command }]);
}

function tellExtended({ event, project, before, until, told }: Extended, c: C): Told {
  const { lang, facts } = c;
  const had = before && before > event.call.closesAt ? before : event.call.closesAt;
  const isOwn = had > event.call.closesAt && had > facts.now;
  const values = {
    name: projectName(project, lang),
    before: formatWhen(had, event.zone, lang),
    until: formatWhen(until, event.zone, lang),
    told,
  };
  const words = { code: projectCode(project), event: event.code };
  if (project.extendedUntil) {
    const time = isOwn ? writeLocal(had, event.zone) : TEXTS.off[lang];
    return undoable(TEXTS.extended, TEXTS.undoExtended, { ...words, time }, c, values);
  }
  const time = isOwn ? writeLocal(had, event.zone) : TEXTS.twoDays[lang];
  return undoable(TEXTS.notExtended, TEXTS.undoExtended, { ...words, time }, c, values);
}

function tellExtendedAll({ event, before }: ExtendedAll, c: C): Told {
  const time = before > c.facts.now ? writeLocal(before, event.zone) : TEXTS.now[c.lang];
  return undoable(TEXTS.extendedAll, TEXTS.undoAll, { time, event: event.code }, c, {
    title: event.title[c.lang],
    before: formatWhen(before, event.zone, c.lang),
    until: formatWhen(event.call.closesAt, event.zone, c.lang),
  });
}

function tellReopened({ event, project, until, told, dropped }: Reopened, c: C, isOpen: boolean): Told {
  const words = { code: projectCode(project), event: event.code, time: TEXTS.off[c.lang] };
  const values = {
    name: projectName(project, c.lang),
    until: formatWhen(until, event.zone, c.lang),
    told,
    dropped: dropped ? 'yes' : 'no',
    state: STATE_LABELS[project.state][c.lang],
  };
  return isOpen
    ? undoable(TEXTS.reopened, TEXTS.undoReopened, words, c, values)
    : undoable(TEXTS.closedAgain, TEXTS.reopenAgain, words, c, values);
}

type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

function telling<T>(tell: (data: T, c: C, effect: Effect) => Told): Teller {
  return (outcome, c, effect) => {
    if (outcome.ok) return tell(outcome.data as T, c, effect);
    if (outcome.reason === 'count-changed') return askChase(outcome.data as Chasing, c);
    return tellDeadlineRefusal(outcome, c, effect);
  };
}

/** What is told of deadlines, by effect. */
export const deadlineTellers: Readonly<Record<string, Teller>> = {
  late: telling(tellLate),
  'count-chased': telling<Chasing>((chasing, c) => askChase(chasing, c)),
  chase: telling<Chasing>((chasing, c) =>
    say(
      [
        fill(TEXTS.chased, c.lang, { teams: chasing.teams, people: chasing.people }),
        ...leftOut(chasing, c),
      ].join('\n'),
    ),
  ),
  'extend-project': telling(tellExtended),
  'extend-call': telling(tellExtendedAll),
  'reopen-project': telling<Reopened>((data, c, { input }) => tellReopened(data, c, input.until !== null)),
};
