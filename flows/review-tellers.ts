import type { Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Effect, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { type Project, projectCode, VERDICTS, wordsOf } from '../src/domain/project.ts';
import { fill, type Text, type Values } from '../src/text/text.ts';
import type { Decided } from '../src/usecases/decide-project.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Pending, Published } from '../src/usecases/publish-decisions.ts';
import type { ShownReview, Waiting } from '../src/usecases/review-projects.ts';
import type { Reviewed } from '../src/usecases/reviewed-project.ts';
import { beginForm } from './decision-forms.ts';
import { STATE_LABELS, VERDICT_LABELS } from './project-words.ts';
import { decisionLines, nextChoice, shownReview } from './review-shown.ts';
import { askEvent, fieldOf, moreChoice, noReviewer, projectLine, reviewed } from './review-words.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const TEXTS = {
  waiting: {
    zh: '“{title}”：{part, select, none {} other {{part} · }}待审核 {count, number} 项{page, select, 1 {} other {（第 {page} 页）}}',
    en: '“{title}”: {part, select, none {} other {{part}, }}{count, plural, =0 {no project waits} one {# project waits} other {# projects wait}} for review{page, select, 1 {} other { (page {page})}}',
  },
  state: { zh: '{state} {count, number}', en: '{count, number} {state}' },
  pending: { zh: '已决定、待公布 {count, number}', en: '{count, number} decided and not published' },
  field: {
    zh: '{field} {count, number} 项：发送“审核 {code}”',
    en: '{field}, {count, number}: send “review {code}”',
  },
  alone: {
    zh: '审核人都已回避，请主办方处理：{projects}',
    en: 'Every reviewer stands back from these: {projects}',
  },
  openNext: { zh: '请选择一个项目：', en: 'Choose a project:' },
  event: { zh: '{title}（待审核 {count, number}）', en: '{title} ({count, number} waiting)' },
  events: { zh: '您审核几个活动的项目，请选择：', en: 'You review projects of several events. Which one?' },
  row: { zh: '{project} · {field}', en: '{project} · {field}' },
  decisions: { zh: '审核结果', en: 'Decisions' },
  decided: {
    zh: '已记录：{project}，{verdict}。公布之前团队看不到。撤销请发送“撤销决定 {code}”。',
    en: 'Noted: {project}, {verdict}. The team is not told before it is published. To take it back, send “undecide {code}”.',
  },
  superseded: {
    zh: '此前第 {number} 次的决定（{verdict}）不再有效。',
    en: 'It takes the place of decision {number} ({verdict}).',
  },
  replaces: {
    zh: '团队此前收到的结果是“{verdict}”，公布后会收到更正。',
    en: 'The team was told “{verdict}” before; once this is published, they are told that it changed.',
  },
  undone: {
    zh: '已撤销对“{project}”的决定，现在没有待公布的决定。',
    en: 'The decision on {project} is taken back; none is pending now.',
  },
  noted: {
    zh: '已记下对“{project}”的备注，团队看不到。',
    en: 'Your note on {project} is kept. No team reads it.',
  },
  sureConflict: {
    zh: '确定回避“{project}”吗？回避后它不再出现在您的列表里，您不能再对它作决定或查看备注，且不能自行恢复。',
    en: 'Do you want to stand back from {project}? It leaves your list, you can no longer decide on it or read its notes, and you cannot undo this yourself.',
  },
  yesConflict: { zh: '确定回避', en: 'Yes, stand back' },
  stoodBack: {
    zh: '您已回避“{project}”，它不再出现在您的列表里。',
    en: 'You stand back from {project}. It is no longer on your list.',
  },
  inConflict: {
    zh: '您已回避这个项目，不能查看或作决定。发送“审核”可查看其他项目。',
    en: 'You stand back from that project, so you can neither open it nor decide on it. Send “review” for the others.',
  },
  onlyOrganizers: {
    zh: '审核结果由活动主办方公布，路演也由主办方安排。',
    en: 'The organizers of the event publish decisions and plan the slots.',
  },
  unknown: {
    zh: '没有找到您可以审核的项目 {code}。发送“审核”可查看全部。',
    en: 'There is no project {code} that you review. Send “review” to see yours.',
  },
  wrongState: {
    zh: '“{project}”的状态是“{state}”，现在不能这样做。',
    en: '{project} is {state}, so this cannot be done now.',
  },
  past: {
    zh: '修改截止时间已过，请重新填写。',
    en: 'The time for the changes is over. Please send another one.',
  },
  noMessage: {
    zh: '请至少选择一项内容，并写明如何修改。',
    en: 'Please choose at least one part and write what to change.',
  },
  tooMany: {
    zh: '这个项目的备注已满，没有保存。',
    en: 'There are too many notes on that project already, so this one was not kept.',
  },
  nothingPending: {
    zh: '“{project}”没有待公布的决定。',
    en: 'There is no decision on {project} that waits to be published.',
  },
  stale: {
    zh: '“{project}”的修改期限已过，请先发送“要求修改 {code}”重新设定。',
    en: 'The time for the changes to {project} is over. Please send “changes {code}” to set another one first.',
  },
  toPublish: {
    zh: '“{title}”有 {count, number} 项审核结果待公布：',
    en: '“{title}”: {count, plural, one {# decision waits} other {# decisions wait}} to be published.',
  },
  nothing: { zh: '“{title}”没有待公布的审核结果。', en: '“{title}”: no decision waits to be published.' },
  verdict: { zh: '{verdict} {count, number} 项：{projects}', en: '{verdict}, {count, number}: {projects}' },
  staleLine: {
    zh: '修改期限已过，需重新决定：{projects}',
    en: 'Their time for changes is over, so they have to be decided anew: {projects}',
  },
  publishAll: {
    zh: '公布并通知 {count, number} 个团队',
    en: 'Publish and tell {count, plural, one {# team} other {# teams}}',
  },
  countChanged: {
    zh: '数量有变，还没有公布。请重新确认：',
    en: 'The number has changed meanwhile, so nothing was published. Please confirm again:',
  },
  published: {
    zh: '已公布 {count, number} 项审核结果，正在通知各团队。',
    en: '{count, plural, one {# decision is} other {# decisions are}} published. The teams are being told.',
  },
  sureOne: {
    zh: '公布“{project}”的决定并通知团队吗？',
    en: 'Publish the decision on {project} and tell the team?',
  },
  yesOne: { zh: '公布并通知团队', en: 'Publish and tell the team' },
  publishedOne: {
    zh: '已公布“{project}”的审核结果，正在通知团队。',
    en: 'The decision on {project} is published. The team is being told.',
  },
} as const satisfies Record<string, Text>;

