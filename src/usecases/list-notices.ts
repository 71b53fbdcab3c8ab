import { isOrganizer } from '../domain/access.ts';
import { type Notice, type Progress, progressOf } from '../domain/notice.ts';
import { type Deliveries, type Grants, type Notices, type Result, refused } from './ports.ts';

interface Ports {
  readonly notices: Notices;
  readonly deliveries: Deliveries;
  readonly grants: Grants;
}

export interface ListedNotice {
  readonly notice: Notice;
  readonly progress: Progress;
}

/** As many as a menu can hold. */
const LISTED = 8;

/** The newest notices of the offices that a person organizes, with how they go. Refused to all but organizers. */
export function listNotices({ notices, deliveries, grants }: Ports) {
  return async ({ person }: { person: string }): Promise<Result<readonly ListedNotice[], 'not-allowed'>> => {
    const held = await grants.of([person]);
    if (!isOrganizer(held)) return refused('not-allowed');
    const offices = held.flatMap(({ office }) => office ?? []);
    const isEverywhere = held.some(({ office }) => office === null);
    const found = await notices.recent(isEverywhere ? null : [...new Set(offices)], LISTED);
    const listed = found.map(async (notice) => {
      const tally = notice.state === 'draft' ? [] : await deliveries.tally(notice.id);
      return { notice, progress: progressOf(tally) };
    });
    return { ok: true, data: await Promise.all(listed) };
  };
}
