import type { Letter } from '../src/domain/delivery.ts';
import { projectCode, titleOf } from '../src/domain/project.ts';
import { points } from '../src/domain/standing.ts';
import { fill, type Lang, sideBySide, type Text } from '../src/text/text.ts';
import type { Announced, ScoringLetters } from '../src/usecases/scoring-letters.ts';

const TEXTS = {
  nudge: {
    zh: '{track} {code}“{title}”已路演完毕，还没有收到您的评分。请发送分数，例如：{code} 85 90 78；需要回避请发送“回避 {code}”。',
    en: '{code}, “{title}”, has left the stage ({track}), and your scores are not here yet. Please send them, for example: {code} 85 90 78. To stand back from it, send “recuse {code}”.',
  },
  again: {
    zh: '再次提醒：{track} {code}“{title}”还缺您的评分，请尽快发送。需要帮助，请联系：{contact}',
    en: 'Once more: your scores of {code}, “{title}”, are still missing ({track}). Please send them soon. For help: {contact}',
  },
  score: { zh: '打分', en: 'Score it' },
  silent: {
    zh: '{track} {code}：已提醒两次，仍缺 {count, number} 位评委的评分：{names}',
    en: '{track} {code}: asked twice, and {count, plural, one {# judge has} other {# judges have}} not scored it yet: {names}',
  },
  progress: { zh: '打分进度', en: 'Progress' },
  complete: {
    zh: '{track} {code}“{title}”的评分已齐：{sheets, number} 张。',
    en: '{track} {code}, “{title}”: all scores are in, {sheets, plural, one {# sheet} other {# sheets}}.',
  },
  locked: {
    zh: '“{event}”{track}的打分已锁定，{missing, plural, =0 {评分表已齐} other {还缺 # 张评分表}}。',
    en: 'The scoring of {track}, “{event}”, is locked; {missing, plural, =0 {every sheet is there} one {# sheet is missing} other {# sheets are missing}}.',
  },
  standing: { zh: '排名', en: 'Standing' },
  reopened: {
    zh: '您对{track} {code}“{title}”的评分表已重新开放，原因：{reason}\n请重新发送分数，例如：{code} 85 90 78。提交后会再次锁定。',
    en: 'Your sheet of {code}, “{title}” ({track}), is open again. The reason: {reason}\nPlease send your scores once more, for example: {code} 85 90 78. It is locked again after that.',
  },
  head: { zh: '“{event}”路演结果公布', en: 'The results of “{event}”' },
  track: { zh: '【{track}】', en: '{track}' },
  place: {
    zh: '第 {place} 名：{code} {title}（{score} 分）',
    en: '{place}. {code} {title} ({score} points)',
  },
  prize: {
    zh: '{prize, select, 1 {一等奖} 2 {二等奖} other {三等奖}}：{code} {title}（{score} 分）',
    en: '{prize, select, 1 {First prize} 2 {Second prize} other {Third prize}}: {code} {title} ({score} points)',
  },
  award: { zh: '{name}：{code} {title}', en: '{name}: {code} {title}' },
  thanks: {
    zh: '祝贺获奖团队，感谢各位评委和所有参加路演的团队。',
    en: 'Congratulations to the winners, and thank you to the judges and to every team that took part.',
  },
} as const satisfies Record<string, Text>;

/** Places up to this one have a prize by rule. */
const PRIZES = 3;
/** Places up to this one are announced. */
const ANNOUNCED = 10;

/** In a notice braces stand for what differs by reader: in names they are written otherwise. */
const plain = (words: string): string => words.replace(/\{/gu, '｛').replace(/\}/gu, '｝');

function trackLines({ result, awards }: Announced, lang: Lang): string[] {
  const titles = new Map(result.projects.map(({ code, title }) => [code, plain(title[lang])]));
  const titled = (code: string) => ({ code, title: titles.get(code) ?? code });
  const places = result.standing.ranked.flatMap(({ project, place, score }) => {
    if (place === null || !score || place > ANNOUNCED) return [];
    const values = { ...titled(project), score: points(score), place, prize: place };
    return [fill(place <= PRIZES ? TEXTS.prize : TEXTS.place, lang, values)];
  });
  const named = awards.map(({ project, name }) =>
    fill(TEXTS.award, lang, { ...titled(project), name: plain(name) }),
  );
  return [fill(TEXTS.track, lang, { track: plain(result.track.name[lang]) }), ...places, ...named];
}

/** Letters about the scoring of tracks. */
export const scoringLetters: ScoringLetters = {
  nudge(project, { event, track }, time, lang): Letter {
    const values = {
      track: track.name[lang],
      code: projectCode(project),
      title: titleOf(project, lang),
      contact: event.contact[lang],
    };
    return {
      text: fill(time === 1 ? TEXTS.nudge : TEXTS.again, lang, values),
      choices: [{ value: `score ${values.code}`, label: TEXTS.score[lang] }],
    };
  },
  silentJudges(project, { event, track }, judges, lang) {
    const values = {
      track: track.name[lang],
      code: projectCode(project),
      count: judges.length,
      names: sideBySide(judges, lang),
    };
    return {
      text: fill(TEXTS.silent, lang, values),
      choices: [{ value: `progress ${event.code} ${track.code}`, label: TEXTS.progress[lang] }],
    };
  },
  sheetsComplete(project, { track }, sheets, lang) {
    const values = {
      track: track.name[lang],
      code: projectCode(project),
      title: titleOf(project, lang),
      sheets,
    };
    return { text: fill(TEXTS.complete, lang, values) };
  },
  trackLocked({ event, track }, missing, lang) {
    return {
      text: fill(TEXTS.locked, lang, { event: event.title[lang], track: track.name[lang], missing }),
      choices: [{ value: `standing ${event.code} ${track.code}`, label: TEXTS.standing[lang] }],
    };
  },
  sheetReopened(project, { track }, reason, lang) {
    const values = {
      track: track.name[lang],
      code: projectCode(project),
      title: titleOf(project, lang),
      reason,
    };
    return {
      text: fill(TEXTS.reopened, lang, values),
      choices: [{ value: `score ${values.code}`, label: TEXTS.score[lang] }],
    };
  },
  announcement(event, results, lang) {
    const tracks = results.flatMap((one) => [...trackLines(one, lang), '']);
    return [
      fill(TEXTS.head, lang, { event: plain(event.title[lang]) }),
      '',
      ...tracks,
      TEXTS.thanks[lang],
    ].join('\n');
  },
};
