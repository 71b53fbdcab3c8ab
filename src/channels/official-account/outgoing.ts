import type { FileRef, Lang, Reply } from '../channel.ts';
import { numbered } from '../menu.ts';
import { pack, split } from '../split.ts';

/** One message as the platform sends it. */
export type Outgoing =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly file: FileRef };

/** The most that a text may have, in bytes of UTF-8. */
export const TEXT_BYTES = 2_048;
/** What the platform takes as a picture. */
const IMAGES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/bmp']);

/**
 * Replies as messages: the account may send a person only a few after each of theirs, so texts that follow each
 * other are one. A picture is a message of its own; any other file is told by its link.
 */
export function write(
  replies: readonly Reply[],
  lang: Lang,
  linkTo: (file: FileRef) => string | undefined,
): Outgoing[] {
  const messages: Outgoing[] = [];
  let texts: string[] = [];
  const close = () => {
    messages.push(...joined(texts).map((text): Outgoing => ({ kind: 'text', text })));
    texts = [];
  };
  for (const reply of replies) {
    const { file } = reply;
    const isImage = file !== undefined && IMAGES.has(file.type);
    const link = file && !isImage ? linkTo(file) : undefined;
    const words = [numbered(reply, lang), ...(link === undefined ? [] : [link])].join('\n').trim();
    if (words !== '') texts.push(words);
    if (!file || !isImage) continue;
    close();
    messages.push({ kind: 'image', file });
  }
  close();
  return messages;
}

/** Texts that a person may get as one, as few as there can be. */
function joined(texts: readonly string[]): string[] {
  const parts = texts.flatMap((text) => split(text, TEXT_BYTES, Buffer.byteLength));
  return pack(parts, '\n\n', (text) => Buffer.byteLength(text) <= TEXT_BYTES);
}
