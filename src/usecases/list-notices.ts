import { type Notice, type Progress, progressOf } from '../domain/notice.ts';
import { type FigurePorts, recentNotices } from './notice-figures.ts';
import type { Result } from './ports.ts';

export interface ListedNotice {
  readonly notice: Notice;
  readonly progress: Progress;
}

/** As many as a menu can hold. */
const LISTED = 8;

/** The newest notices of the offices that a person organizes, with how they go. Refused to all but organizers. */
export function listNotices(ports: FigurePorts) {
  return async ({ person }: { person: string }): Promise<Result<readonly ListedNotice[], 'not-allowed'>> => {
    const found = await recentNotices(ports)({ person, limit: LISTED });
    if (!found.ok) return found;
    const listed = found.data.map(async (notice) => {
      const tally = notice.state === 'draft' ? [] : await ports.deliveries.tally(notice.id);
      return { notice, progress: progressOf(tally) };
    });
    return { ok: true, data: await Promise.all(listed) };
  };
}
