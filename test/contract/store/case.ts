import type { MongoDocument } from './engines.ts';

/** What a case stands on: an empty repository, and the same one as another process has it open. */
export interface Ground<P> {
  readonly port: P;
  readonly twin: P;
  /** The documents as the database holds them; undefined where there is no database. */
  readonly documents?: () => Promise<MongoDocument[]>;
}

/** One behaviour that every implementation of a port promises. It throws where that does not hold. */
export interface Case<P> {
  readonly name: string;
  readonly run: (ground: Ground<P>) => Promise<void>;
}

/** The cases of a port from their sentences. */
export function cases<P>(promises: Readonly<Record<string, Case<P>['run']>>): readonly Case<P>[] {
  return Object.entries(promises).map(([name, run]) => ({ name, run }));
}

const START = Date.UTC(2026, 4, 10, 2, 0, 0, 7);

/** A moment some seconds after the one at which every case begins. */
export const at = (seconds: number): Date => new Date(START + seconds * 1_000);

/** Text that a store may get wrong: Chinese, beyond the basic plane, joined emoji, both quotes, a dollar, a dot, a zero. */
export const HARD_TEXT = '成都 𠮷野家 👩‍👩‍👧‍👦 "a" \'b\' $set a.b \\ \u0000 \u202e end';

/** So many at once, by both openings in turn. */
export function atOnce<P, R>(
  { port, twin }: Ground<P>,
  times: number,
  run: (port: P, i: number) => Promise<R>,
): Promise<R[]> {
  return Promise.all(Array.from({ length: times }, (_, i) => run(i % 2 === 0 ? port : twin, i)));
}

export const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);
