import type { Context } from '../src/conversation/flow.ts';
import { fold } from '../src/conversation/words.ts';
import type { Facts } from '../src/usecases/load-facts.ts';
import { byCode } from './facts.ts';

/** A track as somebody names it, and what follows. */
export interface NamedTrack {
  readonly event: string | null;
  readonly track: string | null;
  readonly rest: string;
}

const AFTER = /^[ ,:，：]*/u;

/** What a text begins with of some labels, the longest first. */
function beginning<T>(
  said: string,
  labels: readonly (readonly [string, T])[],
): readonly [T, string] | undefined {
  const found = [...labels]
    .sort(([a], [b]) => b.length - a.length)
    .find(
      ([label]) => said === label || (said.startsWith(label) && /^[ ,:，：]/u.test(said.slice(label.length))),
    );
  return found && [found[1], said.slice(found[0].length).replace(AFTER, '')];
}

/** Reads `fair main …`, `main …` or `主会场 …`: an event by its code, a track by its code or its name. */
export function trackIn(argument: string, { facts }: Pick<Context<Facts>, 'facts'>): NamedTrack {
  const said = fold(argument);
  const calling = facts.events.flatMap(({ event }) => (event.call ? [{ ...event, call: event.call }] : []));
  const event = beginning(
    said,
    calling.map((one) => [one.code, one.id] as const),
  );
  const [id, after] = event ?? [null, said];
  const tracks = calling.filter((one) => id === null || one.id === id).flatMap(({ call }) => call.tracks);
  const track = beginning(
    after,
    tracks.flatMap(({ code, name }) =>
      [code, fold(name.zh), fold(name.en)].map((label) => [label, code] as const),
    ),
  );
  return { event: id, track: track?.[0] ?? null, rest: track?.[1] ?? after };
}

/** Whether an argument begins with an event or a track that there is. */
export function namesTrack(argument: string, c: Pick<Context<Facts>, 'facts'>): boolean {
  const { event, track } = trackIn(argument, c);
  return event !== null || track !== null;
}

/** Reads `P03 P05 …` with an event before or after it: the projects, and what follows in its own words. */
export function projectsIn(
  argument: string,
  { facts }: Pick<Context<Facts>, 'facts'>,
): { readonly event: string | null; readonly numbers: readonly number[]; readonly rest: string } {
  let rest = argument.trim();
  let event: string | null = null;
  const numbers: number[] = [];
  for (;;) {
    const [word = ''] = rest.split(/[ ,，、]/u);
    const coded = /^p0*(?<number>[1-9]\d{0,4})(?:号)?$/iu.exec(fold(word))?.groups?.number;
    const known = byCode(facts, word)?.event;
    if (coded === undefined && !(known && event === null)) return { event, numbers, rest };
    if (coded === undefined) event = known?.id ?? null;
    else numbers.push(Number(coded));
    rest = rest.slice(word.length).replace(/^[ ,，、:：]*/u, '');
  }
}
