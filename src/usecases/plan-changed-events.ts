import type { enrolPromised } from './enrol-promised.ts';
import type { planRemindersOf } from './plan-reminders.ts';
import type { Events } from './ports.ts';

interface Ports {
  readonly events: Events;
  readonly enrol: ReturnType<typeof enrolPromised>;
  readonly planReminders: ReturnType<typeof planRemindersOf>;
}

const BATCH = 50;

/** Sees to what follows from a change of events: seats that have a limit now, and reminders. Returns how many events. */
export function planChangedEvents({ events, enrol, planReminders }: Ports) {
  return async (): Promise<number> => {
    const changed = await events.unplanned(BATCH);
    for (const one of changed) {
      await enrol(one.event);
      await planReminders(one);
      await events.markPlanned(one.event.id, one.revision);
    }
    return changed.length;
  };
}
