import type { FileRef, Lang, Reply } from '../channel.ts';
import { numbered } from '../menu.ts';
import { split } from '../split.ts';

/** One message as WeChat sends it. */
export type Outgoing =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: FileRef };

export const TEXT_MAX = 2_000;
const GAP = '\n\n';

/**
 * Replies as WeChat messages. Texts that follow one another become one message, since a person does not send five
 * in a row; a menu ends its message, so that no two menus share their numbers.
 */
export function write(replies: readonly Reply[], lang: Lang): Outgoing[] {
  const messages: Outgoing[] = [];
  let growing = false;
  for (const reply of replies) {
    const words = numbered(reply, lang);
    const [first, ...more] = split(words, TEXT_MAX);
    if (first !== undefined) {
      const last = messages.at(-1);
      const joined = growing && last?.kind === 'text' ? `${last.text}${GAP}${first}` : undefined;
      if (joined !== undefined && more.length === 0 && joined.length <= TEXT_MAX)
        messages[messages.length - 1] = { kind: 'text', text: joined };
      else messages.push(...[first, ...more].map((text) => ({ kind: 'text' as const, text })));
      growing = words === reply.text;
    }
    if (reply.file) messages.push({ kind: 'file', file: reply.file });
  }
  return messages;
}
