import type { Context } from '../src/conversation/flow.ts';
import type { Choice } from '../src/conversation/types.ts';
import { isJudge } from '../src/domain/judging.ts';
import { projectCode } from '../src/domain/project.ts';
import type { Rubric, Scores } from '../src/domain/rubric.ts';
import { fill, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import type { Target } from '../src/usecases/write-sheet.ts';
import { short } from './review-words.ts';

type C = Context<Facts>;

const TEXTS = {
  line: { zh: '{code} {title}', en: '{code} {title}' },
  score: { zh: '{name}：{score}', en: '{name}: {score}' },
  list: { zh: '、', en: ', ' },
} as const satisfies Record<string, Text>;

/** Whether somebody judges in any of the events that are live. */
export function judgesHere({ facts }: Pick<C, 'facts'>): boolean {
  const own = facts.grants.filter((one) => isJudge([one]));
  return own.some((one) => facts.events.some(({ event }) => event.id === one.event));
}

/** `84.50`: hundredths of a point as people read them. */
export function pointsOf(hundredths: number): string {
  return (hundredths / 100).toFixed(2);
}

/** Each score that there is with the name of its criterion, a line each. */
export function scoreLines(rubric: Rubric, scores: Scores, lang: Lang): string[] {
  return rubric.flatMap(({ code, name }) => {
    const score = scores[code];
    return score === undefined ? [] : [fill(TEXTS.score, lang, { name: name[lang], score: String(score) })];
  });
}

/** Names of the criteria, of all or of those without a score. */
export function criteriaNames(rubric: Rubric, lang: Lang, without: Scores = {}): string {
  const names = rubric.filter(({ code }) => without[code] === undefined).map(({ name }) => name[lang]);
  return names.join(TEXTS.list[lang]);
}

/** What the run of show calls a project. */
export function targetTitle({ run, project }: Pick<Target, 'run' | 'project'>, lang: Lang): string {
  return run.plan.items.find((item) => item.project === project)?.title[lang] ?? '';
}

/** `P03 盐碱地改良技术`. */
export function targetLine(target: Pick<Target, 'run' | 'project' | 'number'>, lang: Lang): string {
  return fill(TEXTS.line, lang, {
    code: projectCode(target),
    title: short(targetTitle(target, lang)),
  }).trim();
}

/** One choice for each project; `command` makes the command for its code. */
export function targetChoices(
  targets: readonly Target[],
  command: (code: string) => string,
  lang: Lang,
): Choice[] {
  return targets.map((one) => ({ value: command(projectCode(one)), label: targetLine(one, lang) }));
}
