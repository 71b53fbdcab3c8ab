import type { Message, types } from 'wechaty';
import type { Input } from '../channel.ts';
import { LATE, type Wait, within } from './time.ts';

type Other = Extract<Input, { kind: 'other' }>['what'];

/** What each kind of WeChat message is to a conversation. `silence`: nothing is answered, on purpose. */
export const MEANING: Readonly<Record<keyof typeof types.Message, 'text' | 'file' | 'silence' | Other>> = {
  Text: 'text',
  Image: 'file',
  Attachment: 'file',
  Audio: 'voice',
  Video: 'video',
  Emoticon: 'sticker',
  Location: 'location',
  Contact: 'contact',
  ChatHistory: 'unknown',
  GroupNote: 'unknown',
  MiniProgram: 'unknown',
  Post: 'unknown',
  RedEnvelope: 'unknown',
  Transfer: 'unknown',
  Url: 'unknown',
  Recalled: 'silence',
  // Puppets give this kind to WeChat's own notices, such as "you are friends now": nobody said them.
  Unknown: 'silence',
};

/** Accounts of WeChat itself: to answer them would be two programs talking. */
const PLATFORM: ReadonlySet<string> = new Set([
  'weixin',
  'filehelper',
  'fmessage',
  'newsapp',
  'notifymessage',
]);

const TEXT_MAX = 20_000;
const NAME_MAX = 255;
const LOOK_MS = 5_000;

export interface Reader {
  readonly kinds: typeof types;
  readonly wait: Wait;
}

/** What a message says, and the contact or room it belongs to; undefined: it is met with silence. */
export async function readMessage(
  message: Message,
  { kinds, wait }: Reader,
): Promise<{ account: string; input: Input } | undefined> {
  const talker = message.talker();
  if (message.self() || PLATFORM.has(talker.id) || talker.type() === kinds.Contact.Official) return undefined;
  const meaning = MEANING[kinds.Message[message.type()] as keyof typeof MEANING] ?? 'silence';
  const room = message.room();
  if (room) {
    if (meaning !== 'text' || !(await message.mentionSelf())) return undefined;
    return { account: room.id, input: { kind: 'text', text: await addressed(message), room: true } };
  }
  if (meaning === 'silence') return undefined;
  const input = await inputOf(message, meaning, wait);
  return { account: talker.id, input };
}

async function inputOf(
  message: Message,
  meaning: Exclude<(typeof MEANING)[keyof typeof MEANING], 'silence'>,
  wait: Wait,
): Promise<Input> {
  if (meaning === 'text') return { kind: 'text', text: message.text().slice(0, TEXT_MAX) };
  if (meaning === 'file') return { kind: 'file', ...(await fileOf(message, wait)) };
  return { kind: 'other', what: meaning };
}

/** What was said to the bot in a room, without its name. */
async function addressed(message: Message): Promise<string> {
  const text = await message.mentionText();
  // The name in the message is the one of the sender's address book, which the puppet may not know.
  return text
    .replace(/^@\S+(?:\s+|$)/u, '')
    .trim()
    .slice(0, TEXT_MAX);
}

/** Name, type and size of a file. Some puppets download it to tell, which must not hold up what comes after. */
async function fileOf(message: Message, wait: Wait) {
  const box = await within(LOOK_MS, wait, message.toFileBox()).catch(() => LATE);
  if (box === LATE) return { name: '', type: '', size: 0 };
  const { name, mediaType, size } = box as { name?: string; mediaType?: string; size?: number };
  return {
    name: (name ?? '').slice(0, NAME_MAX),
    type: (mediaType ?? '').slice(0, NAME_MAX),
    size: Math.max(0, Math.trunc(size ?? 0) || 0),
  };
}
