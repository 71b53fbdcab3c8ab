import type { Input } from '../../conversation/types.ts';
import type { Lang } from '../../text/text.ts';
import { readPress } from './keyboard.ts';
import { type Self, saidInRoom, withoutName } from './rooms.ts';
import type { Message, Update, User } from './updates.ts';

/** What an update says, in the order in which it is to be taken. Chats are named by their ids. */
export type Happening =
  | {
      readonly kind: 'input';
      readonly chat: string;
      readonly lang: Lang;
      readonly input: Input;
      /** Where the bytes of a file are to be had. */
      readonly file?: FileAt;
    }
  /** A button waits for a word that its press was received. */
  | { readonly kind: 'pressed'; readonly callback: string }
  | { readonly kind: 'reachable'; readonly chat: string; readonly yes: boolean }
  | { readonly kind: 'moved'; readonly from: string; readonly to: string };

/** A file as Telegram names it: `key` is the same whoever sends it and however often, `id` opens it. */
export interface FileAt {
  readonly id: string;
  readonly key: string;
  readonly size: number | undefined;
}

const TEXT_MAX = 20_000;
const NAME_MAX = 255;
const PAYLOAD_MAX = 64;
const START = /^\/start(?:\s+(?<payload>.*))?$/su;

/** What is said to the bot by an update; empty when it is nothing that the bot has an answer to. */
export function read(update: Update, self: Self): Happening[] {
  const { message, callback_query: press, my_chat_member: standing } = update;
  if (message) return readMessage(message, self);
  if (press) {
    const pressed = { kind: 'pressed' as const, callback: press.id };
    const pick = readPress(press.data ?? '');
    const chat = press.message?.chat;
    if (!pick || chat?.type !== 'private') return [pressed];
    return [{ ...said(chat.id, press.from), input: { kind: 'pick', ...pick } }, pressed];
  }
  if (standing?.chat.type === 'private') {
    const { status } = standing.new_chat_member;
    const chat = String(standing.chat.id);
    if (status === 'kicked' || status === 'left') return [{ kind: 'reachable', chat, yes: false }];
    if (status === 'member') return [{ kind: 'reachable', chat, yes: true }];
  }
  return [];
}

function readMessage(message: Message, self: Self): Happening[] {
  const { chat, from, migrate_to_chat_id: movedTo } = message;
  if (movedTo !== undefined) return [{ kind: 'moved', from: String(chat.id), to: String(movedTo) }];
  if (!from || from.is_bot) return [];
  if (chat.type === 'private') {
    const input = inputOf(message, self);
    const file = input?.kind === 'file' ? fileAt(message) : undefined;
    return input ? [{ ...said(chat.id, from), input, ...(file && { file }) }] : [];
  }
  if (chat.type !== 'group' && chat.type !== 'supergroup') return [];
  const text = saidInRoom(message, self)?.slice(0, TEXT_MAX);
  return text === undefined ? [] : [{ ...said(chat.id, from), input: { kind: 'text', text, room: true } }];
}

const said = (chat: number, from: User) => ({
  kind: 'input' as const,
  chat: String(chat),
  lang: langOf(from.language_code),
});

/** Chinese where nothing is said of the language, English for every other one. */
function langOf(code: string | undefined): Lang {
  return code === undefined || /^zh(?:-|$)/iu.test(code) ? 'zh' : 'en';
}

/** What a person sent; undefined for what Telegram says of a chat by itself, which nobody waits for an answer to. */
function inputOf(message: Message, self: Self): Input | undefined {
  if (message.text !== undefined) return textOf(withoutName(message.text, self));
  if (message.photo) {
    const { file_size = 0 } = largest(message.photo) ?? {};
    return { kind: 'file', name: 'photo.jpg', type: 'image/jpeg', size: file_size };
  }
  const what = otherOf(message);
  // First what it is: an animation is told as a document besides.
  if (what) return { kind: 'other', what };
  if (!message.document) return undefined;
  const { file_name = 'file', mime_type = 'application/octet-stream', file_size = 0 } = message.document;
  return {
    kind: 'file',
    name: file_name.slice(0, NAME_MAX),
    type: mime_type.slice(0, NAME_MAX),
    size: file_size,
  };
}

type Sizes = NonNullable<Message['photo']>;

/** Of the sizes in which a photo comes, the one that was sent. */
function largest(photo: Sizes): Sizes[number] | undefined {
  return [...photo].sort((a, b) => (b.file_size ?? 0) - (a.file_size ?? 0))[0];
}

function fileAt({ photo, document }: Message): FileAt | undefined {
  const {
    file_id: id,
    file_unique_id: key = id,
    file_size: size,
  } = (photo ? largest(photo) : document) ?? {};
  return id === undefined || key === undefined ? undefined : { id, key, size };
}

function textOf(text: string): Input {
  const start = START.exec(text);
  if (!start) return { kind: 'text', text: text.slice(0, TEXT_MAX) };
  return { kind: 'start', payload: (start.groups?.payload ?? '').trim().slice(0, PAYLOAD_MAX) };
}

const OTHERS = [
  ['sticker', ['sticker']],
  ['voice', ['voice', 'audio']],
  ['video', ['video', 'video_note', 'animation']],
  ['location', ['location', 'venue']],
  ['contact', ['contact']],
  ['unknown', ['poll', 'dice', 'game', 'story', 'paid_media', 'checklist']],
] as const;

function otherOf(message: Message): (typeof OTHERS)[number][0] | undefined {
  return OTHERS.find(([, fields]) => fields.some((field) => message[field] !== undefined))?.[0];
}
