import { holdsOfSheets } from '../domain/chasing.ts';
import type { Delivery } from '../domain/delivery.ts';
import { sheetId } from '../domain/sheet.ts';
import type { Runs, Sheets } from '../usecases/roadshow-ports.ts';

export interface SheetPorts {
  readonly runs: Pick<Runs, 'byId'>;
  readonly sheets: Pick<Sheets, 'byId'>;
}

/** Ids of rows about score sheets that say what is no longer so: the sheet came meanwhile, or its track is locked. */
export async function untrueOfSheets(
  { runs, sheets }: SheetPorts,
  rows: readonly Delivery[],
): Promise<ReadonlySet<string>> {
  const held = rows.flatMap(({ id, hold }) =>
    hold && 'run' in hold && 'project' in hold ? [{ id, hold }] : [],
  );
  if (held.length === 0) return new Set();
  const found = await runs.byId([...new Set(held.map(({ hold }) => hold.run))]);
  const runOf = new Map(found.map((run) => [run.id, run]));
  const ids = held.flatMap(({ hold }) =>
    (runOf.get(hold.run)?.scoring.panel ?? []).map(({ person }) => sheetId(hold.project, person)),
  );
  const known = await sheets.byId([...new Set(ids)]);
  const isSo = ({ hold }: (typeof held)[number]): boolean => {
    const run = runOf.get(hold.run);
    return run !== undefined && holdsOfSheets(hold, run, known);
  };
  return new Set(held.filter((one) => !isSo(one)).map(({ id }) => id));
}
