import { z } from 'zod';
import type { Text } from '../text/text.ts';
import { codeSchema, textSchema } from './questions.ts';
import { MINUTE } from './time.ts';

const minutesSchema = z.int().min(0).max(240);

/** One item of a run: a project that pitches and answers, or whatever else has its time on stage. */
export const runItemSchema = z.strictObject({
  id: z.string().min(1).max(64),
  kind: z.enum(['project', 'signing', 'speech', 'break']),
  /** The project's id; null: it is none. */
  project: z.string().nullable(),
  title: textSchema,
  /** Who is called to the stage, in order: groups as they are announced. */
  parties: z.array(textSchema).max(20),
  pitch: minutesSchema,
  questions: minutesSchema,
  /** Until the next one can begin. */
  changeover: minutesSchema,
  /** The effect that added it to the projects. */
  added: z.string().exactOptional(),
});
export type RunItem = z.infer<typeof runItemSchema>;

/** What a track is to show, from when. Frozen by nothing: every change of the day is a command after it. */
export const runPlanSchema = z.strictObject({
  event: z.string(),
  track: codeSchema,
  startsAt: z.date(),
  items: z.array(runItemSchema).min(1).max(200),
});
export type RunPlan = z.infer<typeof runPlanSchema>;

/** What a host said, in order. `id` is the effect's: the same again is the same command. */
export type RunCommand = {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
} & (
  | { readonly what: 'next' | 'pause' | 'resume' | 'close' | 'undo' }
  | { readonly what: 'delay'; readonly minutes: number }
  | { readonly what: 'swap'; readonly items: readonly [string, string] }
  | { readonly what: 'noshow'; readonly item: string }
);

export type RunPhase = 'planned' | 'live' | 'paused' | 'closed';

/** An item that was on stage. */
export interface Shown {
  readonly item: string;
  readonly from: Date;
  readonly to: Date;
}

/** Where a run stands. */
export interface RunState {
  readonly phase: RunPhase;
  /** Items in the order in which they are shown now. */
  readonly order: readonly string[];
  readonly current: { readonly item: string; readonly since: Date } | null;
  /** How many parties of the present item were called to the stage. */
  readonly cued: number;
  readonly shown: readonly Shown[];
  readonly missing: readonly string[];
  /** By how much the host has put off what comes next. */
  readonly delayedMs: number;
  /** How long the present item, or the wait for the first, was paused. */
  readonly pausedMs: number;
  readonly pausedSince: Date | null;
  /** When the stage was free last: when nothing was shown yet, the planned start. */
  readonly freeSince: Date;
}

/** Why a command makes no sense now. */
export type RunRefusal =
  | 'closed'
  | 'nothing-next'
  | 'not-live'
  | 'not-paused'
  | 'already-paused'
  | 'unknown-item'
  | 'already-shown'
  | 'on-stage'
  | 'same-item'
  | 'nothing-to-undo';

export function firstState({ startsAt, items }: RunPlan): RunState {
  return {
    phase: 'planned',
    order: items.map(({ id }) => id),
    current: null,
    cued: 0,
    shown: [],
    missing: [],
    delayedMs: 0,
    pausedMs: 0,
    pausedSince: null,
    freeSince: startsAt,
  };
}

/** Commands that count: each `undo` takes back the last one before it that still did. */
export function standingCommands(commands: readonly RunCommand[]): RunCommand[] {
  const standing: RunCommand[] = [];
  for (const command of commands) {
    if (command.what === 'undo') standing.pop();
    else standing.push(command);
  }
  return standing;
}

/** Where a run stands after its commands: computed anew from the plan, so that an undo leaves no trace. */
export function runState(plan: RunPlan, commands: readonly RunCommand[]): RunState {
  return standingCommands(commands).reduce((state, command) => {
    const after = apply(plan, state, command);
    return typeof after === 'string' ? state : after;
  }, firstState(plan));
}

