import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { target } from '../playwright.config.ts';

const RUN = fileURLToPath(new URL('../../../bin/run', import.meta.url));

/** One node started by `bin/run`, as a newcomer would; ports are free because the namespace is ours. */
export class Server {
  private child: ChildProcess | undefined;
  readonly data: string;

  constructor(
    readonly name: string,
    readonly port = 8080,
    readonly mediaPort = 10_000,
  ) {
    this.data = `${target}/data/${name}-${process.pid}`; // a second try begins with nothing
    mkdirSync(this.data.replace(/\/[^/]*$/, ''), { recursive: true });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get password(): string {
    return readFileSync(`${this.data}/demo-password`, 'utf8').trim();
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error('not running');
    return this.child.pid;
  }

  /** Starts the node and waits until it says it is ready; answers the seconds that took. */
  async start(...properties: string[]): Promise<number> {
    const started = performance.now();
    const log = createWriteStream(`${target}/${this.name}.log`, { flags: 'a' });
    const child = spawn(
      RUN,
      [
        `--server.port=${this.port}`,
        `--maplebridge.media.port=${this.mediaPort}`,
        `--maplebridge.data=${this.data}`,
        ...properties,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    this.child = child;
    let ended = false;
    child.once('exit', () => (ended = true));
    while (!(await this.ready())) {
      if (ended) throw new Error(`the server ended while starting, see ${target}/${this.name}.log`);
      if (performance.now() - started > 240_000) throw new Error('the server did not become ready');
      await new Promise((done) => setTimeout(done, 100));
    }
    return (performance.now() - started) / 1000;
  }

  async ready(): Promise<boolean> {
    try {
      return (await fetch(`${this.origin}/actuator/health/readiness`)).ok;
    } catch {
      return false;
    }
  }

  /** Asks the node to leave (what Ctrl-C does) and waits; answers its exit code and the seconds. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<{ code: number | null; seconds: number }> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return { code: null, seconds: 0 };
    const asked = performance.now();
    const left = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    child.kill(signal);
    const patience = setTimeout(() => child.kill('SIGKILL'), 20_000);
    const code = await left;
    clearTimeout(patience);
    this.child = undefined;
    return { code, seconds: (performance.now() - asked) / 1000 };
  }

  /** Resident memory in MiB and the number of open files of the server's process. */
  footprint(): { residentMib: number; openFiles: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8');
    const kib = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]);
    return { residentMib: Math.round(kib / 1024), openFiles: readdirSync(`/proc/${this.pid}/fd`).length };
  }

  /** The value of a Prometheus counter or gauge, summed over its labels. */
  async metric(name: string, token?: string): Promise<number> {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
    const text = await (await fetch(`${this.origin}/actuator/prometheus`, { headers })).text();
    return text
      .split('\n')
      .filter((line) => line.startsWith(name) && /[ {]/.test(line.charAt(name.length)))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }
}

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
