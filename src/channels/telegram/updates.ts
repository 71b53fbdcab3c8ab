import { z } from 'zod';

/** The kinds of updates that are asked for: edited messages are not among them. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member'] as const;

const userSchema = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  language_code: z.string().optional(),
});
export type User = z.infer<typeof userSchema>;

const chatSchema = z.object({ id: z.int(), type: z.string() });

const entitySchema = z.object({
  type: z.string(),
  offset: z.int().min(0),
  length: z.int().min(0),
  user: z.object({ id: z.int() }).optional(),
});
export type Entity = z.infer<typeof entitySchema>;

const anything = z.unknown().optional();
const sizeSchema = z.int().min(0).optional();
const fileIds = { file_id: z.string().optional(), file_unique_id: z.string().optional() };

const messageSchema = z.object({
  chat: chatSchema,
  from: userSchema.optional(),
  text: z.string().optional(),
  entities: z.array(entitySchema).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entitySchema).optional(),
  reply_to_message: z.object({ from: userSchema.optional() }).optional(),
  migrate_to_chat_id: z.int().optional(),
  photo: z.array(z.object({ ...fileIds, file_size: sizeSchema })).optional(),
  document: z
    .object({
      ...fileIds,
      file_name: z.string().optional(),
      mime_type: z.string().optional(),
      file_size: sizeSchema,
    })
    .optional(),
  sticker: anything,
  voice: anything,
  audio: anything,
  video: anything,
  video_note: anything,
  animation: anything,
  location: anything,
  venue: anything,
  contact: anything,
  poll: anything,
  dice: anything,
  game: anything,
  story: anything,
  paid_media: anything,
  checklist: anything,
});
export type Message = z.infer<typeof messageSchema>;

/** An update as far as it is read: what else it holds is left alone, as Telegram adds to it at any time. */
export const updateSchema = z.object({
  update_id: z.int().min(0),
  message: messageSchema.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: userSchema,
      message: z.object({ chat: chatSchema }).optional(),
      data: z.string().optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ chat: chatSchema, new_chat_member: z.object({ status: z.string() }) })
    .optional(),
});
export type Update = z.infer<typeof updateSchema>;

const numberedSchema = z.object({ update_id: z.int().min(0) });

/** The number of an update, whatever else it is; undefined: it is none. */
export function numberOf(raw: unknown): number | undefined {
  return numberedSchema.safeParse(raw).data?.update_id;
}