/** Why a command would change nothing; undefined: it can be added. */
export function refusalOf(
  plan: RunPlan,
  commands: readonly RunCommand[],
  command: RunCommand,
): RunRefusal | undefined {
  if (command.what === 'undo') return standingCommands(commands).length === 0 ? 'nothing-to-undo' : undefined;
  const after = apply(plan, runState(plan, commands), command);
  return typeof after === 'string' ? after : undefined;
}

/** Items still to come, in order. */
export function upcoming({ order, shown, missing, current }: RunState): readonly string[] {
  const gone = new Set([...shown.map(({ item }) => item), ...missing, current?.item]);
  return order.filter((item) => !gone.has(item));
}

function apply(plan: RunPlan, state: RunState, command: RunCommand): RunState | RunRefusal {
  if (state.phase === 'closed') return 'closed';
  if (command.what === 'next') return next(plan, state, command.at);
  if (command.what === 'delay') return { ...state, delayedMs: state.delayedMs + command.minutes * MINUTE };
  if (command.what === 'swap') return swap(plan, state, command.items);
  if (command.what === 'noshow') return noshow(plan, state, command.item, command.at);
  if (command.what === 'pause') {
    if (state.phase === 'paused') return 'already-paused';
    return { ...state, phase: 'paused', pausedSince: command.at };
  }
  if (command.what === 'resume') {
    if (state.pausedSince === null) return 'not-paused';
    return resumed(state, command.at);
  }
  return { ...left(resumed(state, command.at), command.at), phase: 'closed' };
}

function resumed(state: RunState, at: Date): RunState {
  if (state.pausedSince === null) return state;
  const pausedMs = state.pausedMs + (at.getTime() - state.pausedSince.getTime());
  const phase = state.current || state.shown.length > 0 ? 'live' : 'planned';
  return { ...state, phase, pausedMs, pausedSince: null };
}

/** The present item leaves the stage. */
function left(state: RunState, at: Date): RunState {
  const { current } = state;
  if (!current) return state;
  const shown = [...state.shown, { item: current.item, from: current.since, to: at }];
  return { ...state, current: null, shown, freeSince: at, pausedMs: 0 };
}

/** The party of the present item that comes to the stage next; undefined: all are there, or it has none. */
export function nextParty({ items }: RunPlan, { current, cued }: RunState): Text | undefined {
  return items.find(({ id }) => id === current?.item)?.parties[cued];
}

/** Calls the next party of the present item; once all are there, the next item. */
function next(plan: RunPlan, before: RunState, at: Date): RunState | RunRefusal {
  if (nextParty(plan, before)) return { ...resumed(before, at), cued: before.cued + 1 };
  const state = left(resumed(before, at), at);
  const [item] = upcoming(state);
  if (item === undefined) return before.current ? { ...state, phase: 'live' } : 'nothing-next';
  return { ...state, phase: 'live', current: { item, since: at }, cued: 0, delayedMs: 0, pausedMs: 0 };
}

function swap(plan: RunPlan, state: RunState, [a, b]: readonly [string, string]): RunState | RunRefusal {
  if (a === b) return 'same-item';
  for (const item of [a, b]) {
    const wrong = unfit(plan, state, item);
    if (wrong) return wrong;
  }
  const other = new Map([
    [a, b],
    [b, a],
  ]);
  return { ...state, order: state.order.map((item) => other.get(item) ?? item) };
}

function unfit(plan: RunPlan, state: RunState, item: string): RunRefusal | undefined {
  if (!plan.items.some(({ id }) => id === item)) return 'unknown-item';
  if (state.current?.item === item) return 'on-stage';
  return upcoming(state).includes(item) ? undefined : 'already-shown';
}

