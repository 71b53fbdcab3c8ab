import type { Delivery } from '../domain/delivery.ts';
import { holdsOfRun } from '../domain/run-hold.ts';
import type { Runs } from '../usecases/roadshow-ports.ts';

/** Ids of rows about the day of a track that tell what is no longer so. */
export async function outdatedOnDay(
  { runs }: { readonly runs: Runs },
  rows: readonly Delivery[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const held = rows.flatMap(({ id, hold }) => (hold && 'item' in hold ? [{ id, hold }] : []));
  if (held.length === 0) return new Set();
  const found = await runs.byId([...new Set(held.map(({ hold }) => hold.run))]);
  const runOf = new Map(found.map((run) => [run.id, run]));
  const isSo = ({ hold }: (typeof held)[number]): boolean => {
    const run = runOf.get(hold.run);
    return run !== undefined && holdsOfRun(hold, run, now);
  };
  return new Set(held.filter((one) => !isSo(one)).map(({ id }) => id));
}
