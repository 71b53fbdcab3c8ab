import type { Context, Told } from '../src/conversation/flow.ts';
import type { Effect, Outcome } from '../src/conversation/types.ts';
import type { Event } from '../src/domain/event.ts';
import { exampleLine } from '../src/domain/judging.ts';
import { projectCode } from '../src/domain/project.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Briefing } from '../src/usecases/brief-judge.ts';
import type { Invited, OwnSheet, OwnSheets, Panel } from '../src/usecases/list-judges.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Recused } from '../src/usecases/recuse-judge.ts';
import type { Scored } from '../src/usecases/write-sheet.ts';
import { tellBriefings } from './judge-briefing.ts';
import { tellJudgeRefusal } from './judge-refusals.ts';
import { criteriaNames, pointsOf, scoreLines, targetLine } from './judge-words.ts';
import { projectLine, short } from './review-words.ts';
import { beginSheet } from './score-form.ts';
import { tell } from './telling.ts';

type C = Context<Facts>;
type Teller = (outcome: Outcome, c: C, effect: Effect) => Told;

const TEXTS = {
  scored: {
    zh: '{seat, select, none {已记录：} other {已代评委{seat}（{name}）记录：}}{project}\n{scores}\n合计：{total}{comment, select, none {} other {\n评语：{comment}}}',
    en: '{seat, select, none {Recorded: } other {Recorded for judge {seat} ({name}): }}{project}\n{scores}\nTotal: {total}{comment, select, none {} other {\nComment: {comment}}}',
  },
  draft: {
    zh: '{seat, select, none {已存为草稿：} other {已代评委{seat}（{name}）存为草稿：}}{project}\n{scores}{comment, select, none {} other {\n评语：{comment}}}\n还缺：{missing}。补齐后才计入。',
    en: '{seat, select, none {Kept as a draft: } other {Kept as a draft for judge {seat} ({name}): }}{project}\n{scores}{comment, select, none {} other {\nComment: {comment}}}\nStill missing: {missing}. It counts once they are there.',
  },
  fix: {
    zh: '更正请重发或发送“更正 {code}”。',
    en: 'To correct it, send the scores again, or “correct {code}”.',
  },
  fixProxy: {
    zh: '已通知评委。更正请发送“代 评委{seat} {code} {example}”。',
    en: 'The judge is told. To correct it, send “for J{seat} {code} {example}”.',
  },
  complete: {
    zh: '补齐请发送“打分 {code}”，或发送“{code} {example}”。',
    en: 'To complete it, send “score {code}”, or all of them: “{code} {example}”.',
  },
  recused: {
    zh: '您已回避“{project}”，您的评分不计入这个项目。撤销请发送“撤销回避 {code}”。',
    en: 'You stand back from {project}, so none of your scores count for it. To take that back, send “return {code}”.',
  },
  returned: {
    zh: '已撤销对“{project}”的回避，原来的分数不再恢复。它上台后请发送分数，例如：{code} {example}',
    en: 'You score {project} again; earlier scores do not come back. Once it is on stage, send for example: {code} {example}',
  },
  confirmed: {
    zh: '谢谢，已确认您担任评委：{events}。项目上台后直接发送分数即可。',
    en: 'Thank you, you are confirmed as a judge of {events}. Once a project is on stage, just send its scores.',
  },
  sheets: {
    zh: '我的评分 · {track}（待打分 {missing, number} 个）\n{lines}',
    en: 'Your scores, {track} ({missing, number} to come)\n{lines}',
  },
  sheet: { zh: '{code} {title}：{state}', en: '{code} {title}: {state}' },
  stateDraft: { zh: '草稿，还缺{missing}', en: 'draft, without {missing}' },
  stateRecused: { zh: '已回避', en: 'you stand back' },
  stateMissing: { zh: '待打分', en: 'to be scored' },
  stateLater: { zh: '未上台', en: 'not on stage yet' },
  noSheets: {
    zh: '您的赛道还没有排定流程，暂时没有评分表。发送“评委须知”可查看项目。',
    en: 'The run of show of your tracks is not planned yet, so there are no sheets. Send “briefing” for the projects.',
  },
  judges: {
    zh: '“{title}”的评委 {count, number} 位，已确认 {confirmed, number} 位{lines, select, none {} other {：\n{lines}}}',
    en: '“{title}”: {count, plural, =0 {no judge} one {# judge} other {# judges}}, {confirmed, number} confirmed{lines, select, none {} other {:\n{lines}}}',
  },
  judge: {
    zh: '{name} · {track, select, none {全部赛道} other {{track}}} · {confirmed, select, yes {已确认} other {待确认}}',
    en: '{name} · {track, select, none {all tracks} other {{track}}} · {confirmed, select, yes {confirmed} other {to be confirmed}}',
  },
  panel: { zh: '评委席 · {track}\n{lines}', en: 'The panel of {track}\n{lines}' },
  seat: { zh: '评委{seat}：{name}', en: 'J{seat}: {name}' },
  panelForm: {
    zh: '代打分请发送“代 评委1 P03 85 90 78”。',
    en: 'To enter scores for one of them, send “for J1 P03 85 90 78”.',
  },
  emptyPanel: { zh: '还没有评委', en: 'nobody yet' },
  noPanels: { zh: '还没有赛道排定流程。', en: 'No track has its run of show yet.' },
  nameless: { zh: '未备注姓名', en: 'no name noted' },
  list: { zh: '、', en: ', ' },
} as const satisfies Record<string, Text>;

