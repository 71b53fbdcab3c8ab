import { isOrganizer, officesOrganized } from '../domain/access.ts';
import { type Notice, type Progress, progressOf } from '../domain/notice.ts';
import type { Clock, Deliveries, Grants, Notices, Result } from './ports.ts';
import { refused } from './ports.ts';
import { etaOf } from './run-notices.ts';
import { noticeFor } from './write-notice.ts';

export interface FigurePorts {
  readonly clock: Clock;
  readonly grants: Grants;
  readonly notices: Notices;
  readonly deliveries: Deliveries;
}

/** How a notice stands, in numbers. */
export interface Figures {
  readonly notice: Notice;
  readonly progress: Progress;
  /** Failed ones by cause. */
  readonly failures: Readonly<Record<string, number>>;
  /** Readers who confirmed that they have it. */
  readonly receipts: number;
  /** Seconds until the rest has left; undefined: it cannot be told, or nothing is on its way. */
  readonly eta: number | undefined;
}

/** The figures of a notice, from its rows as they are now. */
export async function figuresOf(
  { deliveries, clock }: Pick<FigurePorts, 'deliveries' | 'clock'>,
  notice: Notice,
): Promise<Figures> {
  const [tally, receipts] = await Promise.all([deliveries.tally(notice.id), deliveries.receipts(notice.id)]);
  const progress = progressOf(tally);
  const { causes: failures } = progressOf(tally.filter(({ state }) => state === 'failed'));
  const eta = notice.state === 'running' ? etaOf(notice, progress, clock.now()) : undefined;
  return { notice, progress, failures, receipts, eta };
}

/** The figures of the notice of a number, for whoever organizes its office. */
export function noticeFigures(ports: FigurePorts) {
  return async (input: {
    person: string;
    number: number;
  }): Promise<Result<Figures, 'unknown-notice' | 'not-allowed'>> => {
    const found = await noticeFor(ports, input.person, input.number);
    return found.ok ? { ok: true, data: await figuresOf(ports, found.data) } : found;
  };
}

const RECENT = 50;

/** The newest notices of the offices that a person organizes, the last one first. */
export function recentNotices({ grants, notices }: Pick<FigurePorts, 'grants' | 'notices'>) {
  return async (input: {
    person: string;
    limit?: number;
  }): Promise<Result<readonly Notice[], 'not-allowed'>> => {
    const { person, limit = RECENT } = input;
    const held = await grants.of([person]);
    if (!isOrganizer(held)) return refused('not-allowed');
    return { ok: true, data: await notices.recent(officesOrganized(held), limit) };
  };
}
