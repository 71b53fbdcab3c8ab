import { briefJudge, confirmJudge } from './brief-judge.ts';
import type { JudgePorts } from './judge-seats.ts';
import { fillSheet, openSheet } from './judge-sheets.ts';
import { listJudges, listPanels, listSheets } from './list-judges.ts';
import type { JudgeVerbs } from './perform-judge.ts';
import { recuseJudge } from './recuse-judge.ts';
import { submitScores } from './submit-scores.ts';

/** Everything about judging, on one set of ports. */
export function judgeVerbs(ports: JudgePorts): JudgeVerbs {
  return {
    briefJudge: briefJudge(ports),
    confirmJudge: confirmJudge(ports),
    submitScores: submitScores(ports),
    openSheet: openSheet(ports),
    fillSheet: fillSheet(ports),
    recuseJudge: recuseJudge(ports),
    listSheets: listSheets(ports),
    listJudges: listJudges(ports),
    listPanels: listPanels(ports),
  };
}
