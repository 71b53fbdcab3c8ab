import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Input } from '../channel.ts';

const TEXT_MAX = 20_000;
const PAYLOAD_MAX = 64;
const NAME_MAX = 255;
const SCENE = /^qrscene_(?<scene>.*)$/su;

const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/u);

/** A message of the platform, as far as it matters here. Every value is text. */
export const messageSchema = z.object({
  ToUserName: idSchema,
  FromUserName: idSchema,
  CreateTime: z.string().regex(/^\d{1,12}$/u),
  MsgType: z.string().min(1).max(64),
  MsgId: z
    .string()
    .regex(/^\d{1,32}$/u)
    .optional(),
  Content: z.string().optional(),
  Event: z
    .string()
    .regex(/^\w{1,64}$/u)
    .optional(),
  EventKey: z.string().optional(),
  MediaId: z
    .string()
    .regex(/^[\w-]{1,256}$/u)
    .optional()
    .catch(undefined),
  Title: z.string().optional(),
  FileTotalLen: z
    .string()
    .regex(/^\d{1,12}$/u)
    .optional(),
});
export type Message = z.infer<typeof messageSchema>;

/** What a message means here. `follows`: whether the person lets the account write from now on. */
export interface Meaning {
  readonly input?: Input;
  readonly follows?: boolean;
  /** Names the picture that was sent, for as long as the platform keeps it. */
  readonly media?: string;
}

/** The same for a message and for each time the platform sends it again: events have no id of their own. */
export function idOf({ MsgId, MsgType, CreateTime, Event, EventKey }: Message): string {
  if (MsgId !== undefined) return MsgId;
  const key = createHash('sha256')
    .update(EventKey ?? '')
    .digest('hex')
    .slice(0, 12);
  return `${CreateTime}-${Event ?? MsgType}-${key}`;
}

const other = (what: Extract<Input, { kind: 'other' }>['what']): Meaning => ({
  input: { kind: 'other', what },
});
const file = (name: string, type: string, size: number): Meaning => ({
  input: { kind: 'file', name, type, size },
});
const text = (said: string): Meaning => ({ input: { kind: 'text', text: clipped(said, TEXT_MAX) } });
const start = (payload: string): Meaning => ({
  input: { kind: 'start', payload: clipped(payload, PAYLOAD_MAX) },
});

/** Reads a message; what is silently passed over has no input. */
export function meaningOf(message: Message): Meaning {
  switch (message.MsgType) {
    case 'text':
      return text(message.Content ?? '');
    case 'event':
      return meaningOfEvent(message);
    case 'image':
      // The platform tells neither name nor size.
      return {
        ...file('photo.jpg', 'image/jpeg', 1),
        ...(message.MediaId !== undefined && { media: message.MediaId }),
      };
    case 'file':
      return file(
        clipped(message.Title || 'file', NAME_MAX),
        'application/octet-stream',
        Number(message.FileTotalLen ?? 1),
      );
    case 'voice':
      return other('voice');
    case 'video':
    case 'shortvideo':
      return other('video');
    case 'location':
      return other('location');
    default:
      return other('unknown');
  }
}

function meaningOfEvent({ Event, EventKey = '' }: Message): Meaning {
  switch (Event?.toLowerCase()) {
    case 'subscribe':
      return { ...start(SCENE.exec(EventKey)?.groups?.scene ?? ''), follows: true };
    case 'unsubscribe':
      return { follows: false };
    case 'scan':
      return start(EventKey);
    case 'click':
      return text(EventKey);
    default:
      return {};
  }
}

/** Cut without leaving half a character at its end. */
function clipped(value: string, max: number): string {
  return value.slice(0, max).replace(/[\ud800-\udbff]$/u, '');
}
