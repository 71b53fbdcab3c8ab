import { type ConversationFlavor, conversations, createConversation } from '@grammyjs/conversations';
import { Bot, type Context, webhookCallback } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import { BOT, BOT_INFO, serveWebhook } from './bot.ts';

// A yardstick: a grammY conversation of ten questions behind its webhook, in memory. The plugin
// takes an update by running the conversation anew up to where it stood.
const QUESTIONS = 10;

const bot = new Bot<ConversationFlavor<Context>>(BOT.TELEGRAM_BOT_TOKEN, {
  client: { apiRoot: process.env.TELEGRAM_API_ROOT ?? '' },
  botInfo: BOT_INFO as UserFromGetMe,
});
bot.use(conversations());
bot.use(
  createConversation<ConversationFlavor<Context>, Context>(async (conversation, c) => {
    for (let i = 1; i <= QUESTIONS; i++) {
      await c.reply(`Question ${i}`);
      await conversation.waitFor('message:text');
    }
    await c.reply('Done');
  }, 'form'),
);
bot.on('message', (c) => c.conversation.enter('form'));

serveWebhook(webhookCallback(bot, 'http', { secretToken: BOT.TELEGRAM_WEBHOOK_SECRET }));
