import { z } from 'zod';
import { codeSchema } from '../domain/questions.ts';
import { type AnnouncePorts, announceResults } from './announce-results.ts';
import { type ChasePorts, chaseJudges } from './chase-judges.ts';
import { decideTie, giveAward } from './decide-tie.ts';
import { lockTrack, settleRuns } from './lock-track.ts';
import { openResults } from './open-result.ts';
import type { Performing } from './perform-notice.ts';
import { publishResults } from './publish-results.ts';
import { reopenSheet } from './reopen-sheet.ts';
import { openBoard, readBoard } from './scoreboard.ts';
import { showProgress, showStanding } from './show-standing.ts';
import type { writeNotice } from './write-notice.ts';

/** Everything about standings, locking and publishing, on one set of ports. */
export function resultVerbs(ports: ChasePorts & AnnouncePorts, write: ReturnType<typeof writeNotice>) {
  return {
    showStanding: showStanding(ports),
    showProgress: showProgress(ports),
    lockTrack: lockTrack(ports),
    reopenSheet: reopenSheet(ports),
    decideTie: decideTie(ports),
    giveAward: giveAward(ports),
    publishResults: publishResults(ports),
    announceResults: announceResults(ports, write),
    chaseJudges: chaseJudges(ports),
    settleRuns: settleRuns(ports),
    openResults: openResults(ports),
    openBoard: openBoard(ports),
    readBoard: readBoard(ports),
  };
}

export type ResultVerbs = ReturnType<typeof resultVerbs>;

/** What a reason may be long. */
export const REASON_MAX = 200;
export const AWARD_MAX = 60;

const event = z.string().max(128).nullable();
const track = codeSchema.nullable();
const number = z.int().min(1).max(99_999);
const reason = z.string().min(1).max(REASON_MAX);

const inputs = {
  track: z.strictObject({ event, track }),
  lock: z.strictObject({ event, track, missing: z.int().min(0).nullable() }),
  reopen: z.strictObject({ event, number, judge: z.int().min(1).max(200), reason }),
  decide: z.strictObject({ event, numbers: z.array(number).min(2).max(20), reason }),
  award: z.strictObject({ event, number, name: z.string().min(1).max(AWARD_MAX).nullable() }),
  publish: z.strictObject({ event, track, seen: z.int().min(0).nullable() }),
  announce: z.strictObject({ event }),
};

/** The effects about standings, locking and publishing, by kind. */
export function resultEffects(verbs: ResultVerbs): Readonly<Record<string, Performing>> {
  return {
    standing: async (input, person) => verbs.showStanding({ ...inputs.track.parse(input), person }),
    progress: async (input, person) => verbs.showProgress({ ...inputs.track.parse(input), person }),
    'lock-track': async (input, person) => verbs.lockTrack({ ...inputs.lock.parse(input), person }),
    'reopen-sheet': async (input, person, effect) =>
      verbs.reopenSheet({ ...inputs.reopen.parse(input), person, effect }),
    'decide-tie': async (input, person) => verbs.decideTie({ ...inputs.decide.parse(input), person }),
    award: async (input, person) => verbs.giveAward({ ...inputs.award.parse(input), person }),
    'publish-results': async (input, person) =>
      verbs.publishResults({ ...inputs.publish.parse(input), person }),
    'announce-results': async (input, person, effect) =>
      verbs.announceResults({ ...inputs.announce.parse(input), person, effect }),
  };
}
