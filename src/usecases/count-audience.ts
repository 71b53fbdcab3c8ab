import { languageOf } from '../domain/audience-match.ts';
import { laneOf } from '../domain/delivery.ts';
import type { Lang } from '../text/text.ts';
import { type Asked, type Recipient, resolveAudience } from './resolve-audience.ts';

const BATCH = 500;
const TICKETS_NAMED = 20;

/** How many an audience is, each person once. */
export interface AudienceCount {
  readonly total: number;
  /** Those who cannot be reached: they have no account that lets the bot write. */
  readonly unreachable: number;
  /** Those who can be reached and want no notices. */
  readonly unsubscribed: number;
  /** Those of whom no registration is known to fill in what differs by reader. */
  readonly withoutRegistration: number;
  /** Those who can be reached, by the bot account that writes to them, whether or not they want notices. */
  readonly lanes: Readonly<Record<string, number>>;
  /** Everybody, by the language that they are written to in. */
  readonly languages: Readonly<Partial<Record<Lang, number>>>;
  /** The first of the tickets that belong to no event of the office. */
  readonly unknownTickets: readonly string[];
}

/** Counts an audience from beginning to end. Of the people, nothing but their ids is kept meanwhile. */
export function countAudience(ports: Parameters<typeof resolveAudience>[0]) {
  const resolve = resolveAudience(ports);
  return async (asked: Asked): Promise<AudienceCount> => {
    const seen = new Set<string>();
    const counted = new Tally();
    const unknown: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { recipients, next, unknownTickets } = await resolve(asked, cursor, BATCH);
      for (const recipient of recipients) {
        if (seen.has(recipient.person.id)) continue;
        seen.add(recipient.person.id);
        counted.add(recipient);
      }
      unknown.push(...unknownTickets.slice(0, TICKETS_NAMED - unknown.length));
      cursor = next;
    }
    return { ...counted.sums, total: seen.size, unknownTickets: unknown };
  };
}

class Tally {
  readonly sums = {
    unreachable: 0,
    unsubscribed: 0,
    withoutRegistration: 0,
    lanes: {} as Record<string, number>,
    languages: {} as Partial<Record<Lang, number>>,
  };

  add(recipient: Recipient): void {
    const { person, registration, account } = recipient;
    const { sums } = this;
    const language = languageOf(recipient);
    sums.languages[language] = (sums.languages[language] ?? 0) + 1;
    if (!registration) sums.withoutRegistration++;
    if (!account) {
      sums.unreachable++;
      return;
    }
    const lane = laneOf(account);
    sums.lanes[lane] = (sums.lanes[lane] ?? 0) + 1;
    if (!person.notices) sums.unsubscribed++;
  }
}
