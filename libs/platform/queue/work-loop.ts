import type { Logger } from 'pino';

/**
 * Runs one stage's step until it finds no more work. A kick while it runs makes it look once more, so nothing that was
 * committed before the kick is missed; kicks never pile up. A step that fails is logged and tried again at the next kick.
 */
export class WorkLoop {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(
    private readonly name: string,
    private readonly step: () => Promise<number>,
    private readonly logger: Logger,
  ) {}

  /** Asks for work to be looked for; resolves when this round has found nothing more. */
  kick(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    if (this.running !== undefined) {
      this.again = true;
      return this.running;
    }
    this.running = this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** Lets the present step end and takes no more work. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      try {
        while (!this.stopped && (await this.step()) > 0);
      } catch (error) {
        this.logger.error({ err: error, loop: this.name }, 'a step of the work loop failed');
        return;
      }
    } while (this.again && !this.stopped);
  }
}