/** Who does not come is passed over; on stage they leave it, and the next one waits for `next`. */
function noshow(plan: RunPlan, state: RunState, item: string, at: Date): RunState | RunRefusal {
  const missing = [...state.missing, item];
  if (state.current?.item === item) return { ...resumed(state, at), current: null, freeSince: at, missing };
  return unfit(plan, state, item) ?? { ...state, missing };
}

/** When an item is to be on stage, as things stand. */
export interface Expected {
  readonly item: string;
  readonly from: Date;
  readonly to: Date;
}

const durationOf = ({ pitch, questions }: RunItem): number => (pitch + questions) * MINUTE;

/**
 * When the present item and those to come are on stage, as seen at a moment: what overruns, is paused or was put off
 * moves all that follows. A past expectation is never given: what should have begun begins now.
 */
export function expectedTimes(plan: RunPlan, state: RunState, now: Date): Expected[] {
  if (state.phase === 'closed') return [];
  const items = new Map(plan.items.map((item) => [item.id, item]));
  const pausedNow = state.pausedSince ? Math.max(0, now.getTime() - state.pausedSince.getTime()) : 0;
  const paused = state.pausedMs + pausedNow;
  const expected: Expected[] = [];
  let free = state.freeSince.getTime();
  const present = state.current && items.get(state.current.item);
  if (state.current && present) {
    const end = state.current.since.getTime() + durationOf(present) + paused;
    const to = Math.max(end, now.getTime());
    expected.push({ item: present.id, from: state.current.since, to: new Date(to) });
    free = to + present.changeover * MINUTE;
  } else {
    const last = items.get(state.shown.at(-1)?.item ?? '');
    free += (last?.changeover ?? 0) * MINUTE + paused;
  }
  free += state.delayedMs;
  for (const id of upcoming(state)) {
    const item = items.get(id);
    if (!item) continue;
    const from = Math.max(free, now.getTime());
    const to = from + durationOf(item);
    expected.push({ item: id, from: new Date(from), to: new Date(to) });
    free = to + item.changeover * MINUTE;
  }
  return expected;
}

/** The clock of the item on stage. */
export interface StageClock {
  readonly item: string;
  readonly part: 'pitch' | 'questions' | 'over';
  /** Until the part ends; of `over`: since it ended. Milliseconds. */
  readonly ms: number;
}

/** How the item on stage stands with its time; undefined: none is. */
export function stageClock(plan: RunPlan, state: RunState, now: Date): StageClock | undefined {
  const item = plan.items.find(({ id }) => id === state.current?.item);
  if (!item || !state.current) return undefined;
  const until = state.pausedSince ?? now;
  const spent = until.getTime() - state.current.since.getTime() - state.pausedMs;
  const pitch = item.pitch * MINUTE;
  const whole = pitch + item.questions * MINUTE;
  if (spent < pitch) return { item: item.id, part: 'pitch', ms: pitch - spent };
  if (spent < whole) return { item: item.id, part: 'questions', ms: whole - spent };
  return { item: item.id, part: 'over', ms: spent - whole };
}

/** Why a team is called: so many minutes are left, or it is the next one. */
export type CallUp = { readonly item: string; readonly why: 30 | 10 | 'next'; readonly from: Date };

const CALLS = [30, 10] as const;

/** The calls to the stage that are due at a moment: whom one was made to before is left to the caller. */
export function dueCalls(plan: RunPlan, state: RunState, now: Date): CallUp[] {
  if (state.phase === 'closed' || state.phase === 'paused') return [];
  const coming = expectedTimes(plan, state, now).filter(({ item }) => item !== state.current?.item);
  return coming.flatMap(({ item, from }, i): CallUp[] => {
    const left = from.getTime() - now.getTime();
    const isNext = i === 0 && state.current !== null;
    const due = CALLS.filter((minutes) => left <= minutes * MINUTE).at(-1);
    return [
      ...(due === undefined ? [] : [{ item, why: due, from }]),
      ...(isNext ? [{ item, why: 'next' as const, from }] : []),
    ];
  });
}
