import { projectCode } from '../src/domain/project.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { JudgeLetters } from '../src/usecases/judge-letters.ts';
import { pointsOf, scoreLines, targetLine } from './judge-words.ts';

const TEXTS = {
  entered: {
    zh: '计分长代您记录了 {project} 的评分：\n{scores}{total, select, none {} other {\n合计：{total}}}\n\n如有出入，请发送“更正 {code}”和正确的分数。',
    en: 'The chief scorer has entered your scores for {project}:\n{scores}{total, select, none {} other {\nTotal: {total}}}\n\nIf they are not yours, send “correct {code}” with the right ones.',
  },
} as const satisfies Record<string, Text>;

export const judgeLetters: JudgeLetters = {
  enteredForYou(scored, lang) {
    const { sheet, run } = scored;
    return {
      text: fill(TEXTS.entered, lang, {
        project: targetLine(scored, lang),
        scores: scoreLines(run.scoring.rubric, sheet.scores, lang).join('\n'),
        total: sheet.total === null ? 'none' : pointsOf(sheet.total),
        code: projectCode(scored),
      }),
    };
  },
};
