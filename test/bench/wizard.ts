import { MongoClient } from 'mongodb';
import { Scenes, type SessionStore, session, Telegraf } from 'telegraf';
import { BOT, BOT_INFO, serveWebhook } from './bot.ts';

// A yardstick: a telegraf wizard of ten questions behind its webhook. Its replies leave as they always do, by a
// request to the Bot API, here one on loopback that answers at once. Its session is in memory, or, given a database,
// one document there: read before an update is handled, written after it.
const QUESTIONS = 10;

type Wizard = Scenes.WizardContext;
type WizardSession = Wizard['session'];

function storeIn(uri: string): SessionStore<WizardSession> {
  const rows = new MongoClient(uri).db().collection<{ _id: string; data: WizardSession }>('wizard_sessions');
  return {
    get: async (key) => (await rows.findOne({ _id: key }))?.data,
    set: async (key, data) => {
      await rows.replaceOne({ _id: key }, { data }, { upsert: true });
    },
    delete: async (key) => {
      await rows.deleteOne({ _id: key });
    },
  };
}

const steps = Array.from({ length: QUESTIONS }, (_, i) => async (c: Wizard) => {
  await c.reply(`Question ${i + 1}`);
  return c.wizard.next();
});
const last = async (c: Wizard) => {
  await c.reply('Done');
  return c.scene.leave();
};
const scene = new Scenes.WizardScene<Wizard>('form', ...steps, last);

const bot = new Telegraf<Wizard>(BOT.TELEGRAM_BOT_TOKEN, {
  telegram: { apiRoot: process.env.TELEGRAM_API_ROOT ?? '' },
});
bot.botInfo = BOT_INFO as NonNullable<typeof bot.botInfo>;
const { MONGODB_URI } = process.env;
bot.use(session(MONGODB_URI ? { store: storeIn(MONGODB_URI) } : undefined));
bot.use(new Scenes.Stage<Wizard>([scene]).middleware());
bot.on('message', (c) => c.scene.enter('form'));

serveWebhook(bot.webhookCallback('/telegram', { secretToken: BOT.TELEGRAM_WEBHOOK_SECRET }));
