import type { Track } from '../domain/call.ts';
import type { CallingEvent } from '../domain/event.ts';
import { type TrackNow, trackNow } from '../domain/track-now.ts';
import type { Clock, Events } from './ports.ts';
import type { Runs } from './roadshow-ports.ts';

export interface EventNow {
  readonly event: CallingEvent;
  readonly at: Date;
  /** Tracks whose day is planned, in the order of the event. */
  readonly tracks: readonly { readonly track: Track; readonly now: TrackNow }[];
}

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly runs: Runs;
}

/** What is on stage in a live event and what comes next, for everybody; undefined: there is no such event. */
export function showNow({ clock, events, runs }: Ports) {
  return async (code: string): Promise<EventNow | undefined> => {
    const live = await events.live();
    const event = live.find((one) => one.code === code);
    if (!event?.call) return undefined;
    const calling = { ...event, call: event.call };
    const at = clock.now();
    const planned = new Map((await runs.ofEvents([event.id])).map((run) => [run.track, run]));
    const tracks = calling.call.tracks.flatMap((track) => {
      const run = planned.get(track.code);
      return run ? [{ track, now: trackNow(run, at) }] : [];
    });
    return { event: calling, at, tracks };
  };
}
