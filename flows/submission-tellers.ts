import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { type Part, type Project, titleOf } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Stored } from '../src/usecases/alter-project.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { WriteRefusal, WrittenPart } from '../src/usecases/write-part.ts';
import { partNames } from './project-words.ts';
import { sameFileNote } from './same-file.ts';
import { closedText, lockText, referenceOf, untilText } from './submission-context.ts';
import { mateChanged } from './submission-questions.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
export type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;
type Refusal = Extract<Outcome, { ok: false }>;

const TEXTS = {
  others: { zh: '队友刚刚修改了：{parts}', en: 'Your team mate has just changed: {parts}' },
  elsewhere: {
    zh: '您在另一处刚刚修改了这一项，刚才的内容没有保存。请核对后再发一次。',
    en: 'You have just changed this one in another chat, so what you sent was not saved. Please look at it and send it again.',
  },
  invalid: {
    zh: '征集要求有变动，您刚才的内容不再适用，没有保存。请按下面的要求重新填写。',
    en: 'The call was changed just now and no longer takes that answer, so it was not saved. Please answer again.',
  },
  fileGone: {
    zh: '刚才的文件已失效，没有保存。请重新发送一次。',
    en: 'That file is no longer there, so it was not saved. Please send it once more.',
  },
  tooMany: {
    zh: '您在“{title}”已有 {limit, number} 个进行中的项目，达到上限，没有新建。发送“我的项目”可查看，撤回其中一个后可再提交。',
    en: 'You have {limit, plural, one {# open project} other {# open projects}} for “{title}” already, which is the limit, so none was begun. Send “projects” to see them; once one is withdrawn you can begin another.',
  },
  unknown: {
    zh: '没有找到这个项目，可能您已不是它的成员。发送“我的项目”可查看您的项目。',
    en: 'That project was not found; you may no longer be of its team. Send “projects” to see yours.',
  },
  submitted: {
    zh: '项目 {code} 已提交：{title}\n\n主办方审核后，结果会发到这里。{when}之前发送“修改项目 {code}”可修改，修改后无需重新提交。',
    en: 'Project {code} is submitted: {title}\n\nThe organizers will review it, and you will hear the result here. Until {when} you can send “edit {code}” to change it; there is no need to submit again.',
  },
  saved: {
    zh: '修改已保存，项目 {code} 仍为已提交状态。{when}之前发送“修改项目 {code}”可继续修改。',
    en: 'Your changes are saved, and project {code} stays submitted. Until {when} you can send “edit {code}” to change more.',
  },
  missing: {
    zh: '还不能提交，缺少：{parts}。填过的内容都还在。',
    en: 'It cannot be submitted yet. Missing: {parts}. Everything else is saved.',
  },
  show: { zh: '查看项目', en: 'View it' },
  invite: { zh: '邀请队友', en: 'Invite a team mate' },
  edit: { zh: '修改', en: 'Edit' },
} as const satisfies Record<string, Text>;

interface Refused {
  readonly part: string;
  readonly now?: Part;
  readonly project: Project | null;
  readonly event: Event;
  readonly limit?: number;
  readonly parts?: readonly string[];
}

/** After a project is handed in: what comes next, and what can be done. */
function tellSubmitted({ project, event }: Stored, c: C): Told {
  const ref = referenceOf(project, c);
  const isNew = project.history.at(-1)?.what === 'submitted';
  const text = fill(isNew ? TEXTS.submitted : TEXTS.saved, c.lang, {
    code: ref,
    title: titleOf(project, c.lang),
    when: untilText({ project, event }, c.lang),
  });
  return offer(text, [
    { value: `project ${ref}`, label: TEXTS.show[c.lang] },
    { value: `edit ${ref}`, label: TEXTS.edit[c.lang] },
    { value: `team ${ref} invite`, label: TEXTS.invite[c.lang] },
  ]);
}

/** Why a project could not be changed, whatever was to be done with it; undefined: for another reason. */
export function tellLocked({ reason, data }: Refusal, c: C): Told | undefined {
  const { project = null, event } = (data ?? {}) as Partial<Refused>;
  if (reason === 'unknown-project') return tell(TEXTS.unknown, c);
  if (!event || (reason !== 'late' && reason !== 'decided' && reason !== 'withdrawn' && reason !== 'not-yet'))
    return undefined;
  const text =
    project && reason !== 'not-yet' ? lockText(reason, { project, event }, c.lang) : closedText(event, c);
  return text === undefined ? tell(TEXTS.unknown, c) : { replies: [{ kind: 'say', text }] };
}

function tellUnwritten(refusal: Refusal, c: C, { input }: Effect): Told {
  const part = String(input.part);
  const reason = refusal.reason as WriteRefusal;
  const { now, event, limit = 0 } = (refusal.data ?? {}) as Partial<Refused>;
  const again = (told: Told): Told => ({ ...told, reopen: [part] });
  if (reason === 'changed' && event?.call) {
    if (now?.by === c.facts.person.id) return again(tell(TEXTS.elsewhere, c));
    const text = mateChanged(part, now?.value, event.call, c.lang);
    return again({ replies: [{ kind: 'say', text }] });
  }
  if (reason === 'invalid') return again(tell(TEXTS.invalid, c));
  if (reason === 'file-gone') return again(tell(TEXTS.fileGone, c));
  if (reason === 'too-many' && event)
    return { ...tell(TEXTS.tooMany, c, { title: event.title[c.lang], limit }), ends: true };
  return { ...(tellLocked(refusal, c) ?? tell(TEXTS.unknown, c)), ends: true };
}

/** What is told of a project as it is filled in and handed in, by effect. */
export const submissionTellers: Readonly<Record<string, Teller>> = {
  'write-part': (outcome, c, effect) => {
    if (!outcome.ok) return tellUnwritten(outcome, c, effect);
    const { others, sameAs, project, event } = outcome.data as WrittenPart;
    const { call } = event;
    const same = sameFileNote(sameAs, project.id, call, c.lang);
    const changed =
      others.length > 0 && call
        ? [fill(TEXTS.others, c.lang, { parts: partNames(others, call, c.lang) })]
        : [];
    const notes = [...changed, ...(same === undefined ? [] : [same])];
    return { replies: notes.map((text) => ({ kind: 'say', text })) };
  },
  'submit-project': (outcome, c) => {
    if (outcome.ok) return tellSubmitted(outcome.data as Stored, c);
    const { parts = [], event } = (outcome.data ?? {}) as Partial<Refused>;
    if (outcome.reason !== 'missing' || !event?.call) return tellLocked(outcome, c) ?? tell(TEXTS.unknown, c);
    const text = tell(TEXTS.missing, c, { parts: partNames(parts, event.call, c.lang) });
    return { ...text, reopen: parts };
  },
};
