import { afterAttempt, type Delivery, type Ended, type Sending } from '../domain/delivery.ts';
import type { Account } from '../domain/person.ts';
import { MINUTE } from '../domain/time.ts';
import type { Clock, Deliveries } from '../usecases/ports.ts';
import type { Lane } from './lane.ts';

/** A row that is to be sent, and where. */
export interface Ready {
  readonly row: Delivery;
  readonly account: Account;
}

/** How long a claim or an attempt is its sender's. */
const LEASE_MS = MINUTE;
const WRITE_AGAIN_MS = 1_000;

export interface AttemptParts {
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  /** Names the sender in its claims; unique per process. */
  readonly name: string;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Attempts to send: each is stored before it begins and when it has ended. */
export class Attempts {
  private readonly parts: AttemptParts;
  private isClosing = false;

  constructor(parts: AttemptParts) {
    this.parts = parts;
  }

  /** Until when what is taken now stays this sender's. */
  lease(): Date {
    return new Date(this.parts.clock.now().getTime() + LEASE_MS);
  }

  /** From now on nothing is waited for. */
  close(): void {
    this.isClosing = true;
  }

  /** Sends a row once. Returns how that ended; undefined: somebody else has the row by now. */
  async make(lane: Lane, { row, account, post }: Ready & { post: unknown }): Promise<Ended | undefined> {
    const { clock, deliveries, name } = this.parts;
    const attempt = crypto.randomUUID();
    if (!(await deliveries.begin(name, { id: row.id, attempt, leaseUntil: this.lease() }))) return undefined;
    const sending = async () => lane.send(account, post);
    const outcome = await sending().catch(
      (error: unknown): Sending => ({
        result: 'unsure',
        cause: error instanceof Error ? error.name : 'error',
      }),
    );
    const ended = afterAttempt({ ...row, attempts: row.attempts + 1 }, outcome, clock.now());
    await this.writeDown({ id: row.id, attempt, ...ended });
    return ended;
  }

  /**
   * An outage must not make an attempt unknown whose end is known: it is written down when the store is back, as
   * long as nobody has given the attempt up.
   */
  private async writeDown(ended: Parameters<Deliveries['finish']>[0]): Promise<void> {
    const { deliveries, wait = later } = this.parts;
    for (let left = LEASE_MS / WRITE_AGAIN_MS; ; left--) {
      try {
        return await deliveries.finish(ended);
      } catch (error) {
        if (left <= 0 || this.isClosing) throw error;
        await wait(WRITE_AGAIN_MS);
      }
    }
  }
}

const later = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));
