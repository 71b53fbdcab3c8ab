import { Input } from 'telegraf';
import type { FileRef } from '../../conversation/types.ts';
import type { Sending } from '../../domain/delivery.ts';
import type { Front } from '../channel.ts';
import { type BotApi, CallFailed, type Trouble } from './api.ts';
import type { Outgoing } from './write.ts';

const RETRY_MS = 5_000;
/** A larger picture goes as a document. */
const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
/** A refused token is for people to mend. */
const TOKEN_RETRY_MS = 60_000;

/** Sends a message to a chat and says what became of it. */
export function sender(api: BotApi, front: Front, conversationOf: (account: string) => string) {
  /** What the house learns on the way is no part of the sending: it must not fail with it. */
  const tell = (told: Promise<unknown>) =>
    told.catch((cause: unknown) => front.fault('what Telegram says of a chat could not be stored', cause));

  const send = async (account: string, message: Outgoing, mayMove: boolean): Promise<Sending> => {
    if (!/^-?\d{1,20}$/u.test(account)) return { result: 'failed', cause: 'not_found' };
    let bytes: Uint8Array | undefined;
    try {
      bytes = message.kind === 'text' ? undefined : await front.openFile(message.file);
    } catch (cause) {
      front.fault('a file could not be opened; its message is tried again', cause);
      return { result: 'refused', retryAfterMs: RETRY_MS, cause: 'file_unavailable' };
    }
    if (message.kind !== 'text' && !bytes) return { result: 'failed', cause: 'invalid' };
    try {
      const { message_id } = await post(api, account, message, bytes);
      return Number.isSafeInteger(message_id)
        ? { result: 'sent', messageId: String(message_id) }
        : { result: 'unsure', cause: 'unreadable answer' };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const { trouble } = error;
      if (trouble.kind === 'answered' && trouble.movedTo !== undefined) {
        await tell(front.moved(conversationOf(account), conversationOf(trouble.movedTo)));
        // It surely did not arrive: where the chat is now, it is wanted all the same.
        return mayMove ? send(trouble.movedTo, message, false) : { result: 'failed', cause: 'not_found' };
      }
      const ended = sendingOf(trouble);
      if (ended.result === 'failed' && ended.cause === 'blocked')
        await tell(front.reachable(conversationOf(account), false));
      return ended;
    }
  };
  return (account: string, message: Outgoing): Promise<Sending> => send(account, message, true);
}

function post(api: BotApi, chat: string, message: Outgoing, bytes: Uint8Array | undefined) {
  const common = {
    chat_id: chat,
    ...(message.buttons && { reply_markup: { inline_keyboard: message.buttons } }),
  };
  if (message.kind === 'text')
    return api.call('sendMessage', {
      ...common,
      text: message.text,
      link_preview_options: { is_disabled: true },
    });
  const captioned = { ...common, ...(message.caption !== '' && { caption: message.caption }) };
  const upload = Input.fromBuffer(Buffer.from(bytes ?? []), nameOf(message.file));
  return message.kind === 'photo' && (bytes?.length ?? 0) <= PHOTO_MAX_BYTES
    ? api.call('sendPhoto', { ...captioned, photo: upload })
    : api.call('sendDocument', { ...captioned, document: upload });
}

/** Changes a message of words. That it reads so already is as good. */
export function editor(api: BotApi) {
  return async (account: string, messageId: string, message: Outgoing): Promise<boolean> => {
    if (message.kind !== 'text' || !/^\d{1,15}$/u.test(messageId) || !/^-?\d{1,15}$/u.test(account))
      return false;
    const keyboard = message.buttons && { reply_markup: { inline_keyboard: message.buttons } };
    try {
      const place = { chat_id: account, message_id: Number(messageId) };
      // Telegraf's types know only the form for inline messages, which have no chat.
      await api.call('editMessageText', { ...place, text: message.text, ...keyboard } as never);
      return true;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      const { trouble } = error;
      return trouble.kind === 'answered' && /not modified/iu.test(trouble.description);
    }
  };
}

/** Telegraf writes the name into a header as it is. */
const nameOf = ({ name }: FileRef): string => name.replace(/["\\\p{Cc}]/gu, '_');

const NOT_FOUND = /chat not found|user not found|peer_id_invalid|chat_id_invalid|chat_id is empty/iu;
const DEACTIVATED = /deactivated/iu;
const SHUT_OUT = /kicked|blocked|not a member|write_forbidden|not enough rights|have no rights/iu;

/** What a failed call means for the message that it carried. */
export function sendingOf(trouble: Trouble): Sending {
  if (trouble.kind === 'not-sent') return { result: 'refused', retryAfterMs: RETRY_MS, cause: trouble.code };
  if (trouble.kind === 'unsure') return { result: 'unsure', cause: trouble.code };
  const { code, description, retryAfterMs = RETRY_MS } = trouble;
  if (code === 429 || code === 420) return { result: 'refused', retryAfterMs, cause: 'too_many_requests' };
  if (code === 401 || code === 404)
    return { result: 'refused', retryAfterMs: TOKEN_RETRY_MS, cause: 'token_refused' };
  if (DEACTIVATED.test(description)) return { result: 'failed', cause: 'deactivated' };
  if (NOT_FOUND.test(description)) return { result: 'failed', cause: 'not_found' };
  if (code === 403 || SHUT_OUT.test(description)) return { result: 'failed', cause: 'blocked' };
  return { result: 'failed', cause: 'invalid' };
}
