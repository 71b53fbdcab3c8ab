import type { Context } from 'hono';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Proofs } from '../channels/web/token.ts';
import { conversationOfVisitor, type VisitorDoor } from '../channels/web/visitors.ts';
import { BoardFeed } from '../desk/board-feed.ts';
import { resultRoutes } from '../desk/results.ts';
import { boardRoutes } from '../desk/scoreboard.ts';
import { writeResultFile } from '../documents/result-file.ts';
import { runId } from '../domain/track-run.ts';
import type { Runs, Sheets } from '../usecases/roadshow-ports.ts';
import type { makeVerbs } from '../usecases/verbs.ts';

type Verbs = ReturnType<typeof makeVerbs>;

/** Rings for every run of which something was stored. */
export function ringing(
  { runs, sheets }: { readonly runs: Runs; readonly sheets: Sheets },
  changed: (run: string) => void,
): { readonly runs: Runs; readonly sheets: Sheets } {
  return {
    runs: {
      ...runs,
      async save(next) {
        const saved = await runs.save(next);
        if (saved) changed(next.id);
        return saved;
      },
    },
    sheets: {
      ...sheets,
      async save(next) {
        const saved = await sheets.save(next);
        if (saved) changed(runId(next.event, next.track));
        return saved;
      },
      async lock(event, track, empty) {
        await sheets.lock(event, track, empty);
        changed(runId(event, track));
      },
    },
  };
}

/** Where an event's results are shown. */
export const resultLinks = (publicUrl: string | undefined) => (code: string) =>
  publicUrl && new URL(`/results/${code}`, publicUrl).href;

/** Scoreboards of a house; what reads them waits while the store is away. */
export function boardFeed(
  { readBoard }: Pick<Verbs, 'readBoard'>,
  guard: <T>(work: () => Promise<T>) => Promise<T>,
  fault: (message: string, cause: unknown) => void,
): BoardFeed {
  const { mark, board } = readBoard;
  return new BoardFeed(
    { mark: (run) => guard(() => mark(run)), board: (run) => guard(() => board(run)) },
    fault,
  );
}

/** Results and scoreboards, for browsers and programs. */
export function resultRooms(parts: {
  readonly verbs: Pick<Verbs, 'openResults' | 'openBoard'>;
  readonly feed: BoardFeed;
  readonly door: VisitorDoor;
  readonly proofs: Pick<Proofs, 'accountOf'>;
  readonly limits: { readonly points: number; readonly duration: number };
  readonly guard: <T>(work: () => Promise<T>) => Promise<T>;
  readonly personOf: (conversation: string) => Promise<string | undefined>;
}) {
  const { verbs, feed, door, proofs, guard, personOf } = parts;
  const reads = new RateLimiterMemory(parts.limits);
  const conversationOf = (c: Context): string | undefined => {
    const [scheme, token = ''] = (c.req.header('authorization') ?? '').split(' ');
    const account = scheme === 'Bearer' ? proofs.accountOf(token) : undefined;
    return account === undefined ? undefined : conversationOfVisitor(account);
  };
  const results = resultRoutes({
    openResults: (address) => guard(() => verbs.openResults(address)),
    langOf: door.langOf,
    write: ({ result, sha256 }) => writeResultFile(result, sha256),
  });
  const board = boardRoutes({
    conversationOf,
    personOf,
    // A hall shares one address: visitors without a token share one allowance.
    tooOften: (c) => door.tooMany(c, reads, conversationOf(c) ?? 'everybody', 'too_often'),
    notFound: (c) => door.refuse(c, 404, 'not_found'),
    busy: (c) => door.refuse(c, 503, 'busy'),
    openBoard: (address) => guard(() => verbs.openBoard(address)),
    feed,
  });
  return [results, board];
}
