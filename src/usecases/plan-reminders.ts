import { planReminders } from '../domain/notice.ts';
import type { Clock, Events, Occasions } from './ports.ts';

interface Ports {
  readonly clock: Clock;
  readonly events: Events;
  readonly occasions: Occasions;
}

const BATCH = 50;

/** Plans the reminders of every event whose content has changed, and drops those of its earlier times. Returns how many events. */
export function planChangedEvents({ clock, events, occasions }: Ports) {
  return async (): Promise<number> => {
    const changed = await events.unplanned(BATCH);
    for (const { event, revision } of changed) {
      const plan = planReminders(event);
      const wanted = new Set(plan.map(({ id }) => id));
      const planned = await occasions.planned(event.id);
      const gone = planned.filter(({ id, kind }) => kind === 'reminder' && !wanted.has(id));
      await occasions.end(
        gone.map(({ id }) => id),
        'superseded',
      );
      // A reminder whose time has passed already when it is planned is nobody's: it was never promised.
      await occasions.add(plan.filter(({ dueAt }) => dueAt > clock.now()));
      await events.markPlanned(event.id, revision);
    }
    return changed.length;
  };
}
