import type { Call } from './telegram-api-form.ts';
import type { SendLimits } from './telegram-api-limits.ts';

/** A message of the bot as a person sees it. */
export interface Shown {
  readonly id: number;
  readonly text: string;
  readonly buttons: readonly (readonly { readonly label: string; readonly data: string }[])[];
  readonly file?: { readonly kind: 'photo' | 'document'; readonly name: string; readonly size: number };
}

export interface Chat {
  shown: Shown[];
  blocked: boolean;
  movedTo: number | undefined;
}

/** A call that the Bot API says no to. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: object | undefined;

  constructor(code: number, description: string, parameters?: object) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

const TEXT_MAX = 4_096;
const CAPTION_MAX = 1_024;

/** The bot's chats, and what it wrote there. */
export class Chats {
  private readonly chats = new Map<string, Chat>();
  private readonly limits: SendLimits | undefined;
  private readonly newMessage: () => number;

  constructor(limits: SendLimits | undefined, newMessage: () => number) {
    this.limits = limits;
    this.newMessage = newMessage;
  }

  open(id: string): Chat {
    const chat = this.chats.get(id) ?? { shown: [], blocked: false, movedTo: undefined };
    this.chats.set(id, chat);
    return chat;
  }

  shownIn(id: string): readonly Shown[] {
    return this.chats.get(id)?.shown ?? [];
  }

  /** How many messages were accepted, per chat. */
  get counts(): ReadonlyMap<string, number> {
    return new Map([...this.chats].map(([id, { shown }]) => [id, shown.length]));
  }

  /** Takes a message of the bot, or refuses it as Telegram would. */
  show(method: string, { fields, file }: Call): unknown {
    const id = String(fields.chat_id);
    const chat = this.reachable(id);
    const words = String((method === 'sendMessage' ? fields.text : fields.caption) ?? '');
    const wait = this.limits?.take(id) ?? 0;
    if (wait > 0) throw new Refusal(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait });
    const kind = method === 'sendPhoto' ? 'photo' : 'document';
    if (method === 'sendMessage') {
      if (words.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
      if (words.length > TEXT_MAX) throw new Refusal(400, 'Bad Request: message is too long');
    } else {
      if (words.length > CAPTION_MAX) throw new Refusal(400, 'Bad Request: message caption is too long');
      if (file?.field !== kind) throw new Refusal(400, `Bad Request: there is no ${kind} in the request`);
    }
    const shown: Shown = {
      id: this.newMessage(),
      text: words,
      buttons: buttonsOf(fields.reply_markup),
      ...(file && { file: { kind, name: file.name, size: file.size } }),
    };
    chat.shown.push(shown);
    return { message_id: shown.id, date: 0, chat: { id: Number(id) }, text: words };
  }

  private reachable(id: string): Chat {
    const chat = this.chats.get(id);
    if (!chat) throw new Refusal(400, 'Bad Request: chat not found');
    if (chat.movedTo !== undefined)
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.movedTo,
      });
    if (chat.blocked) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    return chat;
  }

  edit({ chat_id, message_id, text, reply_markup }: Call['fields']): unknown {
    const { shown } = this.reachable(String(chat_id));
    const at = shown.findIndex(({ id }) => id === Number(message_id));
    const before = shown[at];
    if (!before) throw new Refusal(400, 'Bad Request: message to edit not found');
    shown[at] = { ...before, text: String(text), buttons: buttonsOf(reply_markup) };
    return { message_id: before.id };
  }
}

function buttonsOf(markup: unknown): Shown['buttons'] {
  const { inline_keyboard: rows = [] } = (markup ?? {}) as {
    inline_keyboard?: { text: string; callback_data: string }[][];
  };
  return rows.map((row) =>
    row.map(({ text, callback_data }) => {
      const bytes = Buffer.byteLength(callback_data ?? '');
      if (bytes < 1 || bytes > 64) throw new Refusal(400, 'Bad Request: BUTTON_DATA_INVALID');
      return { label: text, data: callback_data };
    }),
  );
}
