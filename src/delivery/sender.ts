import { afterAttempt, type Delivery, type Ended, type Sending } from '../domain/delivery.ts';
import { afterQuiet, goesBadly, type Notice } from '../domain/notice.ts';
import type { Account } from '../domain/person.ts';
import { MINUTE } from '../domain/time.ts';
import type { Clock, Notices } from '../usecases/ports.ts';
import { type CheckPorts, checkRows } from './check.ts';
import type { Lane } from './lane.ts';

const LEASE_MS = MINUTE;
const AT_MOST = 250;
const RUNNING_AT_MOST = 100;
/** How long a look at which notices run is good for: a pause holds within a second. */
const FRESH_MS = 300;
/** What could not be put into its conversation is tried again after so long. */
const COMPOSE_AGAIN_MS = 5_000;
const JUDGED = 50;

export interface SenderParts extends CheckPorts {
  readonly clock: Clock;
  readonly notices: Notices;
  readonly lanes: readonly Lane[];
  /** Names this sender in its claims; unique per process. */
  readonly name: string;
  /** Stops a notice whose sending goes badly, for a person to look at. */
  readonly stopBad: (notice: string) => Promise<unknown>;
}

interface Ready {
  readonly row: Delivery;
  readonly account: Account;
}

/**
 * Sends what is due, each bot account by itself: a slow one holds up no other. A row goes `claimed` → `sending`
 * → an end, each step stored before the next, so that whatever may have left is never sent again by itself. It
 * waits for its turn before it is `sending`, and consent and status are read just before.
 */
export class Sender {
  private readonly parts: SenderParts;
  private readonly served: ReadonlySet<string>;
  private readonly working = new Set<string>();
  private readonly closed = new Set<string>();
  private readonly again = new Set<string>();
  private readonly judged = new Map<string, Ended[]>();
  private seen: { readonly at: number; readonly notices: ReadonlyMap<string, Notice> } | undefined;

  constructor(parts: SenderParts) {
    this.parts = parts;
    this.served = new Set(parts.lanes.map(({ name }) => name));
  }

  /** Sends until nothing is due on any lane. Returns how many rows came to an end. */
  async sendDue(): Promise<number> {
    const ended = await this.chooseLanes();
    const sent = await Promise.all(this.parts.lanes.map((lane) => this.work(lane)));
    return sent.reduce((sum, count) => sum + count, ended);
  }

  /** One worker a lane: whoever comes while it works makes it look once more, and does not wait for it. */
  private async work(lane: Lane): Promise<number> {
    const { name } = lane;
    this.again.add(name);
    if (this.working.has(name)) return 0;
    this.working.add(name);
    let total = 0;
    try {
      while (this.again.delete(name)) {
        for (let took = await this.batch(lane); took.claimed > 0; took = await this.batch(lane))
          total += took.ended;
      }
    } finally {
      this.working.delete(name);
    }
    return total;
  }

  /** Rows that name no lane yet get the one of the account that their person is written to. */
  private async chooseLanes(): Promise<number> {
    let ended = 0;
    for (;;) {
      const rows = await this.claim(null, null, AT_MOST);
      if (rows.length === 0) break;
      const { skipped } = await this.sort(rows, null);
      ended += skipped;
    }
    for (const notice of (await this.sendable()).keys()) {
      for (;;) {
        const rows = await this.claim(null, notice, AT_MOST);
        if (rows.length === 0) break;
        ended += (await this.sort(rows, null)).skipped;
      }
    }
    return ended;
  }

  private async batch(lane: Lane): Promise<{ claimed: number; ended: number }> {
    if (this.closed.has(lane.name)) return { claimed: 0, ended: 0 };
    const limit = Math.max(1, Math.min(AT_MOST, Math.floor(lane.perSecond)));
    const rows = await this.claim(lane.name, null, limit);
    for (const notice of (await this.sendable()).keys()) {
      if (rows.length >= limit) break;
      rows.push(...(await this.claim(lane.name, notice, limit - rows.length)));
    }
    if (rows.length === 0) return { claimed: 0, ended: 0 };
    const { ready, skipped } = await this.sort(rows, lane.name);
    const sent = await this.sendAll(lane, ready);
    return { claimed: rows.length, ended: skipped + sent };
  }

  private async claim(lane: string | null, notice: string | null, limit: number): Promise<Delivery[]> {
    const { clock, deliveries, name: sender } = this.parts;
    const now = clock.now();
    return deliveries.claim({ sender, lane, notice, now, leaseUntil: this.lease(), limit });
  }

  private lease(): Date {
    return new Date(this.parts.clock.now().getTime() + LEASE_MS);
  }

