import { type Result, refused } from './ports.ts';
import type { Steered, SteerRefusal } from './steer-notice.ts';
import { changeNotice, noticeFor, type Preview, preview, type WritePorts } from './write-notice.ts';

/** Leaves a channel out of a notice that nobody has confirmed, and shows it again. The same again changes nothing. */
export function leaveOut(ports: WritePorts) {
  return async (input: Steered & { readonly channel: string }): Promise<Result<Preview, SteerRefusal>> => {
    const found = await noticeFor(ports, input.person, input.number);
    if (!found.ok) return found;
    const [event] = await ports.events.byId([found.data.event]);
    if (!event) return refused('unknown-notice');
    const next = await changeNotice(ports, found.data.id, (one) => {
      if (one.state !== 'draft') return undefined;
      return { ...one, without: [...new Set([...one.without, input.channel])], rev: one.rev + 1 };
    });
    return next
      ? { ok: true, data: await preview(ports, next, event) }
      : refused('wrong-state', { notice: found.data });
  };
}
