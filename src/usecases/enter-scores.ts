import { type FormEntry, unwritable } from '../domain/score-form.ts';
import { emptySheet, withEntry } from '../domain/sheet.ts';
import { runId } from '../domain/track-run.ts';
import type { Clock } from './ports.ts';
import type { Runs, Sheets } from './roadshow-ports.ts';

/**
 * Enters for a judge what they wrote on paper, if their sheet is still as it was read. False: somebody has written on
 * it since, or it takes nothing any more.
 */
export async function enterScores(
  { runs, sheets, clock }: { readonly runs: Runs; readonly sheets: Sheets; readonly clock: Clock },
  { sheet: read, scores, comment }: Pick<FormEntry, 'sheet' | 'scores' | 'comment'>,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<boolean> {
  const [[run], [stored]] = await Promise.all([
    runs.byId([runId(read.event, read.track)]),
    sheets.byId([read.id]),
  ]);
  const sheet = stored ?? emptySheet(read);
  if (!run || sheet.rev !== read.rev || unwritable(run, sheet)) return false;
  const next = withEntry(sheet, run.scoring.rubric, {
    id,
    at: clock.now(),
    by,
    what: 'scored',
    proxy: true,
    scores,
    comment,
    reason: null,
  });
  return next.rev === sheet.rev || sheets.save(next);
}
