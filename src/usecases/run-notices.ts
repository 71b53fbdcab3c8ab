import { languageOf } from '../domain/audience-match.ts';
import { type Delivery, laneOf, newDelivery } from '../domain/delivery.ts';
import {
  act,
  LIVE_STATES,
  type Notice,
  type Progress,
  percentOf,
  progressOf,
  SENDING_TIME,
  START_GRACE,
} from '../domain/notice.ts';
import { languageFor } from '../domain/notice-text.ts';
import { accountOf } from '../domain/person.ts';
import { isActive } from '../domain/registration.ts';
import { DAY } from '../domain/time.ts';
import { letterFor } from './notice-letters.ts';
import type { Billboard } from './ports.ts';
import { type Recipient, resolveAudience } from './resolve-audience.ts';
import type { SteerPorts } from './steer-notice.ts';
import { changeNotice } from './write-notice.ts';

export interface RunPorts extends SteerPorts {
  readonly billboard: Billboard;
}

const AT_ONCE = 100;
const BATCH = 500;
const CANCELLED_AT_ONCE = 1_000;
/** How often a message that can be changed is. */
const SHOWN_EVERY_MS = 3_000;
const TOLD_AT = [25, 50, 75];

/**
 * Brings every notice on its way a step further: starts those whose time has come, writes their readers down, ends
 * those that are done or cancelled, and tells their progress. Interrupted anywhere, the next call goes on. Returns
 * how many are still on their way by themselves.
 */
export function runNotices(ports: RunPorts) {
  return async (): Promise<number> => {
    for (const notice of await ports.notices.due(ports.clock.now(), AT_ONCE)) await start(ports, notice);
    for (const notice of await ports.notices.inState(['starting'], AT_ONCE)) await writeDown(ports, notice);
    const live = await ports.notices.inState(LIVE_STATES, AT_ONCE);
    for (const notice of live) await tend(ports, notice);
    return live.filter(({ state }) => state !== 'paused').length;
  };
}

/** One that should have started long ago is not started by itself: it may say what is no longer so. */
async function start(ports: RunPorts, notice: Notice): Promise<void> {
  const now = ports.clock.now();
  const late = now.getTime() - (notice.startsAt ?? now).getTime() > START_GRACE;
  if (late) await moveOn(ports, notice, 'miss', 'missed');
  else await changeNotice(ports, notice.id, (one) => act(one, 'start', null, now));
}

/**
 * Moves a notice on and tells its author. That is written down before: a crash in between must not leave the author
 * without the news, and its row is the same one each time.
 */
async function moveOn(
  ports: RunPorts,
  { id }: Pick<Notice, 'id'>,
  what: 'miss' | 'end' | 'stop' | 'fail',
  news: string,
): Promise<void> {
  for (;;) {
    const [notice] = await ports.notices.byId([id]);
    const next = notice && act(notice, what, null, ports.clock.now());
    if (!next) return;
    await tell(ports, next, `${news} ${next.history.length}`);
    if (await ports.notices.save(next)) return;
  }
}

/** Writes a row for each reader, in batches; then the notice runs. A row that is there is left alone. */
async function writeDown(ports: RunPorts, notice: Notice): Promise<void> {
  const [event] = await ports.events.byId([notice.event]);
  if (!event)
    throw new Error(`expected the event ${notice.event} of notice N${notice.number}, received none`);
  const resolve = resolveAudience(ports);
  const asked = {
    office: notice.office,
    audience: notice.audience,
    prefer: ({ channel }: { channel: string }) => !notice.without.includes(channel),
  };
  for (let cursor: string | null = notice.cursor; cursor !== null; ) {
    const { recipients, next }: { recipients: readonly Recipient[]; next: string | null } = await resolve(
      asked,
      cursor,
      BATCH,
    );
    const now = ports.clock.now();
    const rows = recipients.map((one) => rowFor(ports, notice, event, one, now));
    await ports.deliveries.add(rows);
    const at = cursor;
    const moved = await changeNotice(ports, notice.id, (one) =>
      one.state === 'starting' && one.cursor === at
        ? { ...one, cursor: next ?? at, rev: one.rev + 1 }
        : undefined,
    );
    // Somebody else writes them down as well, and is ahead; or the notice was cancelled.
    if (!moved) return endLate(ports, notice);
    cursor = next;
  }
  const { total } = progressOf(await ports.deliveries.tally(notice.id));
  const now = ports.clock.now();
  await changeNotice(ports, notice.id, (one) => {
    const running = act(one, 'run', null, now);
    return running && { ...running, total };
  });
}

/** Rows that came when their notice had been cancelled already end as the others did. */
async function endLate(ports: RunPorts, { id }: Notice): Promise<void> {
  const [notice] = await ports.notices.byId([id]);
  if (notice?.state === 'cancelled') await cancelRows(ports, id);
}

async function cancelRows({ deliveries, clock }: RunPorts, notice: string): Promise<void> {
  while ((await deliveries.cancel(notice, CANCELLED_AT_ONCE, clock.now())) > 0);
}

/** Why a reader cannot be written to; null: they can. */
function unreachedBecause({ without }: Notice, { person, account }: Recipient): string | null {
  if (account) return without.includes(account.channel) ? 'channel_left_out' : null;
  return person.accounts.length > 0 ? 'blocked' : 'no_account';
}

