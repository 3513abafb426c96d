import type { Server } from './server.ts';

/** Takes the processor away from a node in pulses, as neighbours on full hardware do. */
export class Stutter {
  private ended = false;
  private readonly done: Promise<void>;

  /** @param lastsMs how long each pulse lasts; `betweenMs` what the node has between two */
  constructor(server: Server, lastsMs: number, betweenMs: number) {
    this.done = this.run(server.pid, lastsMs, betweenMs);
  }

  private async run(pid: number, lastsMs: number, betweenMs: number): Promise<void> {
    while (!this.ended) {
      process.kill(pid, 'SIGSTOP');
      await new Promise((done) => setTimeout(done, lastsMs));
      process.kill(pid, 'SIGCONT');
      await new Promise((done) => setTimeout(done, betweenMs));
    }
  }

  /** The node has its processor again. */
  async end(): Promise<void> {
    this.ended = true;
    await this.done;
  }
}