const nameOf = (name: string | null, lang: Lang): string => name || TEXTS.nameless[lang];

/** What was kept, read back in full. */
function echo(scored: Scored, { lang }: C): string {
  const { sheet, run, seat, judge } = scored;
  const { rubric } = run.scoring;
  const code = projectCode(scored);
  const values = {
    seat: seat === null ? 'none' : String(seat),
    name: nameOf(judge.name, lang),
    project: targetLine(scored, lang),
    scores: scoreLines(rubric, sheet.scores, lang).join('\n'),
    comment: sheet.comment ?? 'none',
  };
  const example = exampleLine(rubric);
  const fix = seat === null ? TEXTS.fix : TEXTS.fixProxy;
  if (sheet.total !== null) {
    const text = fill(TEXTS.scored, lang, { ...values, total: pointsOf(sheet.total) });
    return [text, fill(fix, lang, { code, seat: String(seat), example })].join('\n');
  }
  const text = fill(TEXTS.draft, lang, { ...values, missing: criteriaNames(rubric, lang, sheet.scores) });
  return [text, fill(TEXTS.complete, lang, { code, example })].join('\n');
}

function sheetState({ sheet, shown }: OwnSheet, { run }: OwnSheets, lang: Lang): string {
  if (sheet?.state === 'recused') return TEXTS.stateRecused[lang];
  if (sheet?.state === 'submitted' && sheet.total !== null) return pointsOf(sheet.total);
  if (sheet?.state === 'draft') {
    const missing = criteriaNames(run.scoring.rubric, lang, sheet.scores);
    return fill(TEXTS.stateDraft, lang, { missing });
  }
  return (shown ? TEXTS.stateMissing : TEXTS.stateLater)[lang];
}

function sheetsText(own: OwnSheets, lang: Lang): string {
  const lines = own.sheets.map((one) =>
    fill(TEXTS.sheet, lang, {
      code: projectCode(one),
      title: short(one.title[lang]),
      state: sheetState(one, own, lang),
    }),
  );
  return fill(TEXTS.sheets, lang, {
    track: own.name[lang],
    missing: own.missing,
    lines: lines.join('\n'),
  });
}

function judgesText({ event, judges }: Invited, lang: Lang): string {
  const lines = judges.map(({ note, part, confirmedAt }) => {
    const track = event.call?.tracks.find(({ code }) => code === part)?.name[lang] ?? part ?? 'none';
    const confirmed = confirmedAt ? 'yes' : 'no';
    return fill(TEXTS.judge, lang, { name: nameOf(note, lang), track, confirmed });
  });
  return fill(TEXTS.judges, lang, {
    title: event.title[lang],
    count: judges.length,
    confirmed: judges.filter(({ confirmedAt }) => confirmedAt).length,
    lines: lines.join('\n') || 'none',
  });
}

function panelText({ name, judges }: Panel, lang: Lang): string {
  const lines = judges.map((one, i) =>
    fill(TEXTS.seat, lang, { seat: String(i + 1), name: nameOf(one.name, lang) }),
  );
  return fill(TEXTS.panel, lang, {
    track: name[lang],
    lines: lines.join('\n') || TEXTS.emptyPanel[lang],
  });
}

const says = (text: string): Told => ({ replies: [{ kind: 'say', text }] });

/** A teller of what succeeded; a refusal is told in its own sentence. */
const told =
  <T>(write: (data: T, c: C) => Told): Teller =>
  (outcome, c, effect) =>
    outcome.ok ? write(outcome.data as T, c) : tellJudgeRefusal(outcome.reason, outcome.data, c, effect);

/** What is told of judging, by effect. */
export const judgeTellers: Readonly<Record<string, Teller>> = {
  'submit-scores': told<Scored>((scored, c) => says(echo(scored, c))),
  'score-sheet': told<Scored>((scored, c) => says(echo(scored, c))),
  // The form goes on; where nothing can be kept any more, it ends.
  'keep-score': (outcome, c, effect) =>
    outcome.ok
      ? { replies: [] }
      : { ...tellJudgeRefusal(outcome.reason, outcome.data, c, effect), ends: true },
  'open-sheet': told<Scored>((scored) => ({ replies: [], start: beginSheet(scored) })),
  'recuse-judge': told<Recused>(({ project, event, what }, c) =>
    tell(TEXTS[what], c, {
      project: projectLine(project, c.lang),
      code: projectCode(project),
      example: exampleLine(event.call?.roadshow.rubric ?? []),
    }),
  ),
  briefing: told<readonly Briefing[]>((all, c) => tellBriefings(all, c)),
  'confirm-judge': told<readonly Event[]>((events, c) =>
    tell(TEXTS.confirmed, c, {
      events: events.map(({ title }) => title[c.lang]).join(TEXTS.list[c.lang]),
    }),
  ),
  sheets: told<readonly OwnSheets[]>((all, c) =>
    all.length === 0 ? tell(TEXTS.noSheets, c) : says(all.map((one) => sheetsText(one, c.lang)).join('\n\n')),
  ),
  judges: told<readonly Invited[]>((all, c) => says(all.map((one) => judgesText(one, c.lang)).join('\n\n'))),
  panel: told<readonly Panel[]>((all, c) =>
    all.length === 0
      ? tell(TEXTS.noPanels, c)
      : says([...all.map((one) => panelText(one, c.lang)), TEXTS.panelForm[c.lang]].join('\n\n')),
  ),
};