function rowFor(
  ports: RunPorts,
  notice: Notice,
  event: Parameters<typeof letterFor>[2],
  recipient: Recipient,
  now: Date,
): Delivery {
  const { person, registration, event: own, account } = recipient;
  const lang = languageFor(notice.content, languageOf(recipient));
  const cause = unreachedBecause(notice, recipient);
  // What is told of a past guest's registration is told of the event that it was for.
  const { kind } = notice.audience.source;
  const about = kind === 'event' || kind === 'members' ? event : (own ?? event);
  return newDelivery({
    id: `${notice.id}/${person.id}`,
    person: person.id,
    kind: notice.critical ? 'own' : 'notice',
    event: notice.event,
    registration: registration && isActive(registration) ? registration.id : null,
    notice: notice.id,
    lane: account ? laneOf(account) : null,
    letter: letterFor(ports.letters, notice, about, lang, registration),
    state: cause ? 'skipped' : 'pending',
    cause,
    endedAt: cause ? now : null,
    notBefore: now,
    expiresAt: new Date(now.getTime() + SENDING_TIME),
  });
}

async function tend(ports: RunPorts, notice: Notice): Promise<void> {
  const { deliveries } = ports;
  if (notice.state === 'starting') return;
  if (notice.state === 'stopping') {
    await cancelRows(ports, notice.id);
    await moveOn(ports, notice, 'stop', 'end');
    return showEnd(ports, notice);
  }
  if (notice.state === 'running' && !(await deliveries.anyOpen(notice.id))) {
    await moveOn(ports, notice, 'end', 'end');
    return showEnd(ports, notice);
  }
  await tellProgress(ports, notice);
}

/** In a chat whose messages can be changed, one message goes with the time; elsewhere there is a line at each quarter. */
async function tellProgress(ports: RunPorts, notice: Notice): Promise<void> {
  const now = ports.clock.now();
  if (ports.billboard.canChange(notice.conversation)) {
    const shownAt = notice.told?.at.getTime() ?? 0;
    // What was on its way when it was paused has come to its end by then.
    const pausedAt = notice.state === 'paused' ? (notice.history.at(-1)?.at.getTime() ?? 0) : shownAt;
    if (now.getTime() - shownAt < SHOWN_EVERY_MS || shownAt - pausedAt >= SHOWN_EVERY_MS) return;
    return show(ports, notice);
  }
  if (notice.state === 'paused') return;
  const percent = percentOf(progressOf(await ports.deliveries.tally(notice.id)));
  const step = TOLD_AT.findLast((one) => percent >= one);
  if (step === undefined || step <= (notice.told?.percent ?? 0)) return;
  await tell(ports, notice, `${step}`);
  await note(ports, notice, { percent: step, at: now, messageId: null });
}

/** The message that went with the time must not go on to offer what cannot be done any more. */
async function showEnd(ports: RunPorts, { id }: Notice): Promise<void> {
  const [notice] = await ports.notices.byId([id]);
  if (notice?.told?.messageId) await show(ports, notice);
}

/** Whoever says first that they show it does: another message would stay as it is. */
async function show(ports: RunPorts, notice: Notice): Promise<void> {
  const now = ports.clock.now();
  const progress = progressOf(await ports.deliveries.tally(notice.id));
  const told = {
    percent: percentOf(progress),
    at: now,
    messageId: notice.told?.messageId ?? null,
  };
  if (!(await ports.notices.save({ ...notice, told, rev: notice.rev + 1 }))) return;
  const [author] = await ports.people.byId([notice.author]);
  const letter = ports.letters.progress(notice, progress, etaOf(notice, progress, now), author?.lang ?? 'zh');
  const messageId = await ports.billboard.show(notice.conversation, told.messageId, letter);
  if (messageId !== told.messageId) await note(ports, notice, { ...told, messageId });
}

async function note(ports: RunPorts, { id }: Notice, told: NonNullable<Notice['told']>): Promise<void> {
  await changeNotice(ports, id, (one) => ({ ...one, told, rev: one.rev + 1 }));
}

/** Seconds until what remains has left, at the pace so far; undefined: it cannot be told yet. */
export function etaOf(notice: Notice, { total, remaining }: Progress, now: Date): number | undefined {
  const seconds = notice.beganAt ? (now.getTime() - notice.beganAt.getTime()) / 1_000 : 0;
  const done = total - remaining;
  return done > 0 && seconds > 0 && remaining > 0 ? Math.ceil((remaining / done) * seconds) : undefined;
}

/** Writes to whoever wrote the notice how it stands; the same news once. */
async function tell(ports: RunPorts, notice: Notice, news: string): Promise<void> {
  const { deliveries, clock, letters, people } = ports;
  const now = clock.now();
  const progress = progressOf(await deliveries.tally(notice.id));
  const [author] = await people.byId([notice.author]);
  const row = newDelivery({
    id: `progress/${notice.id}/${news}`,
    person: notice.author,
    to: notice.conversation,
    lane: laneOf(accountOf(notice.conversation)),
    kind: 'own',
    event: notice.event,
    letter: letters.progress(notice, progress, etaOf(notice, progress, now), author?.lang ?? 'zh'),
    notBefore: now,
    expiresAt: new Date(now.getTime() + DAY),
  });
  await deliveries.add([row]);
}

/** Stops a notice whose sending goes badly, and tells whoever wrote it. */
export function stopBadNotice(ports: RunPorts) {
  return async (id: string): Promise<void> => {
    await moveOn(ports, { id }, 'fail', 'errors');
  };
}
