import type { Context } from '../src/conversation/flow.ts';
import { type Call, callClosed } from '../src/domain/call.ts';
import type { Event } from '../src/domain/event.ts';
import { deadlineOf, lockedBecause, type Project, projectCode } from '../src/domain/project.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts, MyProject } from '../src/usecases/load-facts.ts';

type C = Context<Facts>;

const TEXTS = {
  late: {
    zh: '项目 {code} 的提交已于 {when}截止，刚才的内容没有保存；截止前保存的内容都还在。如需补交，请联系主办方重新开放：{contact}',
    en: 'Project {code} could be changed until {when}, so what you sent last was not saved. Everything saved before is kept. The organizers can open it again: {contact}',
  },
  decided: {
    zh: '项目 {code} 已有审核结果，不能再修改。如有疑问，请联系：{contact}',
    en: 'Project {code} has been decided and can no longer be changed. If you have questions: {contact}',
  },
  withdrawn: {
    zh: '项目 {code} 已撤回。截止前发送“恢复项目 {code}”可恢复；截止后请联系：{contact}',
    en: 'Project {code} is withdrawn. Until the deadline, “restore {code}” brings it back; after that, ask the organizers: {contact}',
  },
  over: {
    zh: '“{title}”的项目征集已于 {when}截止。如需补交，请联系：{contact}',
    en: 'The call for projects of “{title}” closed on {when}. To hand something in late, please ask: {contact}',
  },
  notYet: {
    zh: '“{title}”的项目征集将于 {when}开始，届时请发送“提交项目”。',
    en: 'The call for projects of “{title}” opens on {when}. Please send “submit” then.',
  },
} as const satisfies Record<string, Text>;

/** The project that a form is about: the one that it was opened with, or the one that it has begun. */
export function projectIn({ facts, answers, run }: C): MyProject | undefined {
  const id = answers.project ?? run;
  return facts.projects.find(({ project }) => project.id === id);
}

export function projectIdIn({ answers, run }: C): string | undefined {
  return typeof answers.project === 'string' ? answers.project : run;
}

/** The event whose call a form answers, once it is known. */
export function calling(c: C): { readonly event: Event; readonly call: Call } | undefined {
  const found =
    projectIn(c)?.event ?? c.facts.events.find(({ event }) => event.id === c.answers.event)?.event;
  return found?.call ? { event: found, call: found.call } : undefined;
}

/** Live events that take projects now. */
export function openCalls(facts: Facts): readonly Event[] {
  return facts.events.flatMap(({ event }) =>
    event.call && callClosed(event.call, facts.now) === undefined ? [event] : [],
  );
}

/** Until when a project can be changed, with the zone. */
export function untilText({ project, event }: MyProject, lang: Lang): string {
  return event.call ? formatWhen(deadlineOf(project, event.call), event.zone, lang) : '';
}

/** Why a project cannot be changed now, in words; undefined: it can. */
export function lockedText({ project, event }: MyProject, { facts, lang }: C): string | undefined {
  const locked = event.call ? lockedBecause(project, event.call, facts.now) : 'decided';
  return locked && lockText(locked, { project, event }, lang);
}

export function lockText(locked: 'late' | 'decided' | 'withdrawn', of: MyProject, lang: Lang): string {
  return fill(TEXTS[locked], lang, {
    code: projectCode(of.project),
    when: untilText(of, lang),
    contact: of.event.contact[lang],
  });
}

/** Why nobody can begin a project for an event now, in words; undefined: they can. */
export function closedText({ title, contact, zone, call }: Event, { facts, lang }: C): string | undefined {
  const closed = call && callClosed(call, facts.now);
  if (!call || !closed) return undefined;
  const when = formatWhen(closed === 'over' ? call.closesAt : (call.opensAt ?? call.closesAt), zone, lang);
  return fill(closed === 'over' ? TEXTS.over : TEXTS.notYet, lang, {
    title: title[lang],
    when,
    contact: contact[lang],
  });
}

/** How a project is named among all of a person's: with its event where two have the same number. */
export function referenceOf(project: Project, { facts }: C): string {
  const code = projectCode(project);
  const twins = facts.projects.filter((one) => one.project.number === project.number);
  const event = facts.projects.find((one) => one.project.id === project.id)?.event;
  return twins.length > 1 && event ? `${code} ${event.code}` : code;
}
