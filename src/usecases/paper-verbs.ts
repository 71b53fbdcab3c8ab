import { checkScores, type ImportPorts, importScores } from './import-scores.ts';
import type { PaperVerbs } from './perform-paper.ts';
import { type PrintPorts, printPaper } from './print-paper.ts';

/** Everything about papers of a track. */
export function paperVerbs(ports: PrintPorts & ImportPorts): PaperVerbs {
  return {
    printPaper: printPaper(ports),
    checkScores: checkScores(ports),
    importScores: importScores(ports),
  };
}
