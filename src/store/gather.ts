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
    const found = await Promise.all(ids.map((id) => loader.load(id)));
    return found.filter((one) => one !== undefined);
  };
}
