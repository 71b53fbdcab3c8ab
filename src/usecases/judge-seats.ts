import { type Grant, holdsRole, organizes } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import { panelByGrants } from '../domain/judging.ts';
import type { PanelMember, TrackRun } from '../domain/track-run.ts';
import type { Clock, Deliveries, Events, Grants, Letters, People, Projects, Registrations } from './ports.ts';
import type { Runs, Sheets } from './roadshow-ports.ts';

export interface JudgePorts {
  readonly clock: Clock;
  readonly events: Events;
  readonly grants: Grants;
  readonly people: People;
  readonly projects: Projects;
  readonly registrations: Registrations;
  readonly runs: Runs;
  readonly sheets: Sheets;
  readonly deliveries: Deliveries;
  readonly letters: Letters;
}

/** A judge of a track's day. */
export interface Seat {
  readonly run: TrackRun;
  readonly event: Event;
  /** As the panel knows them: who has joined somebody since keeps their place on it, and their sheets. */
  readonly judge: PanelMember;
}

/** Where somebody judges, with the days of all tracks of those events. */
export interface Judging {
  readonly grants: readonly Grant[];
  readonly events: readonly Event[];
  readonly runs: readonly TrackRun[];
  readonly seats: readonly Seat[];
}

/** What somebody judges in the live events: by the panels that are frozen, and else by their invitations. */
export async function judgingOf(
  { grants, people, events, runs }: Pick<JudgePorts, 'grants' | 'people' | 'events' | 'runs'>,
  person: string,
): Promise<Judging> {
  const [held, joined, live] = await Promise.all([
    grants.of([person]),
    people.members(person),
    events.live(),
  ]);
  const own = held.filter(({ role }) => role === 'judge');
  const judged = live.filter(({ id }) => own.some(({ event }) => event === id));
  const found = judged.length > 0 ? await runs.ofEvents(judged.map(({ id }) => id)) : [];
  const names = [person, ...joined.map(({ id }) => id)];
  const seats = judged.flatMap((event) =>
    found
      .filter((run) => run.event === event.id && holdsRole(own, 'judge', event, [run.track]))
      .flatMap((run): Seat[] => {
        const panel =
          run.scoring.state === 'closed' ? panelByGrants(own, event.id, run.track) : run.scoring.panel;
        const judge = panel.find((one) => names.includes(one.person));
        return judge ? [{ run, event, judge }] : [];
      }),
  );
  return { grants: held, events: judged, runs: found, seats };
}

/** The days of tracks whose scores somebody may enter for the judges: of the chief scorer, or who organizes the event. */
export async function scoredFor(
  { grants, events, runs }: Pick<JudgePorts, 'grants' | 'events' | 'runs'>,
  person: string,
): Promise<{ readonly events: readonly Event[]; readonly runs: readonly TrackRun[] }> {
  const [held, live] = await Promise.all([grants.of([person]), events.live()]);
  const own = live.filter(
    (event) =>
      organizes(held, event.office) ||
      held.some(({ role, event: of }) => role === 'scorer' && of === event.id),
  );
  const found = own.length > 0 ? await runs.ofEvents(own.map(({ id }) => id)) : [];
  return {
    events: own,
    runs: found.filter((run) => {
      const event = own.find(({ id }) => id === run.event);
      return event && (organizes(held, event.office) || holdsRole(held, 'scorer', event, [run.track]));
    }),
  };
}
