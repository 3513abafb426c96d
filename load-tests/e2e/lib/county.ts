import { mkdirSync } from 'node:fs';
import { target } from '../playwright.config.ts';
import { Rest } from './rest.ts';
import { Server } from './server.ts';

const PASSWORD = 'correct horse battery';

/** Several nodes that form one county: separate processes on this machine with one record. */
export class CountyNodes {
  readonly servers: Server[];
  private readonly database: string;

  constructor(name: string, count: number) {
    const folder = `${target}/data/${name}-record-${process.pid}`;
    mkdirSync(folder, { recursive: true });
    this.database = `jdbc:h2:${folder}/county;AUTO_SERVER=TRUE`;
    this.servers = Array.from({ length: count }, (_, index) => new Server(`${name}-${index}`, 8080 + index, 10_000 + index));
  }

  get password(): string {
    return PASSWORD;
  }

  node(index: number): Server {
    return this.servers[index]!;
  }

  /** The last one comes first: who opens the record's file serves it to the others, and must outlive them. */
  async start(): Promise<void> {
    for (let index = this.servers.length - 1; index >= 0; index--) await this.startNode(index);
  }

  async startNode(index: number): Promise<void> {
    const bus = (of: number) => 5701 + of;
    await this.node(index).start(
      `--maplebridge.demo.password=${PASSWORD}`,
      `--maplebridge.database.url=${this.database}`,
      `--maplebridge.cluster.members=${this.servers.map((_, of) => `127.0.0.1:${bus(of)}`).join(',')}`,
      `--maplebridge.cluster.port=${bus(index)}`,
      '--maplebridge.cluster.secret=only these nodes know it',
    );
  }

  /** As when the power fails. */
  async kill(index: number): Promise<void> {
    await this.node(index).stop('SIGKILL');
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
  }

  async admin(index: number): Promise<Rest> {
    return Rest.signIn(this.node(index), 'admin', PASSWORD);
  }
}
