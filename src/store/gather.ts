import DataLoader from 'dataloader';

/** Makes concurrent reads by id share one round trip. Nothing is remembered: every read sees the store as it is. */
export function gather<T extends { readonly id: string }>(
  find: (ids: readonly string[]) => Promise<T[]>,
): (ids: readonly string[]) => Promise<T[]> {
  const loader = new DataLoader<string, T | undefined>(
    async (ids) => {
      const byId = new Map((await find([...new Set(ids)])).map((one) => [one.id, one]));
      return ids.map((id) => byId.get(id));
    },
    { cache: false, maxBatchSize: 500 },
  );
  return async (ids) => {
    const found = await Promise.all([...new Set(ids)].map((id) => loader.load(id)));
    return found.filter((one) => one !== undefined);
  };
}

/**
 * Makes concurrent writes share one round trip; each gets its own result, or its own failure. A write waits for
 * those that come in the same turn of the event loop.
 */
export function together<T, R>(
  write: (items: readonly T[]) => Promise<readonly (R | Error)[]>,
): (item: T) => Promise<R> {
  const loader = new DataLoader<T, R>(write, {
    cache: false,
    maxBatchSize: 500,
    batchScheduleFn: (run) => setImmediate(run),
  });
  return (item) => loader.load(item);
}

/**
 * As `together`, one after the other: what comes while a write is under way goes together into the next one, so
 * that many who end one by one cost a few round trips.
 */
export function inTurn<T, R>(
  write: (items: readonly T[]) => Promise<readonly (R | Error)[]>,
): (item: T) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve();
  const loader = new DataLoader<T, R>(
    (items) => {
      const writing = write(items);
      last = writing.catch(() => {});
      return writing;
    },
    { cache: false, maxBatchSize: 500, batchScheduleFn: (run) => void last.then(() => setImmediate(run)) },
  );
  return (item) => loader.load(item);
}
