import { Postgres } from './postgres.ts';
import { Rest } from './rest.ts';
import { Server } from './server.ts';

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
