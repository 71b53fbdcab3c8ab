import type { Context, Told } from '../src/conversation/flow.ts';
import type { Choice, Draft } from '../src/conversation/types.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import {
  type Decision,
  fileOf,
  missingParts,
  PARTS,
  type Project,
  pendingDecision,
  projectCode,
  publishedDecision,
} from '../src/domain/project.ts';
import { waits } from '../src/domain/review.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, list, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { ShownReview } from '../src/usecases/review-projects.ts';
import { partLabel, STATE_LABELS, VERDICT_LABELS, valueText } from './project-words.ts';
import { projectLine } from './review-words.ts';

type C = Context<Facts>;

const TEXTS = {
  head: { zh: '项目 {code} · {state}\n{event}', en: 'Project {code} · {state}\n{event}' },
  part: { zh: '{label}：{value}', en: '{label}: {value}' },
  missing: { zh: '缺少：{parts}', en: 'Missing: {parts}' },
  complete: { zh: '材料齐全。', en: 'Nothing is missing.' },
  pending: {
    zh: '待公布的决定：{verdict}{until, select, none {} other {（{until}前）}}。团队还看不到。',
    en: 'Decided, not published: {verdict}{until, select, none {} other { (until {until})}}. The team does not know yet.',
  },
  published: { zh: '已公布的决定：{verdict}', en: 'Published: {verdict}' },
  message: { zh: '· {part}：{text}', en: '· {part}: {text}' },
  note: { zh: '备注（{when}）：{text}', en: 'Note ({when}): {text}' },
  same: {
    zh: '注意：该项目单位与您的单位相近（{organization}）。如有利益关系，请回避。',
    en: 'Careful: the team’s organization looks like yours ({organization}). If that is a conflict of interest, please stand back.',
  },
  whole: { zh: '整体', en: 'the whole' },
  howNote: {
    zh: '写备注：发送“备注 {code} 内容”（团队看不到）。',
    en: 'For a note that no team reads, send “note {code}” and your words.',
  },
  accept: { zh: '通过', en: 'Accept' },
  changes: { zh: '要求修改', en: 'Ask for changes' },
  reject: { zh: '不通过', en: 'Reject' },
  undecide: { zh: '撤销这个决定', en: 'Take the decision back' },
  publish: { zh: '单独公布这个决定', en: 'Publish this decision' },
  conflict: { zh: '回避', en: 'Stand back' },
  next: { zh: '下一个：{code}', en: 'Next: {code}' },
} as const satisfies Record<string, Text>;

/** No message of it is longer than this, unless one answer alone is. */
const MESSAGE_LENGTH = 1_800;
const NOTES_SHOWN = 5;

/** Everything that a team wrote, with its files, what reviewers noted and what can be decided. */
export function shownReview(shown: ShownReview, c: C): Told {
  const { event, project } = shown;
  const head = fill(TEXTS.head, c.lang, {
    code: projectCode(project),
    state: STATE_LABELS[project.state][c.lang],
    event: event.title[c.lang],
  });
  const texts = joined([head, ...answersOf(project, event, c.lang)]);
  const files = PARTS.flatMap((part): Draft[] => {
    const file = fileOf(project, part);
    if (!file) return [];
    const { ref: id, name, type } = file;
    const kind = type.startsWith('image/') ? 'image' : 'file';
    return [{ kind, text: partLabel(part, event.call)[c.lang], file: { kind: 'stored', id, name, type } }];
  });
  const says = texts.map((text): Draft => ({ kind: 'say', text }));
  return {
    replies: [...says, ...files, { kind: 'ask', text: standOf(shown, c), choices: choicesOf(shown, c) }],
  };
}

/** Lines in as few messages as are easily read. */
function joined(lines: readonly string[]): string[] {
  const messages: string[] = [];
  for (const line of lines) {
    const last = messages.at(-1);
    if (last !== undefined && last.length + line.length < MESSAGE_LENGTH)
      messages[messages.length - 1] = `${last}\n${line}`;
    else messages.push(line);
  }
  return messages;
}

