/** The process is gone: what is thrown at the port call at which it went, and at every one after. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

type Port = Readonly<Record<string, unknown>>;
type Step = (call: () => Promise<unknown>) => Promise<unknown>;

/** Every asynchronous call of every port goes through `step`. */
function stepping<P extends object>(ports: P, step: Step): P {
  const wrapped = Object.entries(ports).map(([name, port]) => {
    const methods = Object.entries(port as Port).map(([method, run]) => {
      if (typeof run !== 'function') return [method, run];
      return [method, (...args: unknown[]) => step(async () => run.apply(port, args))];
    });
    return [name, Object.fromEntries(methods)];
  });
  return Object.fromEntries(wrapped) as P;
}

export interface Mortal<P> {
  readonly ports: P;
  /** Calls that came through so far. */
  readonly calls: () => number;
}

/** Ports of a process that dies right after its call number `last` has been carried out; 0: before the first. */
export function crashAfter<P extends object>(ports: P, last: number): Mortal<P> {
  let calls = 0;
  const step: Step = async (call) => {
    if (calls >= last) throw new Crash(`after call ${last}`);
    calls++;
    const result = await call();
    if (calls >= last) throw new Crash(`after call ${last}`);
    return result;
  };
  return { ports: stepping(ports, step), calls: () => calls };
}

/** Ports that only count their calls. */
export function counting<P extends object>(ports: P): Mortal<P> {
  let calls = 0;
  const step: Step = (call) => {
    calls++;
    return call();
  };
  return { ports: stepping(ports, step), calls: () => calls };
}

/** Small numbers that look random and are the same for the same seed. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Ports whose calls wait some turns before and after they are carried out, so that callers interleave. */
export function interleaving<P extends object>(ports: P, seed: number): P {
  const roll = dice(seed);
  const pause = async () => {
    for (let turns = roll(8); turns > 0; turns--) await Promise.resolve();
  };
  return stepping(ports, async (call) => {
    await pause();
    const result = await call();
    await pause();
    return result;
  });
}
