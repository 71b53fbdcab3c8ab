import { z } from 'zod';
import { langSchema } from '../text/text.ts';

/** A file that a reply carries: a reference that the `documents` room opens, never the bytes. */
export const fileRefSchema = z.strictObject({
  /** `stored`: a file that somebody sent, by its id. */
  kind: z.enum(['ticket-qr', 'ticket-ics', 'stored']),
  id: z.string(),
  name: z.string(),
  type: z.string(),
});
export type FileRef = z.infer<typeof fileRefSchema>;

const choiceSchema = z.strictObject({ value: z.string(), label: z.string() });
export type Choice = z.infer<typeof choiceSchema>;

export const REPLY_KINDS = ['say', 'ask', 'review', 'image', 'file', 'card'] as const;

/** One message to a person, as data in their language; each channel renders it by what it can show. */
export const replySchema = z.strictObject({
  /** Position in the conversation, from 1. */
  seq: z.int().positive(),
  kind: z.enum(REPLY_KINDS),
  text: z.string(),
  flow: z.string().exactOptional(),
  question: z.string().exactOptional(),
  /** Names this very asking: a pressed button says which one it stood under. */
  prompt: z.string().exactOptional(),
  choices: z.array(choiceSchema).exactOptional(),
  multi: z.literal(true).exactOptional(),
  file: fileRefSchema.exactOptional(),
});
export type Reply = z.infer<typeof replySchema>;

/**
 * A reply before it has its place in the conversation. A choice's value is the command it stands for. `ask`: what to
 * do next, until something newer is asked; `card`: news, whose buttons stay good.
 */
export interface Draft {
  readonly kind: 'say' | 'ask' | 'image' | 'file' | 'card';
  readonly text: string;
  readonly choices?: readonly Choice[];
  readonly file?: FileRef;
}

export const OTHERS = ['sticker', 'voice', 'video', 'location', 'contact', 'unknown'] as const;

/** Why the bytes of a file that a person sent are not here. */
export const FILE_PROBLEMS = [
  'empty',
  'too_big',
  'too_many',
  /** It holds something else than its name says. */
  'disguised',
  'executable',
  /** An archive that would do harm when it is unpacked. */
  'bomb',
  'infected',
  /** It could not be fetched, or not be looked at for viruses. */
  'unavailable',
] as const;

/** What a person did. `seen` is the last reply they had before them when they did it, where that is known. */
export const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    text: z.string().max(20_000),
    seen: z.int().min(0).exactOptional(),
    /** Said in a room that others read: nothing personal is answered there. */
    room: z.literal(true).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('pick'), prompt: z.string().max(32), index: z.int().min(0).max(999) }),
  z.strictObject({
    kind: z.literal('file'),
    name: z.string().max(255),
    type: z.string().max(255),
    size: z.int().min(0),
    seen: z.int().min(0).exactOptional(),
    /** The id of the file, once it is stored: name, type and size are those of what is stored then. */
    ref: z.string().max(64).exactOptional(),
    /** Why it is not. Neither: its platform does not pass files on. */
    problem: z.enum(FILE_PROBLEMS).exactOptional(),
  }),
  /** Something that is neither text nor a file. */
  z.strictObject({ kind: z.literal('other'), what: z.enum(OTHERS), seen: z.int().min(0).exactOptional() }),
  /** A link was opened: its payload names what it leads to, or is empty. */
  z.strictObject({ kind: z.literal('start'), payload: z.string().max(64) }),
]);
export type Input = z.infer<typeof inputSchema>;

/**
 * A raw answer as it was given; it is read again at every turn, so that a question can change in between.
 * `about`: what the question was about then, where its answer holds for that alone.
 */
export const rawSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string(), about: z.string().exactOptional() }),
  z.strictObject({
    kind: z.literal('picked'),
    values: z.array(z.string()),
    about: z.string().exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('file'),
    ref: z.string(),
    name: z.string(),
    type: z.string(),
    size: z.int().min(0),
    about: z.string().exactOptional(),
  }),
  z.strictObject({ kind: z.literal('skipped'), about: z.string().exactOptional() }),
]);
export type Raw = z.infer<typeof rawSchema>;

/** One filling of a form. It stores no position: the question to ask is computed from the answers. */
export const runSchema = z.strictObject({
  /** Unique for all time: use cases are idempotent by it. */
  id: z.string(),
  flow: z.string(),
  raw: z.record(z.string(), rawSchema),
  /** The question that the person went back to; it is asked although it has an answer. */
  editing: z.string().exactOptional(),
  /** Ticked so far in a multiple choice that is answered by single presses. */
  ticked: z.array(z.string()).exactOptional(),
  /** What the last answer, which was none, may have meant: offered beside the question. */
  meant: z.array(choiceSchema).exactOptional(),
  failures: z.int().min(0),
  /** `performing`: confirmed, its effect is under way. */
  state: z.enum(['open', 'performing']),
  /** Stopped by the person: kept for an undo, never brought up again by the bot. */
  stopped: z.boolean().exactOptional(),
});
export type Run = z.infer<typeof runSchema>;

/** An asking that a press or a typed number can refer to. */
export const promptSchema = z.strictObject({
  id: z.string(),
  seq: z.int().positive(),
  /** Absent: a menu, whose options are commands. */
  run: z.string().exactOptional(),
  question: z.string().exactOptional(),
  options: z.array(z.string()),
  /** How the options of a menu read: they can be typed too. */
  labels: z.array(z.string()).exactOptional(),
  /** What was ticked when it was asked: a press changes what the person saw, so a double tap ticks once. */
  ticked: z.array(z.string()).exactOptional(),
  /** What its question was about when it was asked: an answer to it holds for that alone. */
  about: z.string().exactOptional(),
  /** A review of answers that have changed since: nobody confirms what they did not see. */
  past: z.literal(true).exactOptional(),
});
export type Prompt = z.infer<typeof promptSchema>;

export const effectSchema = z.strictObject({
  /** Idempotency key. */
  id: z.string(),
  run: z.string().exactOptional(),
  kind: z.string(),
  input: z.record(z.string(), z.unknown()),
});
export type Effect = z.infer<typeof effectSchema>;

/** What became of an effect. A refusal is a value, with a reason that its teller has a sentence for. */
export type Outcome =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly reason: string; readonly data?: unknown };

export const sessionSchema = z.strictObject({
  id: z.string(),
  lang: langSchema,
  /** Replies so far, runs so far: the source of every id of this conversation. */
  seq: z.int().min(0),
  runs: z.int().min(0),
  active: runSchema.exactOptional(),
  parked: z.array(runSchema),
  prompts: z.array(promptSchema),
});
export type Session = z.infer<typeof sessionSchema>;

/** What reaches a conversation: a person's input, or news from the house. */
export type Incoming =
  | Input
  | { readonly kind: 'outcome'; readonly effect: Effect; readonly outcome: Outcome }
  | { readonly kind: 'notice'; readonly drafts: readonly Draft[] }
  | { readonly kind: 'nudge' }
  /** Something threw: with an effect, the telling of its outcome. */
  | { readonly kind: 'fault'; readonly effect?: Effect }
  | { readonly kind: 'expire' };

export interface Turn {
  readonly session: Session;
  readonly replies: readonly Reply[];
  readonly effects: readonly Effect[];
}