  /** Notices that may be sent now, those first that cannot wait. Quiet hours hold up the others as a whole. */
  private async sendable(): Promise<ReadonlyMap<string, Notice>> {
    const { notices, clock } = this.parts;
    const at = performance.now();
    if (this.seen && at - this.seen.at < FRESH_MS) return this.seen.notices;
    const found = await notices.inState(['running'], RUNNING_AT_MOST);
    const now = clock.now();
    const awake = found.filter(({ critical, zone }) => critical || afterQuiet(now, zone) <= now);
    const sorted = awake.sort((a, b) => Number(b.critical) - Number(a.critical));
    this.seen = { at, notices: new Map(sorted.map((one) => [one.id, one])) };
    return this.seen.notices;
  }

  /** Ends or moves on the rows that are not to be sent here; returns those that are. */
  private async sort(
    rows: readonly Delivery[],
    lane: string | null,
  ): Promise<{ ready: Ready[]; skipped: number }> {
    const { clock, deliveries, name } = this.parts;
    const now = clock.now();
    const checked = await checkRows(this.parts, rows, now, lane, this.served, await this.sendable());
    const skipped = checked.flatMap((one) => ('cause' in one ? [{ id: one.row.id, cause: one.cause }] : []));
    const elsewhere = checked.flatMap((one) => ('lane' in one ? [{ ...one.row, lane: one.lane }] : []));
    await Promise.all([deliveries.skip(name, skipped, now), deliveries.release(name, elsewhere)]);
    return { ready: checked.filter((one) => 'account' in one), skipped: skipped.length };
  }

  /** Lets each row have its turn; those whose turns come together go together. */
  private async sendAll(lane: Lane, ready: readonly Ready[]): Promise<number> {
    let waiting: Ready[] = [];
    let going: Promise<unknown> = Promise.resolve();
    let ended = 0;
    const go = async () => {
      // Those whose turn comes in the same moment are written down together.
      await new Promise((resolve) => setImmediate(resolve));
      const group = waiting;
      waiting = [];
      if (group.length === 0) return undefined;
      const composed = await this.compose(lane, group);
      return { sending: Promise.all(composed.map((one) => this.attempt(lane, one))) };
    };
    const turns = ready.map(async (one) => {
      if (!(await lane.turn(one.account))) {
        this.closed.add(lane.name);
        return this.giveBack([one], 0);
      }
      waiting.push(one);
      const mine = going.then(go);
      going = mine.catch(() => {});
      const group = await mine;
      const sent = (await group?.sending) ?? [];
      ended += sent.filter(Boolean).length;
    });
    await Promise.all(turns);
    return ended;
  }

  /** Puts letters into their conversations, but not those of a notice that was stopped while they waited. */
  private async compose(lane: Lane, group: readonly Ready[]) {
    const notices = await this.sendable();
    const stopped = group.filter(({ row }) => row.notice !== null && !notices.has(row.notice));
    const wanted = group.filter((one) => !stopped.includes(one));
    await this.giveBack(stopped, 0);
    const posts = await lane.compose(wanted.map(({ account, row }) => ({ account, letter: row.letter })));
    await this.giveBack(
      wanted.filter((_, i) => posts[i] === undefined),
      COMPOSE_AGAIN_MS,
    );
    return wanted.flatMap((one, i) => (posts[i] === undefined ? [] : [{ ...one, post: posts[i] }]));
  }

  private async giveBack(rows: readonly Ready[], afterMs: number): Promise<void> {
    if (rows.length === 0) return;
    const notBefore = new Date(this.parts.clock.now().getTime() + afterMs);
    const released = rows.map(({ row: { id, lane } }) => ({ id, lane, notBefore }));
    await this.parts.deliveries.release(this.parts.name, released);
  }

  /** False: somebody else has the row by now. */
  private async attempt(lane: Lane, { row, account, post }: Ready & { post: unknown }): Promise<boolean> {
    const { clock, deliveries, name } = this.parts;
    const attempt = crypto.randomUUID();
    if (!(await deliveries.begin(name, { id: row.id, attempt, leaseUntil: this.lease() }))) return false;
    const sending = async () => lane.send(account, post);
    const outcome = await sending().catch(
      (error: unknown): Sending => ({
        result: 'unsure',
        cause: error instanceof Error ? error.name : 'error',
      }),
    );
    const ended = afterAttempt({ ...row, attempts: row.attempts + 1 }, outcome, clock.now());
    await deliveries.finish({ id: row.id, attempt, ...ended });
    if (row.notice !== null) await this.judge(row.notice, ended);
    return true;
  }

  private async judge(notice: string, ended: Ended): Promise<void> {
    const last = [...(this.judged.get(notice) ?? []), ended].slice(-JUDGED);
    this.judged.set(notice, last);
    if (!goesBadly(last)) return;
    this.judged.delete(notice);
    this.seen = undefined;
    await this.parts.stopBad(notice);
  }
}
