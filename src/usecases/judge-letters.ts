import type { Letter } from '../domain/delivery.ts';
import type { Lang } from '../text/text.ts';
import type { Scored } from './write-sheet.ts';

/** Letters to judges. */
export interface JudgeLetters {
  /** What was entered for a judge by the chief scorer. */
  enteredForYou(scored: Scored, lang: Lang): Letter;
}
