import { type Delivery, laneOf, newDelivery } from '../domain/delivery.ts';
import { type Notice, SENDING_TIME } from '../domain/notice.ts';
import { accountsReachable, conversationOf, type Person } from '../domain/person.ts';
import { type Result, refused } from './ports.ts';
import type { SteerPorts, SteerRefusal } from './steer-notice.ts';
import { noticeFor } from './write-notice.ts';

export type EscalateRefusal = SteerRefusal | 'no-receipt';

/** A reader whom nobody but a person can reach any more. */
export interface Unreached {
  readonly person: string;
  /** Of the registration that the notice was about; null: of none. */
  readonly ticket: string | null;
  readonly name: string | null;
}

export interface Escalated {
  readonly notice: Notice;
  /** To how many it goes, or has gone, once more by another channel. */
  readonly count: number;
  readonly unreached: readonly Unreached[];
}

const AT_ONCE = 500;

/**
 * Sends a notice once more to those who got it and did not confirm that, each by another channel than before, and
 * names those who have no other. Escalating again sends nothing again. The rows do not belong to the notice: its
 * counts stay those of its readers, and pausing it does not hold them.
 */
export function escalateNotice(ports: SteerPorts) {
  return async (input: {
    readonly person: string;
    readonly number: number;
  }): Promise<Result<Escalated, EscalateRefusal>> => {
    const found = await noticeFor(ports, input.person, input.number);
    if (!found.ok) return found;
    const notice = found.data;
    if (!notice.content.buttons.includes('receipt')) return refused('no-receipt', { notice });
    if (!['running', 'paused', 'done'].includes(notice.state)) return refused('wrong-state', { notice });
    let count = 0;
    const unreached: Unreached[] = [];
    for (let after = ''; ; ) {
      const page = await ports.deliveries.ofNotice(notice.id, after, AT_ONCE);
      const silent = page.filter((row) => row.notice === notice.id && isSilent(row));
      const { again, rest } = await sortOut(ports, notice, silent);
      await ports.deliveries.add(again);
      count += again.length;
      unreached.push(...(await named(ports, rest)));
      const last = page.at(-1);
      if (!last || page.length < AT_ONCE) break;
      after = last.id;
    }
    return { ok: true, data: { notice, count, unreached } };
  };
}

/** Whoever may have got it and did not say so. */
const isSilent = ({ state, receiptAt }: Delivery): boolean =>
  (state === 'sent' || state === 'unknown') && receiptAt === null;

/** Those who can be written to by another channel, with their rows, and the others. */
async function sortOut({ people, clock }: SteerPorts, notice: Notice, silent: readonly Delivery[]) {
  const known = new Map(
    (await people.byId(silent.map(({ person }) => person))).map((person) => [person.id, person]),
  );
  const now = clock.now();
  const again: Delivery[] = [];
  const rest: Delivery[] = [];
  for (const row of silent) {
    const account = otherAccount(row, known.get(row.person), notice);
    if (!account) {
      rest.push(row);
      continue;
    }
    again.push(
      newDelivery({
        id: `${row.id}/again`,
        person: row.person,
        to: conversationOf(account),
        lane: laneOf(account),
        kind: row.kind,
        event: row.event,
        registration: row.registration,
        letter: row.letter,
        notBefore: now,
        expiresAt: new Date(now.getTime() + SENDING_TIME),
      }),
    );
  }
  return { again, rest };
}

/** Where a person can be written to by another channel than a row went by. */
function otherAccount({ lane }: Delivery, person: Person | undefined, { without }: Notice) {
  const used = lane?.slice(0, lane.indexOf(':'));
  const reachable = person ? accountsReachable(person) : [];
  return reachable.findLast(({ channel }) => channel !== used && !without.includes(channel));
}

async function named({ registrations }: SteerPorts, rows: readonly Delivery[]): Promise<Unreached[]> {
  const ids = rows.flatMap(({ registration }) => registration ?? []);
  const known = new Map((ids.length > 0 ? await registrations.byId(ids) : []).map((one) => [one.id, one]));
  return rows.map(({ person, registration }) => {
    const its = known.get(registration ?? '');
    return { person, ticket: its?.ticket ?? null, name: its?.details.name ?? null };
  });
}
