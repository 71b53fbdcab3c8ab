import { z } from 'zod';
import type { FileInput, FileRef, Input, Reply } from './ports.ts';

export const TEXT_MAX = 20_000;

const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const seenSchema = z.int().min(0).optional();

const messageSchema = z.union([
  z.strictObject({ id: idSchema, seen: seenSchema, text: z.string() }),
  z.strictObject({
    id: idSchema,
    seen: seenSchema,
    pick: z.strictObject({ prompt: z.string().max(32), index: z.int().min(0).max(999) }),
  }),
  z.strictObject({ id: idSchema, seen: seenSchema, start: z.string().max(64) }),
]);

export const EXPECTED = '{id, text} | {id, pick: {prompt, index}} | {id, start}, id: 1-64 of A-Z a-z 0-9 _ -';

export const sessionRequestSchema = z.strictObject({ lang: z.enum(['zh', 'en']).optional() });

/** A message of the protocol as the conversation takes it; undefined: not of the protocol. */
export function readMessage(body: unknown): { id: string; input: Input } | 'too-long' | undefined {
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const message = parsed.data;
  const seen = message.seen === undefined ? {} : { seen: message.seen };
  if ('pick' in message) return { id: message.id, input: { kind: 'pick', ...message.pick } };
  if ('start' in message) return { id: message.id, input: { kind: 'start', payload: message.start } };
  if (message.text.length > TEXT_MAX) return 'too-long';
  return { id: message.id, input: { kind: 'text', text: message.text, ...seen } };
}

const fileFieldsSchema = z.object({
  id: idSchema,
  seen: z.coerce.number().int().min(0).optional(),
  file: z.instanceof(File),
});

/** A multipart message: one file, whose bytes are still to be kept. */
export interface FileMessage {
  readonly id: string;
  readonly input: FileInput;
  readonly file: File;
}

export function readFileMessage(form: FormData): FileMessage | undefined {
  const parsed = fileFieldsSchema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return undefined;
  const { id, seen, file } = parsed.data;
  const named = { name: file.name.slice(0, 255), type: file.type.slice(0, 255), size: file.size };
  return { id, input: { kind: 'file', ...named, ...(seen !== undefined && { seen }) }, file };
}

/** A reply as the protocol has it. */
export function writeReply({ file, ...reply }: Reply, urlOf: (file: FileRef) => string) {
  return { ...reply, ...(file && { file: { url: urlOf(file), name: file.name, type: file.type } }) };
}
