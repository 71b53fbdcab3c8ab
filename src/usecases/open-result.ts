import type { PublishedResult, Results, Runs } from './roadshow-ports.ts';

interface Ports {
  readonly results: Results;
  readonly runs: Pick<Runs, 'byId'>;
}

/** What an address names. `office` is needed only where events of several have the same code. */
export interface ResultAddress {
  readonly code: string;
  /** null: every track of the event. */
  readonly track: string | null;
  readonly office?: string | undefined;
}

/** The published results at an address, for everybody, the newest first. What is not published yet is not there. */
export function openResults(ports: Ports) {
  return async ({ code, track, office }: ResultAddress): Promise<readonly PublishedResult[]> => {
    const found = await ports.results.byCode(code, track);
    const named = found.filter((one) => office === undefined || one.office === office);
    const all = await onlyPublished(ports, named);
    const [newest] = all;
    return all.filter((one) => one.office === newest?.office);
  };
}

/** Those that their run says are published, the newest first. */
export async function onlyPublished(
  { runs }: Pick<Ports, 'runs'>,
  results: readonly PublishedResult[],
): Promise<readonly PublishedResult[]> {
  const known = new Map(
    (await runs.byId(results.map(({ id }) => id))).map(({ id, scoring }) => [id, scoring]),
  );
  const published = results.filter(({ id, sha256 }) => {
    const scoring = known.get(id);
    return scoring?.state === 'published' && scoring.sha256 === sha256;
  });
  return published.sort((a, b) => (a.result.publishedAt < b.result.publishedAt ? 1 : -1));
}