const PAGE = 10;
const CODES_SHOWN = 15;
const COUNTED = ['changes-requested', 'accepted', 'rejected', 'withdrawn', 'draft'] as const;

const said = (project: Project, c: C): Values => ({
  project: projectLine(project, c.lang),
  code: projectCode(project),
});

/** Codes in a row; of many, the first ones. */
export function codesOf(projects: readonly Project[]): string {
  const codes = projects.slice(0, CODES_SHOWN).map(projectCode);
  return [...codes, ...(projects.length > CODES_SHOWN ? ['…'] : [])].join(' ');
}

/** Why something about a project could not be done, told in the same words wherever it happens. */
export function tellReviewRefusal(
  { reason, data }: Extract<Outcome, { ok: false }>,
  c: C,
  effect: Effect,
): Told {
  const code = projectCode({ number: Number(effect.input.number) });
  if (reason === 'which-event') return whichEvent(data as readonly Event[], c, effect);
  if (reason === 'conflict') return tell(TEXTS.inConflict, c);
  if (reason === 'not-allowed' && reviewed(c).length > 0) return tell(TEXTS.onlyOrganizers, c);
  if (reason === 'unknown-project') return tell(TEXTS.unknown, c, { code });
  if (reason === 'past') return { ...tell(TEXTS.past, c), reopen: ['until'] };
  if (reason === 'no-message') return { ...tell(TEXTS.noMessage, c), reopen: ['parts'] };
  if (reason === 'too-many') return tell(TEXTS.tooMany, c);
  if (reason === 'wrong-state') {
    const { project } = data as Reviewed;
    return tell(TEXTS.wrongState, c, { ...said(project, c), state: STATE_LABELS[project.state][c.lang] });
  }
  if (reason === 'nothing-pending') return tell(TEXTS.nothingPending, c, said((data as Reviewed).project, c));
  if (reason === 'stale') return tell(TEXTS.stale, c, said((data as Reviewed).project, c));
  return noReviewer(c);
}

