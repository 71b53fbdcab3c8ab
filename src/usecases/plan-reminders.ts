import { type Occasion, planReminders } from '../domain/occasion.ts';
import type { Clock, Occasions, Revised } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly occasions: Occasions;
}

/** Plans the reminders of an event as it is now, and drops those of its earlier times. Twice is once. */
export function planRemindersOf({ clock, occasions }: Ports) {
  return async ({ event, revision }: Revised): Promise<void> => {
    const plan = planReminders(event);
    const wanted = new Set(plan.map(keyOf));
    const planned = (await occasions.planned(event.id)).filter(({ kind }) => kind === 'reminder');
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

/** What a reminder is about, whatever its id. */
function keyOf({ rule, session, startsAt, dueAt }: Occasion): string {
  return JSON.stringify([rule, session, startsAt, dueAt]);
}

/** An event that is moved back to earlier times needs those reminders again that were superseded: under new ids. */
async function revived(
  { occasions }: Pick<Ports, 'occasions'>,
  plan: readonly Occasion[],
  revision: Revised['revision'],
): Promise<Occasion[]> {
  const known = await occasions.byId(plan.map(({ id }) => id));
  const superseded = new Set(known.flatMap(({ id, state }) => (state === 'superseded' ? [id] : [])));
  return plan.map((one) => (superseded.has(one.id) ? { ...one, id: `${one.id}/${revision}` } : one));
}
