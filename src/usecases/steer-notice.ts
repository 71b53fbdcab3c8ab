import { laneOf, newDelivery } from '../domain/delivery.ts';
import { act, afterQuiet, type Notice, type NoticeAct } from '../domain/notice.ts';
import { accountOf } from '../domain/person.ts';
import { HOUR } from '../domain/time.ts';
import { LANGS } from '../text/text.ts';
import { countAudience } from './count-audience.ts';
import { letterFor } from './notice-letters.ts';
import { type Deliveries, type Registrations, type Result, refused } from './ports.ts';
import { changeNotice, noticeFor, preview, reachOf, type WritePorts } from './write-notice.ts';

export interface SteerPorts extends WritePorts {
  readonly deliveries: Deliveries;
  readonly registrations: Registrations;
}

export type SteerRefusal = 'not-allowed' | 'unknown-notice' | 'wrong-state';

/** A notice by its number, and who wants something of it. */
export interface Steered {
  readonly person: string;
  readonly number: number;
}

export interface Confirming extends Steered {
  /** The number of readers that was confirmed. */
  readonly counted: number;
}

export type ConfirmRefusal = SteerRefusal | 'count-changed' | 'over-limit' | 'empty-audience' | 'past';

/**
 * Lets a notice go out: at once, or at its time. The number of readers must still be the one that was confirmed,
 * and what goes out by a person's own account must be within its limit. A second confirmation changes nothing and
 * says so.
 */
export function confirmNotice(ports: WritePorts) {
  return async ({ person, number, counted }: Confirming): Promise<Result<Notice, ConfirmRefusal>> => {
    const found = await noticeFor(ports, person, number);
    if (!found.ok) return found;
    const notice = found.data;
    if (notice.state !== 'draft') return refused('wrong-state', { notice });
    const now = ports.clock.now();
    if (notice.startsAt && notice.startsAt <= now) return refused('past', { notice });
    const count = await countAudience(ports)({ office: notice.office, audience: notice.audience });
    const reach = reachOf(count, notice);
    if (reach === 0) return refused('empty-audience', { count });
    if (reach !== counted) return refused('count-changed', { notice, before: counted, after: reach });
    for (const [lane, of] of Object.entries(count.lanes)) {
      const { limit } = ports.lanes.paceOf(lane);
      const isOut = notice.without.includes(lane.split(':')[0] ?? lane);
      if (!isOut && limit !== undefined && of > limit)
        return refused('over-limit', { notice, lane, count: of, limit });
    }
    const wished = notice.startsAt ?? now;
    const startsAt = notice.critical ? wished : afterQuiet(wished, notice.zone);
    const next = await changeNotice(ports, notice.id, (one) => {
      const confirmed = one.rev === notice.rev ? act(one, 'confirm', person, now) : undefined;
      return confirmed && { ...confirmed, startsAt, counted };
    });
    if (next) return { ok: true, data: next };
    // Somebody was faster: what they made of it is told.
    const [latest = notice] = await ports.notices.byId([notice.id]);
    return refused('wrong-state', { notice: latest });
  };
}

/** Pauses, resumes or cancels a notice. What has begun to leave is not called back. */
export function steerNotice(ports: SteerPorts) {
  return async (
    input: Steered & { readonly act: Extract<NoticeAct, 'pause' | 'resume' | 'cancel'> },
  ): Promise<Result<Notice, SteerRefusal>> => {
    const found = await noticeFor(ports, input.person, input.number);
    if (!found.ok) return found;
    const now = ports.clock.now();
    const next = await changeNotice(ports, found.data.id, (one) => {
      const done = act(one, input.act, input.person, now);
      // What has not started is simply dropped.
      return done ?? (input.act === 'cancel' ? act(one, 'drop', input.person, now) : undefined);
    });
    return next ? { ok: true, data: next } : refused('wrong-state', { notice: found.data });
  };
}

/** Sends a notice to whoever asks, in each language that it has, as the first of its readers will get it. */
export function testNotice(ports: SteerPorts) {
  return async (input: Steered & { readonly effect: string; readonly conversation: string }) => {
    const found = await noticeFor(ports, input.person, input.number);
    if (!found.ok) return found;
    const notice = found.data;
    const [event] = await ports.events.byId([notice.event]);
    if (!event) return refused('unknown-notice');
    const now = ports.clock.now();
    const { letters } = await preview(ports, notice, event);
    const langs = LANGS.filter((lang) => notice.content.text[lang] !== undefined);
    const rows = langs.map((lang) =>
      newDelivery({
        id: `test/${input.effect}/${lang}`,
        person: input.person,
        to: input.conversation,
        lane: laneOf(accountOf(input.conversation)),
        kind: 'own',
        event: event.id,
        letter: letters[lang] ?? letterFor(ports.letters, notice, event, lang, null),
        notBefore: now,
        expiresAt: new Date(now.getTime() + HOUR),
      }),
    );
    await ports.deliveries.add(rows);
    return { ok: true as const, data: notice };
  };
}

const AGAIN_AT_ONCE = 1_000;
const AGAIN_TIME = 24 * HOUR;

/**
 * Sends a notice once more to those with whom it ended badly: somebody decided so, knowing that what is unknown may
 * arrive twice. Returns how many.
 */
export function sendAgain(ports: SteerPorts) {
  return async (
    input: Steered & { readonly what: 'failed' | 'unknown' },
  ): Promise<Result<{ notice: Notice; count: number }, SteerRefusal>> => {
    const found = await noticeFor(ports, input.person, input.number);
    if (!found.ok) return found;
    const { id, state } = found.data;
    if (!['running', 'paused', 'done', 'cancelled'].includes(state))
      return refused('wrong-state', { notice: found.data });
    const now = ports.clock.now();
    const until = new Date(now.getTime() + AGAIN_TIME);
    let count = 0;
    for (let some = -1; some !== 0; count += some)
      some = await ports.deliveries.again(id, input.what, until, AGAIN_AT_ONCE);
    const next = await changeNotice(ports, id, (one) => act(one, 'again', input.person, now));
    const [notice = found.data] = next ? [next] : await ports.notices.byId([id]);
    return { ok: true, data: { notice, count } };
  };
}

/** The reader of a notice says that they have it; whoever has joined somebody since says so for themselves. */
export function confirmReceipt(ports: Pick<SteerPorts, 'notices' | 'deliveries' | 'people' | 'clock'>) {
  return async (input: { person: string; number: number }): Promise<Result<Notice, 'unknown-notice'>> => {
    const notice = await ports.notices.byNumber(input.number);
    if (!notice) return refused('unknown-notice');
    const host = await ports.people.host(input.person);
    const members = await ports.people.members(host);
    const now = ports.clock.now();
    for (const person of new Set([host, input.person, ...members.map(({ id }) => id)]))
      await ports.deliveries.confirm(notice.id, person, now);
    return { ok: true, data: notice };
  };
}
