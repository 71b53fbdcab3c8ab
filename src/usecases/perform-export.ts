import { z } from 'zod';
import { codeSchema } from '../domain/questions.ts';
import type { linkDecks } from './export-decks.ts';
import { FORMATS, TABLES } from './export-ports.ts';
import type { exportProjects } from './export-projects.ts';
import type { linkFiles } from './link-files.ts';
import type { Performing } from './perform-notice.ts';

/** What can be had out of the house. */
export interface ExportVerbs {
  readonly exportProjects: ReturnType<typeof exportProjects>;
  readonly linkDecks: ReturnType<typeof linkDecks>;
  readonly linkFiles: ReturnType<typeof linkFiles>;
}

const inputs = {
  /** `code` null: the only event that it can be. */
  table: z.strictObject({ code: codeSchema.nullable(), kind: z.enum(TABLES), format: z.enum(FORMATS) }),
  decks: z.strictObject({ code: codeSchema.nullable(), images: z.boolean() }),
  files: z.strictObject({ code: codeSchema.nullable(), number: z.int().min(1).max(99_999) }),
};

/** The effects that bring something out of the house, by kind. */
export function exportEffects(verbs: ExportVerbs): Readonly<Record<string, Performing>> {
  return {
    'export-table': async (input, person) => verbs.exportProjects({ ...inputs.table.parse(input), person }),
    'export-decks': async (input, person) => verbs.linkDecks({ ...inputs.decks.parse(input), person }),
    'link-files': async (input, person) => verbs.linkFiles({ ...inputs.files.parse(input), person }),
  };
}
