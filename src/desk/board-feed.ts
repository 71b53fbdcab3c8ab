import type { Board } from '../usecases/scoreboard.ts';

interface Sources {
  mark(run: string): Promise<string | undefined>;
  board(run: string): Promise<Board | undefined>;
}

/** A scoreboard as it stood at one mark. */
export interface Shown {
  readonly mark: string;
  readonly board: Board;
}

/** One run that somebody follows. */
interface Watched {
  listeners: number;
  shown: Shown | undefined;
  /** Looks that were begun, and the newest one that has ended. */
  begun: number;
  ended: number;
  /** Whoever waits for something else than what is shown. */
  readonly waiting: Set<() => void>;
  readonly ring: () => void;
}

/** How often it is looked for what another process stored, while anybody listens. */
const LOOK_EVERY_MS = 200;
/** How many can follow scoreboards at once. */
export const LISTENERS = 200;

/**
 * Scoreboards as they change. What this process stores is known by a ring, what others store by looking; a board is
 * read once however many follow it, and not at all while nobody does.
 */
export class BoardFeed {
  private readonly watched = new Map<string, Watched>();
  private readonly sources: Sources;
  private readonly fault: (message: string, cause: unknown) => void;
  private readonly everyMs: number;
  private listeners = 0;
  private closed = false;

  constructor(
    sources: Sources,
    fault: (message: string, cause: unknown) => void,
    everyMs: number = LOOK_EVERY_MS,
  ) {
    this.sources = sources;
    this.fault = fault;
    this.everyMs = everyMs;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  get isFull(): boolean {
    return this.listeners >= LISTENERS;
  }

  /** Something of a run was stored in this process. */
  changed(run: string): void {
    this.watched.get(run)?.ring();
  }

  /** Follows a run until `leave` is called. */
  join(run: string): {
    next(seen: string | undefined, waitMs: number, signal: AbortSignal): Promise<Shown | undefined>;
    leave(): void;
  } {
    const one = this.watched.get(run) ?? this.watch(run);
    one.listeners++;
    this.listeners++;
    // What was read before somebody came may be of a time at which it was not theirs to see.
    const from = one.begun;
    one.ring();
    return {
      next: (seen, waitMs, signal) => this.next(one, from, seen, waitMs, signal),
      leave: () => {
        one.listeners--;
        this.listeners--;
        one.ring();
      },
    };
  }

  close(): void {
    this.closed = true;
    for (const one of this.watched.values()) {
      one.ring();
      for (const check of one.waiting) check();
    }
  }

  /** What is shown, once it is something else than what was seen; undefined: nothing came in time. */
  private async next(
    one: Watched,
    from: number,
    seen: string | undefined,
    waitMs: number,
    signal: AbortSignal,
  ): Promise<Shown | undefined> {
    const isNew = () => one.ended > from && one.shown !== undefined && one.shown.mark !== seen;
    if (!isNew() && !this.closed && !signal.aborted)
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          one.waiting.delete(check);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const check = () => {
          if (isNew() || this.closed) done();
        };
        const timer = setTimeout(done, waitMs);
        one.waiting.add(check);
        signal.addEventListener('abort', done);
      });
    return isNew() ? one.shown : undefined;
  }

  private watch(run: string): Watched {
    let ring = (): void => {};
    let rung = false;
    const one: Watched = {
      listeners: 0,
      shown: undefined,
      begun: 0,
      ended: 0,
      waiting: new Set(),
      ring: () => {
        rung = true;
        ring();
      },
    };
    this.watched.set(run, one);
    const pause = () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rung ? 0 : this.everyMs);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    const follow = async () => {
      do {
        rung = false;
        await this.look(run, one);
        if (!this.closed && one.listeners > 0) await pause();
      } while (!this.closed && one.listeners > 0);
      this.watched.delete(run);
    };
    // The one who joins is counted by then.
    queueMicrotask(() => void follow());
    return one;
  }

  private async look(run: string, one: Watched): Promise<void> {
    one.begun++;
    const number = one.begun;
    try {
      const mark = await this.sources.mark(run);
      const board = mark === one.shown?.mark ? one.shown?.board : await this.sources.board(run);
      if (mark === undefined || !board) return;
      one.shown = { mark, board };
      one.ended = number;
      for (const check of one.waiting) check();
    } catch (error) {
      this.fault('a scoreboard could not be read; it is looked at again', error);
    }
  }
}
