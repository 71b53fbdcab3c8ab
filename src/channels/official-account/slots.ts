const KEPT = 5_000;

interface Slot {
  readonly id: string;
  readonly answer: (text: string | undefined) => void;
}

/** The open HTTP responses of people whose message has just come: a text can leave through each of them, once. */
export class Slots {
  private readonly open = new Map<string, Slot[]>();
  /** Messages that were answered so, latest last. */
  private readonly answered = new Set<string>();
  private closed = false;

  /**
   * Resolves with the text that leaves through the response, or with undefined when there was none until `over`.
   * When the platform sends a message again it has given up the response before, so the newer one takes its place.
   */
  async wait(account: string, id: string, over: Promise<unknown>): Promise<string | undefined> {
    if (this.closed || this.answered.has(id)) return undefined;
    this.slotsOf(account)
      .find((one) => one.id === id)
      ?.answer(undefined);
    return new Promise((resolve) => {
      const slot: Slot = {
        id,
        answer: (text) => {
          this.remove(account, slot);
          resolve(text);
        },
      };
      this.open.set(account, [...this.slotsOf(account), slot]);
      void over.then(() => slot.answer(undefined));
    });
  }

  /** Whether the text leaves through a response: the one that has been open longest. */
  offer(account: string, text: string): boolean {
    const [slot] = this.slotsOf(account);
    if (!slot) return false;
    this.remember(slot.id);
    slot.answer(text);
    return true;
  }

  close(): void {
    this.closed = true;
    for (const slot of [...this.open.values()].flat()) slot.answer(undefined);
  }

  private slotsOf(account: string): readonly Slot[] {
    return this.open.get(account) ?? [];
  }

  private remove(account: string, slot: Slot): void {
    const left = this.slotsOf(account).filter((one) => one !== slot);
    if (left.length > 0) this.open.set(account, left);
    else this.open.delete(account);
  }

  private remember(id: string): void {
    this.answered.add(id);
    const [oldest] = this.answered;
    if (this.answered.size > KEPT && oldest !== undefined) this.answered.delete(oldest);
  }
}
