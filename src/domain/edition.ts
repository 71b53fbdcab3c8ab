import type { Cover, ManualLangs, ManualOrder } from './manual.ts';
import { NO_COVER } from './manual.ts';
import type { ProjectFile } from './project.ts';

export const MANUAL_FORMATS = ['html', 'docx', 'pdf'] as const;
export type ManualFormat = (typeof MANUAL_FORMATS)[number];

export const EDITION_STATES = ['draft', 'building', 'ready', 'failed', 'published'] as const;
export type EditionState = (typeof EDITION_STATES)[number];

/** One edition of an event's manual. Once it is built, nothing in it changes any more. */
export interface Edition {
  readonly id: string;
  readonly event: string;
  /** From 1 in each event. The highest one may be a draft: what was chosen for the next to be built. */
  readonly number: number;
  readonly state: EditionState;
  readonly langs: ManualLangs;
  readonly order: ManualOrder;
  readonly cover: Cover;
  readonly createdBy: string;
  /** Where it was asked for: there it is told how it goes. */
  readonly conversation: string | null;
  /** The effect that asked for it: the same again asks for nothing more. */
  readonly asked: string | null;
  /** When it was asked for: it is dated so. */
  readonly takenAt: Date | null;
  /** The stored file with what it says, taken down once. */
  readonly content: string | null;
  /** How many projects it has. */
  readonly projects: number;
  /** Codes of projects some of whose pictures could not be printed. */
  readonly leftOut: readonly string[];
  readonly files: Readonly<Record<ManualFormat, ProjectFile>> | null;
  readonly progress: { readonly done: number; readonly total: number };
  readonly builtAt: Date | null;
  /** Who builds it; after `until` somebody else does. */
  readonly lease: { readonly by: string; readonly until: Date } | null;
  readonly attempts: number;
  /** The message that goes with its progress. */
  readonly messageId: string | null;
  readonly createdAt: Date;
  readonly rev: number;
}

/** An edition to be built next, with the cover and the order of the one before. */
export function nextEdition(
  event: string,
  before: Edition | undefined,
  { createdBy, createdAt }: Pick<Edition, 'createdBy' | 'createdAt'>,
): Edition {
  const number = (before?.number ?? 0) + 1;
  return {
    id: `${event}.${number}`,
    event,
    number,
    state: 'draft',
    langs: before?.langs ?? 'both',
    order: before?.order ?? 'code',
    cover: before?.cover ?? NO_COVER,
    createdBy,
    conversation: null,
    asked: null,
    takenAt: null,
    content: null,
    projects: 0,
    leftOut: [],
    files: null,
    progress: { done: 0, total: 0 },
    builtAt: null,
    lease: null,
    attempts: 0,
    messageId: null,
    createdAt,
    rev: 1,
  };
}

/** Whether an edition can be sent out. */
export function isBuilt({ state }: Pick<Edition, 'state'>): boolean {
  return state === 'ready' || state === 'published';
}
