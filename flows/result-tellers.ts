import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { type Project, projectCode } from '../src/domain/project.ts';
import { fill, sideBySide, type Text } from '../src/text/text.ts';
import type { Awarded } from '../src/usecases/decide-tie.ts';
import type { TrackOption } from '../src/usecases/led-track.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { LockedTrack } from '../src/usecases/lock-track.ts';
import type { Publication } from '../src/usecases/publish-results.ts';
import type { ReopenedSheet } from '../src/usecases/reopen-sheet.ts';
import type { ShownProgress, ShownStanding } from '../src/usecases/show-standing.ts';
import type { Preview } from '../src/usecases/write-notice.ts';
import { tellPreview } from './notice-preview.ts';
import { askEvent, projectLine } from './review-words.ts';
import {
  judgeName,
  nextSteps,
  placeLines,
  progressLines,
  progressText,
  standingText,
} from './standing-shown.ts';
import { offer, tell } from './telling.ts';

type C = Context<Facts>;
type Refusal = Extract<Outcome, { ok: false }>;
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const TEXTS = {
  notAllowed: {
    zh: '排名在公布前只有主办方和计分长可以查看。如有疑问，请联系：{contact}',
    en: 'Before it is published, the standing is seen by the organizers and the chief scorer alone. For questions: {contact}',
  },
  office: { zh: '活动主办方', en: 'the organizer of the event' },
  whichTrack: { zh: '是哪个赛道？', en: 'Which track is it about?' },
  option: { zh: '{track} · {event}', en: '{track} · {event}' },
  unknownTrack: {
    zh: '没有这个赛道。可用的赛道：{tracks}',
    en: 'There is no such track. These are known: {tracks}',
  },
  notPlanned: {
    zh: '{track}还没有排流程，也没有评分。',
    en: 'There is no run of show for {track} yet, and no scores.',
  },
  unknownProject: {
    zh: '您的赛道里没有项目 {code}。请核对编号后重新发送。',
    en: 'There is no project {code} in your tracks. Please check the code and send it again.',
  },
  notOpen: {
    zh: '{track}目前不在打分，没有做任何改动。',
    en: 'The scoring of {track} is not open, so nothing was changed.',
  },
  incomplete: {
    zh: '{track}还缺 {missing, number} 张评分表，尚未锁定：',
    en: '{track} lacks {missing, plural, one {# sheet} other {# sheets}}, so it is not locked yet:',
  },
  sure: { zh: '缺 {missing, number} 张，仍然锁定', en: 'Lock it with {missing, number} missing' },
  complete: {
    zh: '{track}的评分表现在已齐，还没有锁定。请重新确认。',
    en: '{track} has every sheet by now and is not locked yet. Please confirm again.',
  },
  lockIt: { zh: '锁定打分', en: 'Lock the scoring' },
  locked: {
    zh: '{track}的打分已锁定，{missing, plural, =0 {评分表已齐} other {还缺 # 张评分表}}。',
    en: 'The scoring of {track} is locked; {missing, plural, =0 {every sheet is there} one {# sheet is missing} other {# sheets are missing}}.',
  },
  standing: { zh: '排名', en: 'Standing' },
  reopened: {
    zh: '已重新开放 {judge} 对“{project}”的评分表，并已通知评委。提交后会自动再次锁定。',
    en: 'The sheet of {judge} on {project} is open again, and the judge is told. It is locked again once it is handed in.',
  },
  unknownJudge: {
    zh: '评委席里没有这个序号，应为 J1 到 J{count}。',
    en: 'There is no judge of that number: expected J1 to J{count}.',
  },
  openAlready: { zh: '这张评分表已经重新开放了。', en: 'That sheet is open already.' },
  published: {
    zh: '{track}的结果已经公布，不能再改动。',
    en: 'The results of {track} are published, so nothing can be changed any more.',
  },
  notLocked: {
    zh: '{track}的打分还没有锁定，没有做任何改动。请先发送：锁定打分 {code}',
    en: 'The scoring of {track} is not locked, so nothing was changed. Please send first: lock track {code}',
  },
  notTied: {
    zh: '这些项目不是一组完整的并列项目，没有做任何改动。{ties, select, none {目前没有并列。} other {目前的并列：{ties}}}',
    en: 'These projects are not exactly one tie, so nothing was changed. {ties, select, none {There is no tie at present.} other {The ties: {ties}}}',
  },
  decided: { zh: '已记录裁定。', en: 'The decision is noted.' },
  awarded: {
    zh: '“{project}”的奖项：{names}。公布结果时一并公布。',
    en: '{project} is given: {names}. It is published with the results.',
  },
  noAward: { zh: '“{project}”现在没有单项奖。', en: '{project} has no award of its own now.' },
  tooMany: {
    zh: '单项奖最多 50 个，没有改动。',
    en: 'No more than 50 awards are possible, so nothing was changed.',
  },
  stillOpen: {
    zh: '有重新开放的评分表还没有提交，暂不能公布：{sheets}',
    en: 'Sheets that were reopened are not handed in yet, so it cannot be published: {sheets}',
  },
  openSheet: { zh: '{code} {judge}', en: '{code} {judge}' },
  willPublish: {
    zh: '将公布“{event}”{track}的结果，公布后不能再改动：',
    en: 'These results of {track}, “{event}”, are about to be published. Afterwards nothing can be changed:',
  },
  changed: {
    zh: '内容刚刚有变，还没有公布。请重新确认。',
    en: 'Something has just changed, so nothing was published. Please confirm again.',
  },
  publishIt: { zh: '确认公布', en: 'Publish' },
  done: {
    zh: '“{event}”{track}的结果已公布。\n结果页面：{page}\nSHA-256：{digest}',
    en: 'The results of {track}, “{event}”, are published.\nTheir page: {page}\nSHA-256: {digest}',
  },
  announce: { zh: '写结果通知', en: 'Write the announcement' },
  nobody: {
    zh: '这个活动现在没有能收到通知的嘉宾，没有写通知。',
    en: 'No guest of this event can be reached now, so no notice was written.',
  },
  tooLong: {
    zh: '结果太多，一条通知写不下。请发送“通知”自己写一条。',
    en: 'The results are too long for one notice. Please send “notice” to write one yourself.',
  },
  nothing: {
    zh: '“{event}”还没有公布任何结果。',
    en: 'No results of “{event}” are published yet.',
  },
} as const satisfies Record<string, Text>;

