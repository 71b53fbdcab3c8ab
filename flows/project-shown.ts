import type { Context } from '../src/conversation/flow.ts';
import type { Choice, Draft } from '../src/conversation/types.ts';
import { type Call, findTrack } from '../src/domain/call.ts';
import { type Event, findSession } from '../src/domain/event.ts';
import {
  fileOf,
  isPublic,
  missingParts,
  type Project,
  type ProjectFile,
  projectCode,
  titleOf,
} from '../src/domain/project.ts';
import { askedParts } from '../src/domain/project-part.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts, MyProject } from '../src/usecases/load-facts.ts';
import type { OpenedProject } from '../src/usecases/open-project.ts';
import { sessionLine } from './facts.ts';
import { partLabel, partNames, partText, STATE_WORDS } from './project-words.ts';
import { lockedText, referenceOf, untilText } from './submission-context.ts';
import { offer, type Said } from './telling.ts';

type C = Context<Facts>;

const TEXTS = {
  head: { zh: '项目 {code}：{title}', en: 'Project {code}: {title}' },
  line: { zh: '{label}：{value}', en: '{label}: {value}' },
  event: { zh: '活动', en: 'Event' },
  state: { zh: '状态', en: 'State' },
  until: { zh: '可修改至', en: 'Can be changed until' },
  missing: { zh: '还缺', en: 'Missing' },
  slot: { zh: '路演安排', en: 'Slot' },
  place: { zh: '{track}，第 {place, number} 位', en: '{track}, number {place, number}' },
  result: { zh: '审核意见', en: 'Review' },
  continues: { zh: '继续填写', en: 'Continue' },
  edit: { zh: '修改', en: 'Edit' },
  team: { zh: '队友', en: 'Team' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  restore: { zh: '恢复', en: 'Restore' },
} as const satisfies Record<string, Text>;

const line = (label: Text, value: string, lang: Lang): string =>
  fill(TEXTS.line, lang, { label: label[lang], value });

function head(project: Project, lang: Lang): string {
  return fill(TEXTS.head, lang, { code: projectCode(project), title: titleOf(project, lang) });
}

/** Parts as they read, a line each; those that nobody has filled are left out. */
export function partLines(
  project: Project,
  parts: readonly string[],
  call: Call,
  lang: Lang,
): readonly string[] {
  return parts
    .filter((part) => (project.parts[part]?.value ?? null) !== null)
    .map((part) => line(partLabel(part, call), partText(project, part, call, lang), lang));
}

/** Where and when an accepted project is shown, once its team may know. */
function slotLine({ slot }: Project, event: Event, call: Call, lang: Lang): readonly string[] {
  const track = slot && slot.state !== 'proposed' ? findTrack(call, slot.track) : undefined;
  if (!slot || !track) return [];
  const place = fill(TEXTS.place, lang, { track: track.name[lang], place: slot.place });
  const session = track.session === null ? undefined : findSession(event, track.session);
  return [
    line(TEXTS.slot, [place, ...(session ? [sessionLine(event, session.code, lang)] : [])].join('\n'), lang),
  ];
}

/** What reviewers wrote to the team, once it is published. */
function decisionLines({ decision }: Project, call: Call, lang: Lang): readonly string[] {
  if (!decision?.publishedAt || decision.messages.length === 0) return [];
  return [
    line(TEXTS.result, '', lang).trim(),
    ...decision.messages.map(({ part, text }) =>
      part === null ? text : line(partLabel(part, call), text, lang),
    ),
  ];
}

/** A project as its own team sees it, with what they can do. */
export function memberCard(mine: MyProject, c: C): Said {
  const { project, event } = mine;
  const { lang } = c;
  const { call } = event;
  if (!call) return offer(head(project, lang), []);
  const isOpen = lockedText(mine, c) === undefined;
  const missing = isOpen ? missingParts(project, event, call) : [];
  const files = ['deck', 'image-1', 'image-2', 'image-3'];
  const lines = [
    head(project, lang),
    line(TEXTS.event, event.title[lang], lang),
    line(TEXTS.state, STATE_WORDS[project.state][lang], lang),
    ...(isOpen ? [line(TEXTS.until, untilText(mine, lang), lang)] : []),
    ...(missing.length > 0 ? [line(TEXTS.missing, partNames(missing, call, lang), lang)] : []),
    ...partLines(project, files, call, lang),
    ...slotLine(project, event, call, lang),
    ...decisionLines(project, call, lang),
  ];
  return offer(lines.join('\n'), memberChoices(mine, isOpen, c));
}

function memberChoices({ project }: MyProject, isOpen: boolean, c: C): Choice[] {
  const ref = referenceOf(project, c);
  const choice = (verb: string, text: Text): Choice => ({ value: `${verb} ${ref}`, label: text[c.lang] });
  if (project.state === 'withdrawn') return [choice('restore', TEXTS.restore)];
  const edit = choice('edit', project.state === 'draft' ? TEXTS.continues : TEXTS.edit);
  const isDecided = project.state === 'accepted' || project.state === 'rejected';
  return [
    ...(isOpen ? [edit] : []),
    choice('team', TEXTS.team),
    ...(isDecided ? [] : [choice('withdraw', TEXTS.withdraw)]),
  ];
}

/** A project as somebody outside of its team sees it: what they may read, and its files. */
export function openedCard({ view, project, event }: OpenedProject, { lang }: C): readonly Draft[] {
  const { call } = event;
  if (!call) return [{ kind: 'say', text: head(project, lang) }];
  const isAll = view === 'reviewer';
  const parts = askedParts(event, call).filter(
    (part) => isAll || (part !== 'public' && !part.startsWith('own-') && isPublic(project, part)),
  );
  const lines = [
    head(project, lang),
    line(TEXTS.event, event.title[lang], lang),
    ...(isAll ? [line(TEXTS.state, STATE_WORDS[project.state][lang], lang)] : []),
    ...partLines(project, parts, call, lang),
    ...slotLine(project, event, call, lang),
  ];
  const files = parts.flatMap((part) => fileOf(project, part) ?? []);
  return [{ kind: 'say', text: lines.join('\n') }, ...files.map(fileDraft)];
}

function fileDraft({ ref, name, type }: ProjectFile): Draft {
  const kind = type.startsWith('image/') ? 'image' : 'file';
  return { kind, text: name, file: { kind: 'stored', id: ref, name, type } };
}
