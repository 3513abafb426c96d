import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Postgres } from './postgres.ts';
import { Rest } from './rest.ts';
import { Server } from './server.ts';
import { target } from '../playwright.config.ts';

const PASSWORD = 'correct horse battery';

/** Several nodes that form one county: separate processes on this machine, with one PostgreSQL as their record. */
export class CountyNodes {
  readonly servers: Server[];
  private readonly record = new Postgres(5432);

  constructor(name: string, count: number) {
    this.servers = Array.from({ length: count }, (_, index) => new Server(`${name}-${index}`, 8080 + index, 10_000 + index));
  }

  get password(): string {
    return PASSWORD;
  }

  node(index: number): Server {
    return this.servers[index]!;
  }

  /** The first one fills the record. */
  async start(): Promise<void> {
    this.record.start();
    await this.startNode(0);
    await Promise.all(this.servers.slice(1).map((_, index) => this.startNode(index + 1)));
  }

  async startNode(index: number, ...more: string[]): Promise<void> {
    const bus = (of: number) => 5701 + of;
    await this.node(index).start(
      `--maplebridge.demo.password=${PASSWORD}`,
      `--maplebridge.database.url=${this.record.url}`,
      `--maplebridge.cluster.members=${this.servers.map((_, of) => `127.0.0.1:${bus(of)}`).join(',')}`,
      `--maplebridge.cluster.port=${bus(index)}`,
      '--maplebridge.cluster.secret=only these nodes know it',
      ...more,
    );
  }

  /** As when the power fails. */
  async kill(index: number): Promise<void> {
    await this.node(index).stop('SIGKILL');
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    this.record.stop();
  }

  async admin(index: number): Promise<Rest> {
    return Rest.signIn(this.node(index), 'admin', PASSWORD);
  }
}

/** Brought by the build of signaling's tests (mvn -pl signaling process-test-resources). */
const PROGRAM = fileURLToPath(new URL('../../../signaling/target/s3proxy/s3proxy.jar', import.meta.url));
const [KEY, SECRET, BUCKET] = ['county', 'a secret of the county', 'recordings-test'];

/** A real S3 server that is not ours, over a folder: it proves signatures, and may be away. */
export class ObjectStore {
  private readonly home = mkdtempSync(join(tmpdir(), 'maplebridge-e2e-s3-'));
  private child: ChildProcess | undefined;

  constructor(private readonly java: string, private readonly port: number) {
    if (!existsSync(PROGRAM)) throw new Error(`no ${PROGRAM}: build the tests of signaling first`);
    mkdirSync(`${this.home}/objects/${BUCKET}`, { recursive: true });
    writeFileSync(`${this.home}/properties`, [
      `s3proxy.endpoint=http://127.0.0.1:${port}`, 's3proxy.authorization=aws-v4', `s3proxy.identity=${KEY}`, `s3proxy.credential=${SECRET}`,
      'jclouds.provider=filesystem-nio2', 'jclouds.identity=none', 'jclouds.credential=none', `jclouds.filesystem.basedir=${this.home}/objects`,
    ].join('\n'));
  }

  /** What a node is told of it. */
  get properties(): string[] {
    const said = { endpoint: `http://127.0.0.1:${this.port}`, bucket: BUCKET, 'access-key': KEY, 'secret-key': SECRET, 'keep-local-hours': '0' };
    return Object.entries(said).map(([name, value]) => `--maplebridge.object-store.${name}=${value}`);
  }

  async start(): Promise<void> {
    const child = spawn(this.java, ['-Xmx256m', '-jar', PROGRAM, '--properties', `${this.home}/properties`], { stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(`${target}/object-store.log`, { flags: 'a' });
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    this.child = child;
    while (!(await this.answers())) {
      if (child.exitCode !== null) throw new Error(`see ${target}/object-store.log`);
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  private answers(): Promise<boolean> {
    return new Promise((done) => {
      const line = connect(this.port, '127.0.0.1', () => {
        line.destroy();
        done(true);
      });
      line.on('error', () => done(false));
    });
  }

  /** How many objects it has. */
  count(): number {
    return readdirSync(`${this.home}/objects/${BUCKET}`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.rec')).length;
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
