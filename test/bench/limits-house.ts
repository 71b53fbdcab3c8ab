import { z } from 'zod';
import { newDelivery } from '../../src/domain/delivery.ts';
import { conversationOf } from '../../src/domain/person.ts';
import { HOUR } from '../../src/domain/time.ts';
import { aNotice } from '../support/notices.ts';
import { BOT_INFO } from './bot.ts';
import { serveHouse } from './house.ts';

// A house that keeps Telegram's pace, and sends a notice to as many chats as its parent names.
const { stores } = await serveHouse();
const orderSchema = z.object({ chats: z.array(z.string()) });

process.on('message', (message) => void broadcast(orderSchema.parse(message).chats));

async function broadcast(chats: readonly string[]): Promise<void> {
  const now = new Date();
  const [event] = await stores.events.live();
  const accounts = chats.map((id) => ({ channel: 'telegram', bot: String(BOT_INFO.id), id }));
  const people = await Promise.all(accounts.map((account) => stores.people.ensure(account, 'en', now)));
  const [author] = people;
  const [first] = accounts;
  if (!event || !author || !first) throw new Error('expected an event and chats, received none');
  const running = { state: 'running', beganAt: now, createdAt: now, critical: true } as const;
  const told = { author: author.id, conversation: conversationOf(first) };
  const notice = aNotice({ event: event.id, office: event.office, total: chats.length, ...running, ...told });
  await stores.notices.add(notice);
  const letter = { text: 'The programme has changed: the opening is in hall 2.' };
  const rows = people.map(({ id }) =>
    newDelivery({
      id: `${notice.id}/${id}`,
      person: id,
      kind: 'notice',
      event: event.id,
      notice: notice.id,
      letter,
      notBefore: now,
      expiresAt: new Date(now.getTime() + HOUR),
    }),
  );
  await stores.deliveries.add(rows);
}
