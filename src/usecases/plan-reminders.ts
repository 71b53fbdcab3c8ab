import { planDeadlines } from '../domain/deadline.ts';
import type { Event } from '../domain/event.ts';
import { type Occasion, planReminders } from '../domain/occasion.ts';
import type { Clock, Occasions, Projects, Revised } from './ports.ts';
import { walkProjects } from './walk-projects.ts';

interface Ports {
  readonly clock: Clock;
  readonly occasions: Occasions;
  readonly projects: Projects;
}

/**
 * Plans the reminders of an event, and of its call for projects, as they are now, and drops those of its earlier
 * times. Twice is once.
 */
export function planRemindersOf({ clock, occasions, projects }: Ports) {
  return async ({ event, revision }: Revised): Promise<void> => {
    // Before the projects are read: what an extension plans meanwhile is not among those that are dropped.
    const planned = (await occasions.planned(event.id)).filter(
      ({ kind }) => kind === 'reminder' || kind === 'deadline',
    );
    const plan = [...planReminders(event), ...planDeadlines(event, await ownDeadlines(projects, event))];
    const wanted = new Set(plan.map(keyOf));
    const gone = planned.filter((one) => !wanted.has(keyOf(one)));
    await occasions.end(
      gone.map(({ id }) => id),
      'superseded',
    );
    const there = new Set(planned.map(keyOf));
    // A reminder whose time has passed already when it is planned is nobody's: it was never promised.
    const missing = plan.filter((one) => one.dueAt > clock.now() && !there.has(keyOf(one)));
    await occasions.add(await revived({ occasions }, missing, revision));
  };
}

/**
 * Plans the reminders before a deadline that a project has of its own. `revision`: of the project, so that those
 * that were superseded meanwhile are planned anew. Twice is once.
 */
export function planOwnDeadline({ clock, occasions }: Pick<Ports, 'clock' | 'occasions'>) {
  return async (event: Event, until: Date, revision: string): Promise<void> => {
    const there = new Set((await occasions.planned(event.id)).map(keyOf));
    const plan = planDeadlines(event, [until]).filter((one) => one.startsAt.getTime() === until.getTime());
    const missing = plan.filter((one) => one.dueAt > clock.now() && !there.has(keyOf(one)));
    await occasions.add(await revived({ occasions }, missing, revision));
  };
}

/** Every deadline of its own that some project of an event has. */
async function ownDeadlines(projects: Projects, event: Event): Promise<readonly Date[]> {
  const found = new Map<number, Date>();
  if (!event.call) return [];
  for await (const batch of walkProjects(projects, event.id))
    for (const { extendedUntil } of batch)
      if (extendedUntil) found.set(extendedUntil.getTime(), extendedUntil);
  return [...found.values()];
}

/** What a reminder is about, whatever its id. */
function keyOf({ kind, rule, session, startsAt, dueAt }: Occasion): string {
  return JSON.stringify([kind, rule, session, startsAt, dueAt]);
}

/** An event that is moved back to earlier times needs those reminders again that were superseded: under new ids. */
async function revived(
  { occasions }: Pick<Ports, 'occasions'>,
  plan: readonly Occasion[],
  revision: number | string,
): Promise<Occasion[]> {
  const known = await occasions.byId(plan.map(({ id }) => id));
  const superseded = new Set(known.flatMap(({ id, state }) => (state === 'superseded' ? [id] : [])));
  return plan.map((one) => (superseded.has(one.id) ? { ...one, id: `${one.id}/${revision}` } : one));
}
