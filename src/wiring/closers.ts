/** The services opened by name, in order of their opening, so that they close in the reverse. */
export class Closers {
  private readonly list: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.list.unshift(close);
  }

  async run(): Promise<void> {
    for (const close of this.list.splice(0)) await close();
  }
}
