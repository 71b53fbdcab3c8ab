import type { FileBoxInterface } from 'file-box';
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

/** What a message says, and the contact or room it belongs to. */
export interface Read {
  readonly account: string;
  readonly input: Input;
  /** The bytes of a file, which are still to be fetched. */
  readonly box?: FileBoxInterface;
}

/** Reads a message; undefined: it is met with silence. */
export async function readMessage(message: Message, { kinds, wait }: Reader): Promise<Read | undefined> {
  const talker = message.talker();
  if (message.self() || PLATFORM.has(talker.id) || talker.type() === kinds.Contact.Official) return undefined;
  const meaning = MEANING[kinds.Message[message.type()] as keyof typeof MEANING] ?? 'silence';
  const room = message.room();
  if (room) {
    if (meaning !== 'text' || !(await message.mentionSelf())) return undefined;
    return { account: room.id, input: { kind: 'text', text: await addressed(message), room: true } };
  }
  if (meaning === 'silence') return undefined;
  return { account: talker.id, ...(await contentOf(message, meaning, wait)) };
}

async function contentOf(
  message: Message,
  meaning: Exclude<(typeof MEANING)[keyof typeof MEANING], 'silence'>,
  wait: Wait,
): Promise<Omit<Read, 'account'>> {
  if (meaning === 'text') return { input: { kind: 'text', text: message.text().slice(0, TEXT_MAX) } };
  if (meaning === 'file') return fileOf(message, wait);
  return { input: { kind: 'other', what: meaning } };
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

/** What is told of a file, and where its bytes are. Some puppets download it to tell, which must not hold up what comes after. */
async function fileOf(message: Message, wait: Wait): Promise<Omit<Read, 'account'>> {
  const box = await within(LOOK_MS, wait, message.toFileBox()).catch((): typeof LATE => LATE);
  if (box === LATE) return { input: { kind: 'file', name: '', type: '', size: 0, problem: 'unavailable' } };
  const { name, mediaType, size } = box as { name?: string; mediaType?: string; size?: number };
  const told = {
    name: (name ?? '').slice(0, NAME_MAX),
    type: (mediaType ?? '').slice(0, NAME_MAX),
    size: Math.max(0, Math.trunc(size ?? 0) || 0),
  };
  return { input: { kind: 'file', ...told }, box };
}
