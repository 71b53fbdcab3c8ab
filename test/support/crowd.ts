import type { Connection } from 'mongoose';

const AT_ONCE = 1_000;

/** Stores so many people with a registration each, as the store keeps them; each is reached by a bot on Telegram. */
export async function seedCrowd(
  connection: Connection,
  { event, bot, count, firstChat }: { event: string; bot: string; count: number; firstChat: number },
): Promise<void> {
  const now = new Date();
  for (let from = 0; from < count; from += AT_ONCE) {
    const chats = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => firstChat + from + i);
    const people = chats.map((chat) => ({
      _id: `p${chat}` as never,
      addresses: [`telegram:${bot}:${chat}`],
      lang: langOf(chat),
      langChosen: true,
      notices: true,
      createdAt: now,
    }));
    const registrations = chats.map((chat) => ({
      _id: `${event}.p${chat}` as never,
      event,
      person: `p${chat}`,
      status: 'confirmed',
      ticket: `T${String(chat).padStart(7, '0')}`,
      details: {
        lang: langOf(chat),
        name: `Guest ${chat}`,
        organization: 'University Office',
        kind: 'guest',
        attendance: 'onsite',
        sessions: [],
        party: 1,
        phone: null,
        email: null,
        extra: {},
      },
      createdAt: now,
      history: [],
      rev: 1,
    }));
    await connection.collection('people').insertMany(people);
    await connection.collection('registrations').insertMany(registrations);
  }
}

const langOf = (chat: number): 'zh' | 'en' => (chat % 4 === 0 ? 'en' : 'zh');
