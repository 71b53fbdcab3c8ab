import type { Delivery } from '../domain/delivery.ts';
import { type AttemptParts, Attempts, type Ready } from './attempts.ts';
import { type CheckPorts, checkRows } from './check.ts';
import type { Lane } from './lane.ts';
import { Running, type RunningParts } from './running.ts';

const AT_MOST = 250;
/** So many batches of a lane are on their way at once: one is claimed and composed while others are being sent. */
const BATCHES_UNDER_WAY = 3;
/** What could not be put into its conversation is tried again after so long. */
const COMPOSE_AGAIN_MS = 5_000;

export interface SenderParts extends CheckPorts, AttemptParts, RunningParts {
  readonly lanes: readonly Lane[];
}

interface Sorted {
  readonly ready: readonly Ready[];
  readonly skipped: number;
}

/**
 * Sends what is due, each bot account by itself: a slow one holds up no other. A row goes `claimed` → `sending`
 * → an end, each step stored before the next, so that whatever may have left is never sent again by itself. It
 * waits for its turn before it is `sending`, and consent and status are read just before.
 */
export class Sender {
  private readonly parts: SenderParts;
  private readonly served: ReadonlySet<string>;
  private readonly attempts: Attempts;
  private readonly running: Running;
  private readonly working = new Set<string>();
  private readonly closed = new Set<string>();
  private readonly again = new Set<string>();

  constructor(parts: SenderParts) {
    this.parts = parts;
    this.served = new Set(parts.lanes.map(({ name }) => name));
    this.attempts = new Attempts(parts);
    this.running = new Running(parts);
  }

  /** Sends until nothing is due on any lane. Returns how many rows came to an end. */
  async sendDue(): Promise<number> {
    const ended = await this.chooseLanes();
    const sent = await Promise.all(this.parts.lanes.map((lane) => this.work(lane)));
    return sent.reduce((sum, count) => sum + count, ended);
  }

  /** Takes nothing new. What was sent and cannot be written down, as the store is away, is left to its lease. */
  close(): void {
    for (const name of this.served) this.closed.add(name);
    this.attempts.close();
  }

  /** One worker a lane: whoever comes while it works makes it look once more, and does not wait for it. */
  private async work(lane: Lane): Promise<number> {
    const { name } = lane;
    this.again.add(name);
    if (this.working.has(name)) return 0;
    this.working.add(name);
    let total = 0;
    try {
      while (this.again.delete(name)) total += await this.drain(lane);
    } finally {
      this.working.delete(name);
    }
    return total;
  }

  /** Sends batch after batch, the next one claimed as soon as every letter of the one before has had its turn. */
  private async drain(lane: Lane): Promise<number> {
    const underWay = new Set<Promise<void>>();
    const failures: unknown[] = [];
    let ended = 0;
    const follow = (sending: Promise<number>) => {
      const followed = sending
        .then((count) => {
          ended += count;
        })
        .catch((error: unknown) => void failures.push(error))
        .finally(() => underWay.delete(followed));
      underWay.add(followed);
    };
    try {
      while (failures.length === 0) {
        const rows = await this.claimFor(lane);
        if (rows.length === 0 && underWay.size === 0) break;
        if (rows.length > 0) {
          const { ready, skipped } = await this.sort(rows, lane.name);
          ended += skipped;
          const { turned, sent } = this.sendAll(lane, ready);
          follow(sent);
          await turned;
        }
        if (rows.length === 0 || underWay.size >= BATCHES_UNDER_WAY) await Promise.race(underWay);
      }
    } finally {
      await Promise.all(underWay);
    }
    if (failures.length > 0) throw failures[0];
    return ended;
  }

  /** Rows that name no lane yet get the one of the account that their person is written to. */
  private async chooseLanes(): Promise<number> {
    let ended = await this.chooseLanesOf(null);
    for (const notice of (await this.running.now()).keys()) ended += await this.chooseLanesOf(notice);
    return ended;
  }

  private async chooseLanesOf(notice: string | null): Promise<number> {
    let ended = 0;
    for (;;) {
      const rows = await this.claim(null, notice, AT_MOST);
      if (rows.length === 0) return ended;
      ended += (await this.sort(rows, null)).skipped;
    }
  }

