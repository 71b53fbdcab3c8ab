import type { CallingEvent } from '../domain/event.ts';
import { MINUTE } from '../domain/time.ts';
import { type Imported, storeEvent } from './import-event.ts';
import { type CallPorts, type CallRefusal, organizedCall } from './organized-call.ts';
import { type Clock, type Occasions, type Result, refused } from './ports.ts';

interface Ports extends CallPorts {
  readonly clock: Clock;
  readonly occasions: Occasions;
}

/** A call can be closed at once: that moment has passed when it is stored. */
const JUST_NOW = 10 * MINUTE;

export interface ExtendedAll {
  readonly event: CallingEvent;
  readonly before: Date;
  readonly what: Imported['what'];
}

/**
 * Moves the deadline of an event's call; teams that have yet to submit are told by an occasion. Refused when
 * somebody moved it since it was `from`, unless that was this very change.
 */
export function extendCall(ports: Ports, plan: () => Promise<unknown>) {
  return async (asked: {
    readonly event: string;
    readonly person: string;
    readonly from: Date;
    readonly until: Date;
  }): Promise<Result<ExtendedAll, CallRefusal | 'past' | 'deadline-changed'>> => {
    const found = await organizedCall(ports, asked.event, asked.person);
    if (!found.ok) return found;
    const event = found.data;
    const [from, until] = [asked.from.getTime(), asked.until.getTime()];
    const isDone = event.call.closesAt.getTime() === until;
    if (!isDone && until < ports.clock.now().getTime() - JUST_NOW) return refused('past', { event });
    const isMine = ({ call }: Pick<CallingEvent, 'call'>) => [from, until].includes(call.closesAt.getTime());
    if (!isMine(event)) return refused('deadline-changed', { event });
    const stored = await storeEvent(ports, event.office, event.code, (known) => {
      const now = known ?? event;
      return now.call && isMine({ call: now.call })
        ? { ...now, call: { ...now.call, closesAt: asked.until } }
        : now;
    });
    const { call } = stored.event;
    if (call?.closesAt.getTime() !== until) return refused('deadline-changed', { event: stored.event });
    await plan();
    return {
      ok: true,
      data: { event: { ...stored.event, call }, before: asked.from, what: stored.what },
    };
  };
}
