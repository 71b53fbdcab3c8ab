import type { Event } from '../domain/event.ts';
import type { Notice } from '../domain/notice.ts';
import { type Result, refused } from './ports.ts';
import type { Steered, SteerRefusal } from './steer-notice.ts';
import { EDITABLE, noticeFor, type WritePorts } from './write-notice.ts';

/** A notice with all that a form needs to begin from it. */
export interface OpenedNotice {
  readonly notice: Notice;
  readonly event: Event;
  /** Bytes of its file; null: it has none, or that is gone. */
  readonly fileSize: number | null;
  readonly now: Date;
}

/** Opens a notice that has not started for changes. Nothing is changed by that. */
export function openNotice(ports: WritePorts) {
  return async ({ person, number }: Steered): Promise<Result<OpenedNotice, SteerRefusal>> => {
    const found = await noticeFor(ports, person, number);
    if (!found.ok) return found;
    const notice = found.data;
    if (!EDITABLE.includes(notice.state)) return refused('wrong-state', { notice });
    const [event] = await ports.events.byId([notice.event]);
    if (!event) return refused('unknown-notice');
    const { file } = notice.content;
    const [kept] = file ? await ports.files.byId([file.id]) : [];
    return { ok: true, data: { notice, event, fileSize: kept?.size ?? null, now: ports.clock.now() } };
  };
}
