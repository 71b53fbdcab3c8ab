import { type Form, keep, quoted, refuse } from './answer.ts';
import { FILE_TEXTS, type FileInput, misfit, sizeText } from './files.ts';
import type { FileQuestion } from './flow.ts';
import type { Talk } from './talk.ts';

/** Takes a file as the answer to the question that is open, or says why it is none. */
export function answerByFile<F>(
  talk: Talk<F>,
  form: Form<F>,
  question: FileQuestion<F>,
  { ref, name, type, size, problem }: FileInput,
): void {
  const file = { ref: ref ?? '', name, type, size };
  const wrong = ref === undefined ? (problem ?? 'elsewhere') : misfit(question, file);
  if (!wrong) return keep(talk, form, question, { kind: 'file', ...file });
  const values = {
    name: quoted(name),
    formats: talk.text(question.formats),
    limit: sizeText(question.maxBytes, talk.lang),
    size: sizeText(size, talk.lang),
  };
  refuse(talk, form, talk.text(FILE_TEXTS[wrong], values));
}
