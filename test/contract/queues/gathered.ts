/** Notes that are awaited: `done` resolves when `count` of them are there. */
export interface Gathered<T> {
  add(note: T): void;
  /** All that was noted up to now, also beyond `count`. */
  readonly all: readonly T[];
  readonly done: Promise<readonly T[]>;
}

export function gathered<T>(count: number): Gathered<T> {
  const all: T[] = [];
  const { promise, resolve } = withResolvers<readonly T[]>();
  return {
    add(note) {
      all.push(note);
      if (all.length === count) resolve(all);
    },
    all,
    done: promise,
  };
}

/** A door that is shut until it is opened; jobs wait in front of it. */
export interface Gate {
  open(): void;
  readonly passed: Promise<void>;
}

export function gate(): Gate {
  const { promise, resolve } = withResolvers<void>();
  return { open: resolve, passed: promise };
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
