import type { TelegramApi } from './telegram-api.ts';
import type { Shown } from './telegram-api-chats.ts';

/** Contents of messages that are neither text nor a file, as Telegram has them. */
export const CONTENTS = {
  sticker: { sticker: { file_id: 's1', emoji: '👍' } },
  voice: { voice: { file_id: 'v1', duration: 2 } },
  audio: { audio: { file_id: 'a1', duration: 2 } },
  video: { video: { file_id: 'v2', duration: 2 } },
  video_note: { video_note: { file_id: 'v3', duration: 2 } },
  animation: { animation: { file_id: 'g1' }, document: { file_id: 'g1', file_name: 'a.gif' } },
  location: { location: { latitude: 30.6, longitude: 104 } },
  venue: { location: { latitude: 30.6, longitude: 104 }, venue: { title: 'Hall' } },
  contact: { contact: { phone_number: '+8613800000000', first_name: 'A' } },
  poll: { poll: { id: '1', question: 'Which?' } },
  dice: { dice: { emoji: '🎲', value: 3 } },
} as const;
export type Content = keyof typeof CONTENTS;

/** A person with Telegram on their phone. */
export class TelegramPerson {
  readonly id: number;
  readonly lang: string | undefined;
  private readonly api: TelegramApi;

  constructor(api: TelegramApi, id: number, lang: string | undefined) {
    this.api = api;
    this.id = id;
    this.lang = lang;
  }

  /** What the bot wrote to them, in order. */
  get seen(): readonly Shown[] {
    return this.api.shownIn(this.chat);
  }

  get chat(): string {
    return String(this.id);
  }

  says(text: string): number {
    return this.sendsContent({ text, ...entitiesOf(text) });
  }

  /** Follows a link to the bot; empty: presses its start button. */
  opens(payload = ''): number {
    return this.says(`/start ${payload}`.trim());
  }

  /** Presses the latest button that reads so. */
  presses(label: string): number {
    return this.api.updates.add({ callback_query: this.press(label) }).update_id;
  }

  /** A press of the latest button that reads so, which is not sent. */
  press(label: string): object {
    const buttons = this.seen.flatMap((message) =>
      message.buttons.flat().map((button) => ({ message, button })),
    );
    const found = buttons.findLast(({ button }) => button.label === label);
    if (!found) {
      const last = JSON.stringify(this.seen.at(-1));
      throw new Error(`expected a button "${label}" in chat ${this.chat}, received ${last}`);
    }
    return this.pressOf(found.button.data, found.message.id);
  }

  pressesData(data: string, messageId = 1): number {
    return this.api.updates.add({ callback_query: this.pressOf(data, messageId) }).update_id;
  }

  private pressOf(data: string, messageId: number): object {
    const message = { message_id: messageId, date: 0, chat: this.privateChat };
    return { id: this.api.newCallback(), from: this.user, chat_instance: '1', data, message };
  }

  /** These bytes, or so many; the phone makes a smaller one besides. */
  sendsPhoto(bytes: Uint8Array | number = 90_000, more: object = {}): number {
    const size = sizeOf(bytes);
    const photo = [Math.ceil(size / 9), bytes].map((one) => ({
      ...this.upload(one),
      width: 90,
      height: 90,
    }));
    return this.sendsContent({ photo, ...more });
  }

  sendsDocument(
    file_name: string,
    bytes: Uint8Array | number = 1_000,
    mime_type = 'application/pdf',
  ): number {
    return this.sendsContent({ document: { ...this.upload(bytes), file_name, mime_type } });
  }

  private upload(bytes: Uint8Array | number) {
    const file_id = this.api.newFile(bytes);
    return { file_id, file_unique_id: `unique-${file_id}`, file_size: sizeOf(bytes) };
  }

  sends(content: Content): number {
    return this.sendsContent(CONTENTS[content]);
  }

  edits(text: string): number {
    return this.api.updates.add({ edited_message: this.message(this.privateChat, { text }) }).update_id;
  }

  /** Writes in a group. `replyToBot`: as a reply to a message of the bot. */
  saysIn(group: string, text: string, { replyToBot = false } = {}): number {
    const reply_to_message = { message_id: 1, date: 0, from: this.api.user };
    const chat = { id: Number(group), type: 'supergroup', title: 'Group' };
    const content = { text, ...entitiesOf(text), ...(replyToBot && { reply_to_message }) };
    return this.api.updates.add({ message: this.message(chat, content) }).update_id;
  }

  blocks(): number {
    return this.stands('kicked');
  }

  unblocks(): number {
    return this.stands('member');
  }

  /** A message to the bot with whatever content. */
  sendsContent(content: object): number {
    return this.api.updates.add({ message: this.message(this.privateChat, content) }).update_id;
  }

  private stands(status: string): number {
    this.api.setBlocked(this.chat, status === 'kicked');
    const chat = this.privateChat;
    const new_chat_member = { user: this.api.user, status };
    return this.api.updates.add({ my_chat_member: { chat, from: this.user, date: 0, new_chat_member } })
      .update_id;
  }

  message(chat: object, content: object): object {
    return { message_id: this.api.newMessage(), date: 0, chat, from: this.user, ...content };
  }

  get user() {
    return {
      id: this.id,
      is_bot: false,
      first_name: 'Guest',
      ...(this.lang !== undefined && { language_code: this.lang }),
    };
  }

  get privateChat() {
    return { id: this.id, type: 'private', first_name: 'Guest' };
  }
}

const sizeOf = (bytes: Uint8Array | number): number => (typeof bytes === 'number' ? bytes : bytes.length);

/** What Telegram marks in a text by itself: commands and mentions. */
function entitiesOf(text: string): { entities?: object[] } {
  const marked = [...text.matchAll(/(?<=^|\s)(?<mark>[/@])\w+(?:@\w+)?/gu)].map((match) => ({
    type: match.groups?.mark === '/' ? 'bot_command' : 'mention',
    offset: match.index,
    length: match[0].length,
  }));
  return marked.length > 0 ? { entities: marked } : {};
}
