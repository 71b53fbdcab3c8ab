import type { Context, Flow } from '../src/conversation/flow.ts';
import type { Draft } from '../src/conversation/types.ts';
import { lockedBecause, projectCode } from '../src/domain/project.ts';
import { askedParts } from '../src/domain/project-part.ts';
import { formatWhen } from '../src/domain/time.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import {
  calling,
  closedText,
  lockedText,
  openCalls,
  projectIdIn,
  projectIn,
  untilText,
} from './submission-context.ts';
import { partQuestions, storedPart } from './submission-questions.ts';

type C = Context<Facts>;

const TEXTS = {
  none: {
    zh: '目前没有征集项目的活动。发送“日程”可查看近期活动。',
    en: 'No event takes projects at present. Send “agenda” to see what is coming up.',
  },
  gone: {
    zh: '您已不是这个项目的成员，不能修改。发送“我的项目”可查看您的项目。',
    en: 'You are no longer of that project’s team, so you cannot change it. Send “projects” to see yours.',
  },
  review: {
    zh: '请核对项目信息。{when}之前可随时修改：',
    en: 'Please check the project. It can be changed until {when}:',
  },
  kept: {
    zh: '草稿 {code} 已保存，随时发送“提交项目”继续，截止时间为 {when}。还没有提交。',
    en: 'Draft {code} is saved. Send “submit” at any time to go on; the deadline is {when}. It is not submitted yet.',
  },
  edited: {
    zh: '项目 {code} 的修改都已保存，{when}之前发送“修改项目 {code}”可继续修改。',
    en: 'All changes to project {code} are saved. Send “edit {code}” to go on, until {when}.',
  },
  title: { zh: '提交项目 · {title}', en: 'Project · {title}' },
  untitled: { zh: '提交项目', en: 'Project' },
  titled: { zh: '项目 {code} · {title}', en: 'Project {code} · {title}' },
} as const satisfies Record<string, Text>;

const say = (text: string): readonly Draft[] => [{ kind: 'say', text }];

function title(c: C): string {
  const found = calling(c);
  const mine = projectIn(c);
  if (!found) return TEXTS.untitled[c.lang];
  const values = { title: found.event.title[c.lang], code: mine ? projectCode(mine.project) : '' };
  return fill(mine ? TEXTS.titled : TEXTS.title, c.lang, values);
}

function review(c: C): string {
  const mine = projectIn(c);
  const found = calling(c);
  const when = mine
    ? untilText(mine, c.lang)
    : found
      ? formatWhen(found.call.closesAt, found.event.zone, c.lang)
      : '';
  return fill(TEXTS.review, c.lang, { when });
}

function leaves(c: C): string | undefined {
  const mine = projectIn(c);
  if (!mine) return undefined;
  const text = mine.project.state === 'draft' ? TEXTS.kept : TEXTS.edited;
  return fill(text, c.lang, { code: projectCode(mine.project), when: untilText(mine, c.lang) });
}

/** Events that this form can still be about: the project's own while it can be changed, or every open call. */
function events(c: C) {
  const mine = projectIn(c);
  if (mine) {
    const isOpen = mine.event.call && !lockedBecause(mine.project, mine.event.call, c.facts.now);
    return isOpen ? [mine.event] : [];
  }
  return c.answers.project === undefined ? openCalls(c.facts) : [];
}

function unavailable(c: C): readonly Draft[] | undefined {
  const { facts, lang } = c;
  const mine = projectIn(c);
  const locked = mine && lockedText(mine, c);
  if (locked) return say(locked);
  if (mine) return undefined;
  if (c.answers.project !== undefined) return say(TEXTS.gone[lang]);
  if (openCalls(facts).length > 0) return undefined;
  const closed = facts.events.map(({ event }) => closedText(event, c)).find((text) => text !== undefined);
  return say(closed ?? TEXTS.none[lang]);
}

const event: Flow<Facts>['questions'][number] = {
  id: 'event',
  kind: 'choice',
  ask: { zh: '为哪个活动提交项目？', en: 'Which event is the project for?' },
  label: { zh: '活动', en: 'Event' },
  sole: true,
  choices: (c) => events(c).map(({ id, title: named }) => ({ value: id, label: named[c.lang] })),
};

/** A new project. What is answered is stored at once; the form's own id is the project's. */
export const submission: Flow<Facts> = {
  id: 'submission',
  title,
  questions: [
    event,
    {
      kind: 'from',
      questions: (c) => {
        const found = calling(c);
        return found ? partQuestions(found.event, found.call) : [];
      },
    },
  ],
  review,
  confirm: { zh: '确认提交', en: 'Submit' },
  effect: (c) => ({ kind: 'submit-project', input: { project: projectIdIn(c) ?? '' } }),
  keeps(part, c) {
    const found = calling(c);
    const project = projectIdIn(c);
    if (!found || !project || !askedParts(found.event, found.call).includes(part)) return undefined;
    const version = storedPart(part, c)?.version ?? 0;
    const value = c.answers[part] ?? null;
    return { kind: 'write-part', input: { project, event: found.event.id, part, value, version } };
  },
  leaves,
  unavailable,
};

/** The same for a project that is there: its id stands among the answers. */
export const editProject: Flow<Facts> = {
  ...submission,
  id: 'edit-project',
  questions: [
    {
      id: 'project',
      kind: 'text',
      preset: true,
      ask: { zh: '请发送“我的项目”选择项目。', en: 'Please send “projects” and choose one.' },
      label: { zh: '项目', en: 'Project' },
      parse: (text) => ({ ok: text }),
    },
    ...submission.questions,
  ],
};