const AGAIN: Readonly<Record<string, string>> = {
  'undecide-project': 'undecide',
  'stand-back': 'conflict',
  'publish-decision': 'publish',
  unplace: 'unplace',
  decisions: 'decisions',
  schedule: 'schedule',
};

/** The command that asks for the same of one event. */
function whichEvent(events: readonly Event[], c: C, { kind, input }: Effect): Told {
  const verdict = { accept: 'accept', reject: 'reject', changes: 'changes' }[String(input.verdict)];
  const view = { reject: 'reject', changes: 'changes', conflict: 'conflict', publish: 'publish' }[
    String(input.view)
  ];
  const verb = AGAIN[kind] ?? verdict ?? view ?? 'review';
  if (input.number === undefined) return askEvent(events, ({ code }) => `${verb} ${code}`, c);
  const code = projectCode({ number: Number(input.number) });
  return askEvent(events, (event) => `${verb} ${code} ${event.code}`, c, code);
}

function telling<T>(told: (data: T, c: C, effect: Effect) => Told): Teller {
  return (outcome, c, effect) =>
    outcome.ok ? told(outcome.data as T, c, effect) : tellReviewRefusal(outcome, c, effect);
}

function tellWaiting(all: readonly Waiting[], c: C): Told {
  const [first, ...more] = all;
  if (!first) return noReviewer(c);
  if (more.length === 0) return tellPage(first, c);
  const choices = all.map(({ event, waiting }) => ({
    value: `review ${event.code}`,
    label: fill(TEXTS.event, c.lang, { title: event.title[c.lang], count: waiting.length }),
  }));
  return offer(TEXTS.events[c.lang], choices);
}

function tellPage(one: Waiting, { lang }: C): Told {
  const { event, waiting, page, part, pending, counts, leftAlone, isOrganizer } = one;
  const shown = waiting.slice(page * PAGE, (page + 1) * PAGE);
  const known = [...event.call.fields, ...event.call.tracks].find(({ code }) => code === part);
  const head = fill(TEXTS.waiting, lang, {
    title: event.title[lang],
    part: known?.name[lang] ?? 'none',
    count: waiting.length,
    page: page + 1,
  });
  const states = COUNTED.flatMap((state) => {
    const count = counts[state] ?? 0;
    return count > 0 ? [fill(TEXTS.state, lang, { state: STATE_LABELS[state][lang], count })] : [];
  });
  const standing = [...(pending > 0 ? [fill(TEXTS.pending, lang, { count: pending })] : []), ...states];
  const text = [
    head,
    ...(standing.length > 0 ? [standing.join(' · ')] : []),
    ...(part === null && page === 0 ? fieldLines(one, lang) : []),
    ...(leftAlone.length > 0 ? [fill(TEXTS.alone, lang, { projects: codesOf(leftAlone) })] : []),
    ...(shown.length > 0 ? ['', TEXTS.openNext[lang]] : []),
  ].join('\n');
  const words = ['review', event.code, ...(part === null ? [] : [part])].join(' ');
  const isMore = waiting.length > (page + 1) * PAGE;
  const choices: Choice[] = [
    ...shown.map((project) => ({
      value: `review ${projectCode(project)} ${event.code}`,
      label: fill(TEXTS.row, lang, {
        project: projectLine(project, lang),
        field: fieldOf(project, event.call, lang),
      }),
    })),
    ...(isMore ? [moreChoice(`${words} page ${page + 2}`, lang)] : []),
    ...(isOrganizer && pending > 0
      ? [{ value: `decisions ${event.code}`, label: TEXTS.decisions[lang] }]
      : []),
  ];
  return offer(text, choices);
}

/** How many wait in each field, where there are several and more than can be seen at once. */
function fieldLines({ event, waiting }: Waiting, lang: C['lang']): string[] {
  const lines = event.call.fields.flatMap(({ code, name }) => {
    const count = waiting.filter((one) => wordsOf(one, 'field') === code).length;
    return count > 0 ? [fill(TEXTS.field, lang, { field: name[lang], count, code })] : [];
  });
  return lines.length > 1 && waiting.length > PAGE ? lines : [];
}