function answersOf(project: Project, event: CallingEvent, lang: Lang): string[] {
  const own = event.call.questions.map(({ id }) => `own-${id}`);
  return [...PARTS, ...own].flatMap((part) => {
    const value = wordsFor(project, part, event, lang);
    return value === '' ? [] : [fill(TEXTS.part, lang, { label: partLabel(part, event.call)[lang], value })];
  });
}

/** An answer as a person reads it; empty: there is none, or it is a file. */
export function wordsFor(project: Project, part: string, { call }: CallingEvent, lang: Lang): string {
  const value = project.parts[part]?.value;
  if (value === undefined || value === null || (typeof value === 'object' && 'ref' in value)) return '';
  return valueText(part, value, call, lang);
}

/** A decision, with what is to be changed or why. */
export function decisionLines(decision: Decision, event: CallingEvent, lang: Lang): string[] {
  const { verdict, until, messages, publishedAt } = decision;
  const values = {
    verdict: VERDICT_LABELS[verdict][lang],
    until: until ? formatWhen(until, event.zone, lang) : 'none',
  };
  const lines = messages.map(({ part, text }) =>
    fill(TEXTS.message, lang, {
      part: part === null ? TEXTS.whole[lang] : partLabel(part, event.call)[lang],
      text,
    }),
  );
  return [fill(publishedAt ? TEXTS.published : TEXTS.pending, lang, values), ...lines];
}

function standOf({ event, project, sameOrganization }: ShownReview, { lang }: C): string {
  const missing = missingParts(project, event, event.call).map((part) => partLabel(part, event.call)[lang]);
  const published = publishedDecision(project);
  const pending = pendingDecision(project);
  const notes = project.notes
    .slice(-NOTES_SHOWN)
    .map(({ at, text }) => fill(TEXTS.note, lang, { when: formatWhen(at, event.zone, lang), text }));
  return [
    projectLine(project, lang),
    ...(sameOrganization === null ? [] : [fill(TEXTS.same, lang, { organization: sameOrganization })]),
    missing.length > 0 ? fill(TEXTS.missing, lang, { parts: list(missing, lang) }) : TEXTS.complete[lang],
    ...(published ? decisionLines(published, event, lang) : []),
    ...(pending ? decisionLines(pending, event, lang) : []),
    ...notes,
    fill(TEXTS.howNote, lang, { code: projectCode(project) }),
  ].join('\n');
}

/** What can be done with a project, as commands. */
function choicesOf(
  { event, project, isOrganizer, sameOrganization, next }: ShownReview,
  { lang }: C,
): Choice[] {
  const order = (verb: string) => `${verb} ${projectCode(project)} ${event.code}`;
  const choice = (verb: string, label: Text): Choice => ({ value: order(verb), label: label[lang] });
  const pending = pendingDecision(project);
  const isDecided = project.state === 'accepted' || project.state === 'rejected';
  const isOpen = project.state === 'submitted' || project.state === 'changes-requested';
  const verdicts =
    isOpen || (isDecided && isOrganizer)
      ? [choice('accept', TEXTS.accept), choice('changes', TEXTS.changes), choice('reject', TEXTS.reject)]
      : [];
  const back = choice('conflict', TEXTS.conflict);
  return [
    ...(sameOrganization === null ? [] : [back]),
    ...verdicts,
    ...(pending ? [choice('undecide', TEXTS.undecide)] : []),
    ...(pending && isOrganizer ? [choice('publish', TEXTS.publish)] : []),
    ...(sameOrganization === null && (waits(project) || pending) ? [back] : []),
    ...nextChoice(next, event, lang),
  ];
}

/** Leads to the next project that waits. */
export function nextChoice(next: number | undefined, event: CallingEvent, lang: Lang): Choice[] {
  if (next === undefined) return [];
  const code = projectCode({ number: next });
  return [{ value: `review ${code} ${event.code}`, label: fill(TEXTS.next, lang, { code }) }];
}
