import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { target } from '../playwright.config.ts';
import { ignoreAllBut } from './network.ts';

/** Where it listens and relays: not loopback, which no TURN server relays to. */
export const TURN_ADDRESS = '10.77.0.1';
const PORT = 443;
const SECRET = 'a secret of this test and of nobody else';

/** The TURN server of `deploy/turn`, with this test's address, secret and certificate in it. */
export class TurnServer {
  private child: ChildProcess | undefined;

  readonly url = `turns:${TURN_ADDRESS}:${PORT}?transport=tcp`;

  /** What a node must be told. */
  readonly properties = [`--maplebridge.turn.urls=${this.url}`, `--maplebridge.turn.secret=${SECRET}`];

  async start(): Promise<void> {
    const [key, certificate, settings] = ['key.pem', 'cert.pem', 'conf'].map((name) => `${target}/turn-${name}`) as [string, string, string];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${TURN_ADDRESS}`, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    const documented = readFileSync(fileURLToPath(new URL('../../../deploy/turn/turnserver.conf', import.meta.url)), 'utf8');
    writeFileSync(settings, documented
      .replaceAll('10.20.0.5', TURN_ADDRESS)
      .replace('CHANGE-ME-openssl-rand-hex-32', SECRET)
      .replace('/etc/maplebridge/turn.pem', certificate)
      .replace('/etc/maplebridge/turn-key.pem', key)
      .replace('\nsyslog\n', `\nlog-file=${target}/turn.log\nsimple-log\npidfile=${target}/turn.pid\n`));
    this.child = spawn('turnserver', ['-c', settings], { stdio: 'ignore' });
    while (!(await listens())) {
      if (this.child.exitCode !== null) throw new Error(`the TURN server ended, see ${target}/turn.log`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** What it says when a client asks it to relay to somebody, with credentials that are good. */
  relaysTo(peer: string, user: string, password: string): string {
    try {
      return execFileSync('turnutils_uclient', ['-S', '-t', '-p', `${PORT}`, '-u', user, '-w', password, '-e', peer, '-r', '10000', '-n', '1', '-m', '1', TURN_ADDRESS], { encoding: 'utf8', stdio: 'pipe', timeout: 20_000 });
    } catch (refused) {
      const { stdout, stderr } = refused as { stdout: string; stderr: string };
      return `${stdout}${stderr}`;
    }
  }

  stop(): void {
    this.child?.kill();
  }
}

/** A firewall that lets pages reach nothing but port 443: only what the TURN server relays reaches the media port. */
export function onlyTls(mediaPort: number): () => void {
  return ignoreAllBut(mediaPort, '49160-49999');
}

async function listens(): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(PORT, TURN_ADDRESS, () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });
}