function notAllowed(c: C): Told {
  const contact = c.facts.events.find(({ event }) => event.call)?.event.contact[c.lang];
  return tell(TEXTS.notAllowed, c, { contact: contact ?? TEXTS.office[c.lang] });
}

/** The words that an effect was called by, to be called again with a track. */
const WORDS: Readonly<Record<string, string>> = {
  standing: 'standing',
  progress: 'progress',
  'lock-track': 'lock track',
  'publish-results': 'publish results',
};

function whichTrack(options: readonly TrackOption[], c: C, { kind }: Effect): Told {
  const word = WORDS[kind] ?? 'standing';
  return offer(
    TEXTS.whichTrack[c.lang],
    options.map(({ event, track }) => ({
      value: `${word} ${event.code} ${track.code}`,
      label: fill(TEXTS.option, c.lang, { track: track.name[c.lang], event: event.title[c.lang] }),
    })),
  );
}

/** Tells why something about a track was not done. */
function tellRefusal({ reason, data }: Refusal, c: C, effect: Effect): Told {
  const { lang } = c;
  if (reason === 'not-allowed') return notAllowed(c);
  if (reason === 'too-many') return tell(TEXTS.tooMany, c);
  if (reason === 'unknown-project')
    return tell(TEXTS.unknownProject, c, { code: projectCode(data as { number: number }) });
  if (reason === 'which-track' || reason === 'unknown-track' || reason === 'not-planned') {
    const { options } = data as { options: readonly TrackOption[] };
    if (reason === 'which-track') return whichTrack(options, c, effect);
    const names = sideBySide([...new Set(options.map(({ track }) => track.name[lang]))], lang);
    if (reason === 'not-planned') return tell(TEXTS.notPlanned, c, { track: names });
    return tell(TEXTS.unknownTrack, c, {
      tracks: [...new Set(options.map(({ track }) => track.code))].join(' '),
    });
  }
  const { track, run } = data as ShownStanding;
  if (reason === 'unknown-judge') return tell(TEXTS.unknownJudge, c, { count: run.scoring.panel.length });
  if (reason === 'open-already') return tell(TEXTS.openAlready, c);
  if (reason === 'not-open') return tell(TEXTS.notOpen, c, { track: track.name[lang] });
  if (reason === 'published' || run.scoring.state === 'published')
    return tell(TEXTS.published, c, { track: track.name[lang] });
  return tell(TEXTS.notLocked, c, { track: track.name[lang], code: track.code });
}

/** Tells a success by one function, and every refusal as it is told of any track. */
function telling<T>(told: (data: T, c: C) => Told): Teller {
  return (outcome, c, effect) => (outcome.ok ? told(outcome.data as T, c) : tellRefusal(outcome, c, effect));
}

function tellIncomplete(shown: LockedTrack, c: C): Told {
  const { lang } = c;
  const { event, track, missing } = shown;
  const values = { track: track.name[lang], missing };
  if (missing === 0)
    return offer(fill(TEXTS.complete, lang, values), [
      { value: `lock track ${event.code} ${track.code}`, label: TEXTS.lockIt[lang] },
    ]);
  const late = shown.completeness.filter((one) => one.missing.length > 0);
  const lines = progressLines({ ...shown, completeness: late }, lang);
  return offer([fill(TEXTS.incomplete, lang, values), ...lines].join('\n'), [
    {
      value: `lock track ${event.code} ${track.code} ${missing}`,
      label: fill(TEXTS.sure, lang, { missing }),
    },
  ]);
}

function tellLocked({ event, track, missing }: LockedTrack, { lang }: C): Told {
  return offer(fill(TEXTS.locked, lang, { track: track.name[lang], missing }), [
    { value: `standing ${event.code} ${track.code}`, label: TEXTS.standing[lang] },
  ]);
}