function tellOpened(shown: ShownReview, c: C, { input }: Effect): Told {
  const { event, project } = shown;
  if (input.view === 'reject' || input.view === 'changes') {
    const isOpen = project.state === 'submitted' || project.state === 'changes-requested';
    const isDecided = project.state === 'accepted' || project.state === 'rejected';
    if (!isOpen && !(isDecided && shown.isOrganizer))
      return tell(TEXTS.wrongState, c, { ...said(project, c), state: STATE_LABELS[project.state][c.lang] });
    const flow = input.view === 'reject' ? 'reject-project' : 'request-changes';
    return { replies: [], start: beginForm(flow, event, project) };
  }
  const order = (verb: string) => `${verb} ${projectCode(project)} ${event.code} yes`;
  if (input.view === 'conflict')
    return offer(fill(TEXTS.sureConflict, c.lang, said(project, c)), [
      { value: order('conflict'), label: TEXTS.yesConflict[c.lang] },
    ]);
  if (input.view !== 'publish') return shownReview(shown, c);
  const { decision } = project;
  if (!decision || decision.publishedAt) return tell(TEXTS.nothingPending, c, said(project, c));
  const text = [
    fill(TEXTS.sureOne, c.lang, said(project, c)),
    ...decisionLines(decision, event, c.lang),
  ].join('\n');
  return offer(text, [{ value: order('publish'), label: TEXTS.yesOne[c.lang] }]);
}

function tellDecided({ event, project, decision, superseded, next, isOrganizer }: Decided, c: C): Told {
  const { lang } = c;
  const verdict = (one: { verdict: (typeof VERDICTS)[number] }) => VERDICT_LABELS[one.verdict][lang];
  const lines = [
    fill(TEXTS.decided, lang, { ...said(project, c), verdict: verdict(decision) }),
    ...(superseded
      ? [fill(TEXTS.superseded, lang, { number: superseded.number, verdict: verdict(superseded) })]
      : []),
    ...(decision.replaces && project.state !== 'submitted'
      ? [fill(TEXTS.replaces, lang, { verdict: verdict(decision.replaces) })]
      : []),
  ];
  const code = projectCode(project);
  const publish = { value: `publish ${code} ${event.code}`, label: TEXTS.yesOne[lang] };
  return offer(lines.join('\n'), [
    ...nextChoice(next, event, lang),
    ...(isOrganizer ? [publish, { value: `decisions ${event.code}`, label: TEXTS.decisions[lang] }] : []),
  ]);
}

function tellPending(pending: Pending, c: C, note?: Text): Told {
  const { event, byVerdict, count, stale } = pending;
  const { lang } = c;
  const lines = VERDICTS.flatMap((verdict) => {
    const projects = byVerdict[verdict];
    if (projects.length === 0) return [];
    const values = {
      verdict: VERDICT_LABELS[verdict][lang],
      count: projects.length,
      projects: codesOf(projects),
    };
    return [fill(TEXTS.verdict, lang, values)];
  });
  const title = event.title[lang];
  const text = [
    ...(note ? [note[lang]] : []),
    count > 0 ? fill(TEXTS.toPublish, lang, { title, count }) : fill(TEXTS.nothing, lang, { title }),
    ...lines,
    ...(stale.length > 0 ? [fill(TEXTS.staleLine, lang, { projects: codesOf(stale) })] : []),
  ].join('\n');
  const publish = {
    value: `publish decisions ${event.code} ${count}`,
    label: fill(TEXTS.publishAll, lang, { count }),
  };
  return offer(text, count > 0 ? [publish] : []);
}

/** What is told of reviewing and deciding, by effect. */
export const reviewTellers: Readonly<Record<string, Teller>> = {
  review: telling<readonly Waiting[]>(tellWaiting),
  'review-project': telling<ShownReview>(tellOpened),
  'decide-project': telling<Decided>(tellDecided),
  'undecide-project': telling<Reviewed>(({ project }, c) => tell(TEXTS.undone, c, said(project, c))),
  'note-project': telling<Reviewed>(({ project }, c) => tell(TEXTS.noted, c, said(project, c))),
  'stand-back': telling<Reviewed>(({ project }, c) => tell(TEXTS.stoodBack, c, said(project, c))),
  decisions: telling<Pending>((pending, c) => tellPending(pending, c)),
  'publish-decisions': (outcome, c, effect) => {
    if (outcome.ok) return tell(TEXTS.published, c, { count: (outcome.data as Published).count });
    if (outcome.reason !== 'count-changed') return tellReviewRefusal(outcome, c, effect);
    return tellPending(outcome.data as Pending, c, TEXTS.countChanged);
  },
  'publish-decision': telling<Reviewed>(({ project }, c) => tell(TEXTS.publishedOne, c, said(project, c))),
};
