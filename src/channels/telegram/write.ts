import type { FileRef, Reply } from '../../conversation/types.ts';
import { split } from '../split.ts';
import { type Button, keyboardOf } from './keyboard.ts';

const TEXT_MAX = 4_096;
const CAPTION_MAX = 1_024;
/** Telegram makes other pictures into something else, or refuses them. */
const PHOTOS: ReadonlySet<string> = new Set(['image/jpeg', 'image/png']);

/** One message as Telegram sends it. */
export type Outgoing =
  | { readonly kind: 'text'; readonly text: string; readonly buttons?: Button[][] }
  | {
      readonly kind: 'photo' | 'document';
      readonly file: FileRef;
      /** May be empty. */
      readonly caption: string;
      readonly buttons?: Button[][];
    };

/** Replies as messages: a long text becomes several, and buttons stand under the last. */
export function write(replies: readonly Reply[]): Outgoing[] {
  return replies.flatMap((reply) => {
    const buttons = keyboardOf(reply);
    const [last, ...before] = reply.file
      ? withFile(reply, reply.file)
      : inWords(reply, buttons !== undefined);
    return last ? [...before.reverse(), { ...last, ...(buttons && { buttons }) }] : [];
  });
}

/** The last message first. */
function inWords({ text }: Reply, hasButtons: boolean): Outgoing[] {
  const parts = split(text, TEXT_MAX);
  // Telegram takes no message without words, and buttons need one to stand under.
  if (parts.length === 0 && hasButtons) parts.push('…');
  return parts.map((part) => ({ kind: 'text' as const, text: part })).reverse();
}

/** The last message first. */
function withFile(reply: Reply, file: FileRef): Outgoing[] {
  const isPhoto = reply.kind === 'image' && PHOTOS.has(file.type);
  const kind = isPhoto ? ('photo' as const) : ('document' as const);
  const caption = reply.text.trim();
  if (caption.length <= CAPTION_MAX) return [{ kind, file, caption }];
  return [{ kind, file, caption: '' }, ...inWords(reply, false)];
}
