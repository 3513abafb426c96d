import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALLED = '/usr/lib/postgresql';

/** A PostgreSQL of a test's own, as Debian brings it; it refuses to run as root and so runs as somebody else. */
export class Postgres {
  private readonly home = mkdtempSync(join(tmpdir(), 'maplebridge-e2e-postgres-'));

  constructor(private readonly port: number) {}

  get url(): string {
    return `jdbc:postgresql://127.0.0.1:${this.port}/postgres?user=postgres`;
  }

  start(): void {
    if (process.getuid?.() === 0) execFileSync('chown', ['postgres', this.home]);
    this.run('initdb', '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync');
    const settings = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.home}`;
    this.run('pg_ctl', '-w', '-l', `${this.home}/log`, '-o', settings, 'start');
  }

  stop(): void {
    if (existsSync(`${this.home}/data/postmaster.pid`)) this.run('pg_ctl', '-m', 'immediate', 'stop');
    rmSync(this.home, { recursive: true, force: true });
  }

  private run(program: string, ...words: string[]): void {
    const command = [join(programs(), program), '-D', `${this.home}/data`, ...words];
    const [first, ...rest] = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(first!, rest, { stdio: 'ignore', cwd: this.home });
  }
}

function programs(): string {
  const newest = readdirSync(INSTALLED).sort((a, b) => Number(a) - Number(b)).at(-1);
  if (!newest) throw new Error('no PostgreSQL is installed');
  return join(INSTALLED, newest, 'bin');
}
