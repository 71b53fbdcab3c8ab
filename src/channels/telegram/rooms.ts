import type { Entity, Message } from './updates.ts';

/** The bot as Telegram knows it. */
export interface Self {
  readonly id: string;
  readonly username: string;
}

const COMMAND = /^(?<command>\/\w{1,64})@(?<name>\w{1,64})/u;

/** A command without the name of the bot that it is for. */
export function withoutName(text: string, self: Self): string {
  const { command, name } = COMMAND.exec(text)?.groups ?? {};
  return command !== undefined && isName(name, self)
    ? command + text.slice(`${command}@${name}`.length)
    : text;
}

const isName = (name: string | undefined, self: Self): boolean =>
  name?.toLowerCase() === self.username.toLowerCase();

/**
 * What is said to the bot in a group, without the mention; undefined when it is said to others. The words under a
 * photo or a file count as well, what comes without words never does.
 */
export function saidInRoom(message: Message, self: Self): string | undefined {
  const text = message.text ?? message.caption;
  if (text === undefined) return undefined;
  const command = withoutName(text, self);
  if (command !== text) return command;
  const mentions = (message.entities ?? message.caption_entities ?? []).filter((one) =>
    isMention(text, one, self),
  );
  const isAnswer = String(message.reply_to_message?.from?.id) === self.id;
  return mentions.length > 0 || isAnswer ? without(text, mentions) : undefined;
}

function isMention(text: string, { type, offset, length, user }: Entity, self: Self): boolean {
  if (type === 'text_mention') return String(user?.id) === self.id;
  return type === 'mention' && isName(text.slice(offset + 1, offset + length), self);
}

function without(text: string, parts: readonly Entity[]): string {
  const last = [...parts].sort((a, b) => b.offset - a.offset);
  const left = last.reduce(
    (rest, { offset, length }) => rest.slice(0, offset) + rest.slice(offset + length),
    text,
  );
  return parts.length === 0 ? text : left.replace(/[ \t]{2,}/gu, ' ').trim();
}
