import type { Letter } from '../../src/domain/delivery.ts';
import { session } from '../domain/examples.ts';
import { FAIR, filled, House } from './house.ts';

/** One seat: ana held it and cancelled, bo has the offer, cy and di wait. */
export async function offered(details: Record<string, unknown> = {}): Promise<House> {
  const house = await House.with({
    capacity: 1,
    sessions: [session('talk', { capacity: 1 }), session('salon', { capacity: 9 })],
  });
  await house.register('ana');
  for (const person of ['bo', 'cy', 'di']) await house.register(person, details);
  await house.verbs.cancelRegistration({ person: 'ana', event: FAIR });
  return house;
}

/** One seat in the talk: ana held it and gave it up, bo has the offer, cy waits; all have a seat in the hall. */
export async function talkOffered(): Promise<House> {
  const house = await House.with({
    capacity: 9,
    sessions: [session('talk', { capacity: 1 }), session('salon', { capacity: 9 })],
  });
  for (const person of ['ana', 'bo', 'cy']) await house.register(person, { sessions: ['talk', 'salon'] });
  await house.verbs.registerGuest(filled('ana', 'change', { sessions: ['salon'] }));
  return house;
}

export async function answer(house: House, person: string, accepted: boolean, talk: string | null = null) {
  const { ticket } = await house.registrationOf(person);
  return house.verbs.answerOffer({ person, ticket, session: talk, accepted });
}

export const isOffer = ({ choices }: Letter): boolean => choices?.[0]?.value.startsWith('accept ') ?? false;

/** What somebody was told: an offer that can be answered, or that it has ended. */
export function newsTo(house: House, person: string): string[] {
  return house.lettersTo(person).map(({ letter }) => (isOffer(letter) ? 'offer' : 'end'));
}
