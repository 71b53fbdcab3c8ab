import type { Front, Lang, MenuEntry } from '../channel.ts';
import { type BotApi, CallFailed } from './api.ts';
import type { Self } from './rooms.ts';
import { ALLOWED_UPDATES } from './updates.ts';

export type Menu = Readonly<Record<Lang, readonly MenuEntry[]>>;

/** Where Telegram is to post updates; undefined: they are fetched. */
export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

/** It will never work: the message is one sentence for whoever configures the bot. */
export class Hopeless extends Error {
  override readonly name = 'Hopeless';
}

/** Why trying again is of no use; undefined when it may be. */
export function hopelessOf(error: unknown): Hopeless | undefined {
  if (error instanceof Hopeless) return error;
  if (!(error instanceof CallFailed) || error.trouble.kind !== 'answered') return undefined;
  const { code, description } = error.trouble;
  if (code !== 401 && code !== 404) return undefined;
  return new Hopeless(
    `Telegram refuses the bot's token (${code} ${description}): expected one as @BotFather gives it; set TELEGRAM_BOT_TOKEN anew, and check TELEGRAM_API_ROOT if it is set.`,
  );
}

/** The bot as Telegram knows it. */
export async function whoAmI(api: BotApi): Promise<Self> {
  const { id, username } = await api.call('getMe', {});
  return { id: String(id), username };
}

/** Tells Telegram whether updates are posted, and where, or fetched. */
export async function arrange(api: BotApi, webhook: Webhook | undefined): Promise<void> {
  if (webhook) await setWebhook(api, webhook);
  else await api.call('deleteWebhook', {});
}

async function setWebhook(api: BotApi, { url, secret }: Webhook): Promise<void> {
  try {
    await api.call('setWebhook', { url, secret_token: secret, allowed_updates: [...ALLOWED_UPDATES] });
  } catch (error) {
    if (!(error instanceof CallFailed) || error.trouble.kind !== 'answered' || error.trouble.code !== 400)
      throw error;
    throw new Hopeless(
      `Telegram refuses the webhook ${url} (${error.trouble.description}): expected a public https address and a secret of A-Z a-z 0-9 _ -; set PUBLIC_URL and TELEGRAM_WEBHOOK_SECRET anew, or TELEGRAM_MODE=polling.`,
    );
  }
}

/** Sets the menu of commands per language; people of any other language get the English one. */
export async function setMenu(api: BotApi, front: Front, menu: Menu): Promise<void> {
  const menus = [
    { commands: menu.en },
    ...(['zh', 'en'] as const).map((lang) => ({ commands: menu[lang], language_code: lang })),
  ];
  try {
    for (const one of menus) await api.call('setMyCommands', { ...one, commands: [...one.commands] });
  } catch (error) {
    // The chat works without it.
    front.fault('the menu of commands could not be set in Telegram', error);
  }
}

/** Sets the menu of one chat, or takes it away. A row of failures is told once. */
export function menuSetter(api: BotApi, front: Front) {
  let isFailing = false;
  return async (account: string, entries: readonly MenuEntry[] | null): Promise<void> => {
    // Groups have negative ids, and no roles.
    if (!/^\d{1,15}$/u.test(account)) return;
    const scope = { type: 'chat', chat_id: Number(account) } as const;
    try {
      if (entries) await api.call('setMyCommands', { scope, commands: [...entries] });
      else await api.call('deleteMyCommands', { scope });
      isFailing = false;
    } catch (error) {
      // The chat works without it.
      if (!isFailing) front.fault('the menu of a chat could not be set in Telegram', error);
      isFailing = true;
    }
  };
}
