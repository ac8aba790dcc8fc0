/**
 * Work in lanes: pieces of one lane one after another, of different lanes at the same time, at most `width` pieces waiting or running. The first failure stops
 * everything that has not begun.
 */
export class Lanes {
  private readonly lanes = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private failure: { readonly error: unknown } | undefined;

  constructor(private readonly width: number) {}

  /** Fulfilled when there is room for more, not when the piece is done. Throws what an earlier piece threw. */
  async add(lane: string, work: () => Promise<void>): Promise<void> {
    while (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.throwFailure();
    this.running += 1;
    const piece = (this.lanes.get(lane) ?? Promise.resolve()).then(async () => this.perform(work));
    this.lanes.set(lane, piece);
    void piece.then(() => {
      if (this.lanes.get(lane) === piece) this.lanes.delete(lane);
      this.running -= 1;
      this.waiting.shift()?.();
    });
  }

  /** Fulfilled when all pieces are done. Throws what one of them threw. */
  async done(): Promise<void> {
    await this.settled();
    this.throwFailure();
  }

  /** Fulfilled when no piece runs any more, failed or not. */
  async settled(): Promise<void> {
    while (this.lanes.size > 0) await Promise.all(this.lanes.values());
  }

  private async perform(work: () => Promise<void>): Promise<void> {
    if (this.failure !== undefined) return;
    try {
      await work();
    } catch (error) {
      this.failure ??= { error };
    }
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }
}