  /** No more than leave within a second, so that a pause holds within one. */
  private async claimFor(lane: Lane): Promise<Delivery[]> {
    if (this.closed.has(lane.name)) return [];
    const limit = Math.max(1, Math.min(AT_MOST, Math.floor(lane.perSecond)));
    const rows = await this.claim(lane.name, null, limit);
    for (const notice of (await this.running.now()).keys()) {
      if (rows.length >= limit) break;
      rows.push(...(await this.claim(lane.name, notice, limit - rows.length)));
    }
    return rows;
  }

  private claim(lane: string | null, notice: string | null, limit: number): Promise<Delivery[]> {
    const { clock, deliveries, name: sender } = this.parts;
    const leaseUntil = this.attempts.lease();
    return deliveries.claim({ sender, lane, notice, now: clock.now(), leaseUntil, limit });
  }

  /** Ends or moves on the rows that are not to be sent here; returns those that are. */
  private async sort(rows: readonly Delivery[], lane: string | null): Promise<Sorted> {
    const { clock, deliveries, name } = this.parts;
    const now = clock.now();
    const checked = await checkRows(this.parts, rows, now, lane, this.served, await this.running.now());
    const skipped = checked.flatMap((one) => ('cause' in one ? [{ id: one.row.id, cause: one.cause }] : []));
    const elsewhere = checked.flatMap((one) => ('lane' in one ? [{ ...one.row, lane: one.lane }] : []));
    await Promise.all([deliveries.skip(name, skipped, now), deliveries.release(name, elsewhere)]);
    return { ready: checked.filter((one) => 'account' in one), skipped: skipped.length };
  }

  /**
   * Lets each row have its turn; those whose turns come together go together. `turned`: no row waits for a turn any
   * more. `sent`: every one has come to its end.
   */
  private sendAll(lane: Lane, ready: readonly Ready[]) {
    const groups = new Set<Promise<number>>();
    const left: Ready[] = [];
    let waiting: Ready[] = [];
    let next: Promise<number> | undefined;
    let composed: Promise<unknown> = Promise.resolve();
    const go = async (): Promise<number> => {
      await composed;
      // Those whose turn comes in the same moment are written down together.
      await new Promise((resolve) => setImmediate(resolve));
      const group = waiting;
      [waiting, next] = [[], undefined];
      const composing = this.compose(lane, group);
      composed = composing.catch(() => {});
      return this.attemptAll(lane, await composing);
    };
    const take = async (one: Ready): Promise<void> => {
      if (!(await lane.turn(one.account))) return void left.push(one);
      waiting.push(one);
      if (next) return;
      next = go();
      next.catch(() => {});
      groups.add(next);
    };
    const turned = Promise.all(ready.map(take));
    const sent = turned.then(async () => {
      if (left.length > 0) this.closed.add(lane.name);
      await this.giveBack(left, 0);
      const counts = await Promise.all(groups);
      return counts.reduce((sum, count) => sum + count, 0);
    });
    return { turned, sent };
  }

  /** Puts letters into their conversations, but not those of a notice that was stopped while they waited. */
  private async compose(lane: Lane, group: readonly Ready[]) {
    const notices = await this.running.now();
    const goesOn = ({ row: { notice } }: Ready) => notice === null || notices.has(notice);
    await this.giveBack(
      group.filter((one) => !goesOn(one)),
      0,
    );
    const wanted = group.filter(goesOn);
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

  /** Returns how many were attempted. One that cannot be stored does not keep the others from their end. */
  private async attemptAll(lane: Lane, group: readonly (Ready & { post: unknown })[]): Promise<number> {
    const made = await Promise.allSettled(
      group.map(async (one) => {
        const ended = await this.attempts.make(lane, one);
        if (ended && one.row.notice !== null) await this.running.judge(one.row.notice, ended);
        return ended !== undefined;
      }),
    );
    const failed = made.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    return made.filter((one) => one.status === 'fulfilled' && one.value).length;
  }
}
