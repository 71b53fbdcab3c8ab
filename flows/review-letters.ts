import { findTrack } from '../src/domain/call.ts';
import { replacesVerdict } from '../src/domain/decision.ts';
import type { Letter } from '../src/domain/delivery.ts';
import type { CallingEvent } from '../src/domain/event.ts';
import { type Event, findSession } from '../src/domain/event.ts';
import {
  type Decision,
  type Project,
  projectCode,
  publishedDecision,
  titleOf,
} from '../src/domain/project.ts';
import { formatSpan, formatWhen } from '../src/domain/time.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { ReviewLetters } from '../src/usecases/review-letters.ts';
import { partLabel } from './project-words.ts';

const TEXTS = {
  accepted: {
    zh: '您好！经审核，项目 {code}“{title}”已通过“{event}”的项目征集，特此通知。\n\n接下来，我们将发送项目手册校样请您确认，并另行通知路演的赛道和时段。如有疑问，请联系：{contact}',
    en: 'Good news: your project {code}, “{title}”, has been accepted for “{event}”.\n\nNext, you will get a proof of its page in the project manual, and then the track and time of its presentation. For questions: {contact}',
  },
  rejected: {
    zh: '您好！感谢您参加“{event}”的项目征集。经审核，项目 {code}“{title}”此次未能入选，敬请谅解。{reason, select, none {} other {\n\n审核意见：{reason}}}\n\n期待今后继续合作。如有疑问，请联系：{contact}',
    en: 'Thank you for submitting {code}, “{title}”, to “{event}”. We are sorry to tell you that it was not selected this time.{reason, select, none {} other {\n\nThe reviewers wrote: {reason}}}\n\nWe hope to work with you on another occasion. For questions: {contact}',
  },
  changes: {
    zh: '您好！“{event}”的审核人请您修改项目 {code}“{title}”：\n\n{changes}\n\n请于 {until}前修改并重新提交。如有疑问，请联系：{contact}',
    en: 'The reviewers of “{event}” ask you to change your project {code}, “{title}”:\n\n{changes}\n\nPlease make the changes and submit it again by {until}. For questions: {contact}',
  },
  replaces: {
    zh: '更正：此前发送的审核结果不再有效，请以本通知为准。',
    en: 'A correction: the result that we sent you before no longer holds. This one does.',
  },
  change: { zh: '· {part}：{text}', en: '· {part}: {text}' },
  whole: { zh: '整体', en: 'As a whole' },
  edit: { zh: '修改项目', en: 'Change the project' },
  slot: {
    zh: '您好！项目 {code}“{title}”的路演安排如下：\n\n赛道：{track}\n时间：{time}\n会场：{venue}\n顺序：第 {place} 位\n\n请确认是否参加。',
    en: 'Your project {code}, “{title}”, will be presented as follows:\n\nTrack: {track}\nTime: {time}\nVenue: {venue}\nOrder: number {place}\n\nPlease tell us whether you will be there.',
  },
  yes: { zh: '参加', en: 'We will be there' },
  no: { zh: '不能参加', en: 'We cannot come' },
  declined: {
    zh: '项目 {code}“{title}”不能参加已安排的路演：{track}，第 {place} 位。请调整排期。',
    en: 'Project {code}, “{title}”, cannot come to its slot: {track}, number {place}. Please change the schedule.',
  },
  schedule: { zh: '查看排期', en: 'See the schedule' },
  unplace: { zh: '取消排期', en: 'Free the slot' },
  publishing: {
    zh: '已公布 {done, number}/{total, number}',
    en: '{done, number} of {total, number} published',
  },
} as const satisfies Record<string, Text>;

function about(project: Project, event: Event, lang: Lang) {
  return {
    code: projectCode(project),
    title: titleOf(project, lang),
    event: event.title[lang],
    contact: event.contact[lang],
  };
}

function changesOf({ messages }: Decision, event: Event, lang: Lang): string {
  const lines = messages.map(({ part, text }) => {
    const name = part === null || !event.call ? TEXTS.whole[lang] : partLabel(part, event.call)[lang];
    return fill(TEXTS.change, lang, { part: name, text });
  });
  return lines.join('\n');
}

function decisionText(decision: Decision, project: Project, event: Event, lang: Lang): string {
  const values = about(project, event, lang);
  if (decision.verdict === 'accept') return fill(TEXTS.accepted, lang, values);
  if (decision.verdict === 'reject') {
    const reason = decision.messages.map(({ text }) => text).join('\n') || 'none';
    return fill(TEXTS.rejected, lang, { ...values, reason });
  }
  const until = formatWhen(decision.until ?? event.startsAt, event.zone, lang);
  return fill(TEXTS.changes, lang, { ...values, changes: changesOf(decision, event, lang), until });
}

/** What a track is called, and when and where it is. */
export function trackPlace(code: string, event: CallingEvent, lang: Lang) {
  const track = findTrack(event.call, code);
  const session = track?.session ? findSession(event, track.session) : undefined;
  const { startsAt, endsAt } = session ?? event;
  return {
    track: track?.name[lang] ?? code,
    time: formatSpan(startsAt, endsAt, event.zone, lang),
    venue: (session?.venue ?? event.place)[lang],
  };
}

function slotOf(project: Project, event: Event, lang: Lang) {
  const { slot } = project;
  if (!slot || !event.call) throw new Error(`expected a slot of project ${project.id}, received none`);
  const values = {
    ...about(project, event, lang),
    ...trackPlace(slot.track, { ...event, call: event.call }, lang),
  };
  return { slot, values: { ...values, place: slot.place } };
}

/** Letters about decisions and slots. */
export const reviewLetters: ReviewLetters = {
  decision(project, event, lang): Letter {
    const decision = publishedDecision(project);
    if (!decision) throw new Error(`expected a published decision of project ${project.id}, received none`);
    const text = decisionText(decision, project, event, lang);
    const whole = replacesVerdict(decision) ? [TEXTS.replaces[lang], text].join('\n\n') : text;
    if (decision.verdict !== 'changes') return { text: whole };
    return { text: whole, choices: [{ value: `edit ${projectCode(project)}`, label: TEXTS.edit[lang] }] };
  },
  slot(project, event, lang) {
    const { slot, values } = slotOf(project, event, lang);
    const order = (answer: string) =>
      `slot ${values.code} ${answer} ${event.code} ${slot.track} ${slot.place}`;
    return {
      text: fill(TEXTS.slot, lang, values),
      choices: [
        { value: order('yes'), label: TEXTS.yes[lang] },
        { value: order('no'), label: TEXTS.no[lang] },
      ],
    };
  },
  slotDeclined(project, event, lang) {
    const { slot, values } = slotOf(project, event, lang);
    return {
      text: fill(TEXTS.declined, lang, values),
      choices: [
        { value: `schedule ${event.code} ${slot.track}`, label: TEXTS.schedule[lang] },
        { value: `unplace ${values.code} ${event.code}`, label: TEXTS.unplace[lang] },
      ],
    };
  },
  publishing: (done, total, lang) => ({ text: fill(TEXTS.publishing, lang, { done, total }) }),
};