function tellPublication(shown: Publication, c: C, note?: Text): Told {
  const { lang } = c;
  const { event, track, run, published, page } = shown;
  const values = { event: event.title[lang], track: track.name[lang] };
  if (published) {
    const address = { page, digest: published.sha256 };
    return offer(fill(TEXTS.done, lang, { ...values, ...address }), [
      { value: `announce results ${event.code}`, label: TEXTS.announce[lang] },
    ]);
  }
  const awards = (run.scoring.awards ?? []).flatMap(({ project: id, name }) => {
    const project = shown.projects.find((one) => one.id === id);
    return project ? [fill(TEXTS.awarded, lang, { project: projectLine(project, lang), names: name })] : [];
  });
  const lines = [
    ...(note ? [note[lang]] : []),
    fill(TEXTS.willPublish, lang, values),
    ...placeLines(shown, lang),
    ...awards,
  ];
  return offer(lines.join('\n'), [
    { value: `publish results ${event.code} ${track.code} r${run.rev}`, label: TEXTS.publishIt[lang] },
  ]);
}

function tellStillOpen({ run, projects }: ShownStanding, c: C): Told {
  const { lang } = c;
  const open = (run.scoring.reopened ?? []).filter(({ endedAt }) => endedAt === null);
  const sheets = open.flatMap(({ project: id, judge }) => {
    const project = projects.find((one) => one.id === id);
    const values = { code: project ? projectCode(project) : '', judge: judgeName(run.scoring, judge, lang) };
    return project ? [fill(TEXTS.openSheet, lang, values)] : [];
  });
  return tell(TEXTS.stillOpen, c, { sheets: sideBySide(sheets, lang) });
}

function tellNotTied({ ties, projects }: ShownStanding, c: C): Told {
  const codeOf = new Map(projects.map((one: Project) => [one.id, projectCode(one)]));
  const groups = ties.map((tie) => tie.map((id) => codeOf.get(id) ?? '').join(' '));
  return tell(TEXTS.notTied, c, { ties: groups.length > 0 ? sideBySide(groups, c.lang) : 'none' });
}

const tellStanding = (shown: ShownStanding, { lang }: C): Told =>
  offer(standingText(shown, lang), nextSteps(shown, lang));

function tellDecided(shown: ShownStanding, { lang }: C): Told {
  return offer([TEXTS.decided[lang], standingText(shown, lang)].join('\n'), nextSteps(shown, lang));
}

function tellAwarded({ project, names }: Awarded, c: C): Told {
  const said = { project: projectLine(project, c.lang), names: sideBySide(names, c.lang) };
  return tell(names.length > 0 ? TEXTS.awarded : TEXTS.noAward, c, said);
}

function tellReopened({ project, judge, run }: ReopenedSheet, c: C): Told {
  const said = {
    project: projectLine(project, c.lang),
    judge: judgeName(run.scoring, judge.person, c.lang),
  };
  return tell(TEXTS.reopened, c, said);
}

/** What is told of standings, locking and publishing, by effect. */
export const resultTellers: Readonly<Record<string, Teller>> = {
  standing: telling<ShownStanding>(tellStanding),
  progress: telling<ShownProgress>((shown, { lang }) => offer(progressText(shown, lang), [])),
  'lock-track': (outcome, c, effect) => {
    if (outcome.ok) return tellLocked(outcome.data as LockedTrack, c);
    if (outcome.reason === 'incomplete') return tellIncomplete(outcome.data as LockedTrack, c);
    return tellRefusal(outcome, c, effect);
  },
  'reopen-sheet': telling<ReopenedSheet>(tellReopened),
  'decide-tie': (outcome, c, effect) => {
    if (outcome.ok) return tellDecided(outcome.data as ShownStanding, c);
    if (outcome.reason === 'not-tied') return tellNotTied(outcome.data as ShownStanding, c);
    return tellRefusal(outcome, c, effect);
  },
  award: telling<Awarded>(tellAwarded),
  'publish-results': (outcome, c, effect) => {
    if (outcome.ok) return tellPublication(outcome.data as Publication, c);
    if (outcome.reason === 'changed') return tellPublication(outcome.data as Publication, c, TEXTS.changed);
    if (outcome.reason === 'reopened') return tellStillOpen(outcome.data as ShownStanding, c);
    return tellRefusal(outcome, c, effect);
  },
  'announce-results': (outcome, c) => {
    if (outcome.ok) return tellPreview(outcome.data as Preview, c);
    const { reason, data } = outcome;
    if (reason === 'not-allowed') return notAllowed(c);
    if (reason === 'which-event')
      return askEvent(data as readonly Event[], ({ code }) => `announce results ${code}`, c);
    if (reason === 'empty-audience') return tell(TEXTS.nobody, c);
    if (reason !== 'nothing-published') return tell(TEXTS.tooLong, c);
    return tell(TEXTS.nothing, c, { event: (data as { event: Event }).event.title[c.lang] });
  },
};
