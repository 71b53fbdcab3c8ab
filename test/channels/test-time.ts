/** Time that passes at once whenever somebody waits. */
export class TestTime {
  passed = 0;

  readonly now = (): number => this.passed;

  readonly wait = async (ms: number): Promise<void> => {
    this.passed += ms;
  };
}
