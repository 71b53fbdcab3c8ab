import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialogue, parseDialogue } from './dialogue.ts';

const FOLDER = join(import.meta.dirname, 'dialogues');

/** Every dialogue, by the name of its file. */
export const dialogues: readonly { readonly name: string; readonly dialogue: Dialogue }[] = readdirSync(
  FOLDER,
)
  .sort()
  .map((name) => ({ name, dialogue: parseDialogue(readFileSync(join(FOLDER, name), 'utf8')) }));
