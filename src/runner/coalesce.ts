/**
 * Turns a function on many items into one on a few: what is asked for while a call is under way goes together
 * into the next one. Everybody gets the result, or the failure, of the call that held their items.
 */
export function coalesce<T, R>(
  call: (items: readonly T[]) => Promise<R>,
  most: number,
): (items: readonly T[]) => Promise<R> {
  let waiting: { items: readonly T[]; resolve: (result: R) => void; reject: (error: unknown) => void }[] = [];
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    // What is asked for in the same turn of the event loop goes together from the first call on.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = take();
      try {
        const result = await call(batch.flatMap(({ items }) => items));
        for (const { resolve } of batch) resolve(result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  };

  const take = () => {
    let count = 0;
    const until = waiting.findIndex(({ items }, i) => {
      count += items.length;
      return i > 0 && count > most;
    });
    const batch = until < 0 ? waiting : waiting.slice(0, until);
    waiting = until < 0 ? [] : waiting.slice(until);
    return batch;
  };

  return (items) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!running) void run();
    });
}
