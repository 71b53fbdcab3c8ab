import { z } from 'zod';
import { NOTICE_STATES, type Notice, percentOf } from '../domain/notice.ts';
import type { Figures } from '../usecases/notice-figures.ts';

const countSchema = z.int().min(0);
const timeSchema = z.iso.datetime().nullable();

/** A notice in the list of recent ones. */
export const noticeSchema = z.strictObject({
  /** What people call it: 12 for N12. */
  number: z.int().min(1),
  office: z.string(),
  state: z.enum(NOTICE_STATES),
  createdAt: z.iso.datetime(),
  /** When it is, or was, to start; null: as soon as it was confirmed. */
  startsAt: timeSchema,
  beganAt: timeSchema,
  endedAt: timeSchema,
});

/** How a notice stands, in people. */
export const figuresSchema = z.strictObject({
  ...noticeSchema.shape,
  total: countSchema,
  sent: countSchema,
  /** By cause, such as `blocked`. */
  failed: z.record(z.string(), countSchema),
  /** It may have arrived. */
  unknown: countSchema,
  skipped: countSchema,
  remaining: countSchema,
  /** The share that has ended, rounded down: 0 before anything was sent, 100 only when nothing remains. */
  percent: z.int().min(0).max(100),
  /** Until the rest has left; null: it cannot be told, or nothing is on its way. */
  etaSeconds: countSchema.nullable(),
  /** Readers who confirmed that they have it. */
  receipts: countSchema,
});

export const listSchema = z.strictObject({ notices: z.array(noticeSchema) });

export function noticeJson(notice: Notice): z.infer<typeof noticeSchema> {
  const { number, office, state, createdAt, startsAt, beganAt, endedAt } = notice;
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    number,
    office,
    state,
    createdAt: createdAt.toISOString(),
    startsAt: iso(startsAt),
    beganAt: iso(beganAt),
    endedAt: iso(endedAt),
  };
}

export function figuresJson(figures: Figures): z.infer<typeof figuresSchema> {
  const { notice, progress, failures, receipts, eta } = figures;
  const { total, sent, unknown, skipped, remaining } = progress;
  return {
    ...noticeJson(notice),
    total,
    sent,
    failed: failures,
    unknown,
    skipped,
    remaining,
    percent: notice.beganAt ? percentOf(progress) : 0,
    etaSeconds: eta ?? null,
    receipts,
  };
}
