import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Elsewhere } from './browser.ts';

/** Sits between one page and the server and cuts its connections when told to. Media do not pass here. */
export class CuttableRoad {
  private readonly pairs = new Set<[Socket, Socket]>();
  private blocked = false;
  private listener: NetServer | undefined;

  constructor(
    private readonly port: number,
    private readonly serverPort: number,
  ) {}

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    this.listener = createServer((near) => {
      if (this.blocked) {
        near.destroy();
        return;
      }
      const far = connect(this.serverPort, '127.0.0.1');
      const pair: [Socket, Socket] = [near, far];
      this.pairs.add(pair);
      near.pipe(far).pipe(near);
      for (const socket of pair) {
        socket.on('error', () => this.drop(pair));
        socket.on('close', () => this.drop(pair));
      }
    });
    this.listener.listen(this.port, '127.0.0.1');
    await new Promise((done) => this.listener?.once('listening', done));
  }

  /** Resets every connection and lets none through until `mend`. */
  cut(): number {
    this.blocked = true;
    const cut = this.pairs.size;
    for (const pair of this.pairs) {
      pair[0].resetAndDestroy();
      pair[1].resetAndDestroy();
    }
    return cut;
  }

  mend(): void {
    this.blocked = false;
  }

  close(): void {
    this.cut();
    this.listener?.close();
  }

  private drop(pair: [Socket, Socket]): void {
    this.pairs.delete(pair);
    pair[0].destroy();
    pair[1].destroy();
  }
}

function nft(...rules: string[]): void {
  for (const rule of rules) execFileSync('nft', rule.split(' '));
}

/** Drops a share of the media datagrams, at random, in both directions. Only inside our namespace. */
export function loseDatagrams(mediaPort: number, percent: number): () => void {
  nft(
    'add table inet loss',
    'add chain inet loss input { type filter hook input priority 0 ; }',
    `add rule inet loss input udp dport ${mediaPort} numgen random mod 1000 < ${percent * 10} counter drop`,
    `add rule inet loss input udp sport ${mediaPort} numgen random mod 1000 < ${percent * 10} counter drop`,
  );
  return () => nft('delete table inet loss');
}

/** Drops what comes to the media port: by TCP, and by UDP from any but these ports. Only inside our namespace. */
export function ignoreAllBut(mediaPort: number, but: string): () => void {
  nft(
    'add table inet wall',
    'add chain inet wall input { type filter hook input priority 0 ; }',
    `add rule inet wall input udp dport ${mediaPort} udp sport != ${but} counter drop`,
    `add rule inet wall input tcp dport ${mediaPort} counter drop`,
  );
  return () => nft('delete table inet wall');
}

/**
 * Makes what a peer sends from one port come from another one, as a home router does that forgot its
 * mapping: neither the peer nor the server is told. Stateless, so it takes hold at once.
 */
export function rebind(mediaPort: number, from: number, to: number): () => void {
  nft(
    'add table ip rebind',
    'add chain ip rebind out { type filter hook output priority -300 ; }',
    'add chain ip rebind in { type filter hook prerouting priority -300 ; }',
    `add rule ip rebind out udp sport ${from} udp dport ${mediaPort} udp sport set ${to}`,
    `add rule ip rebind in udp sport ${mediaPort} udp dport ${to} udp dport set ${from}`,
  );
  return () => nft('delete table ip rebind');
}

/** Where the server is for who goes between networks. */
export const HOME_ADDRESS = '10.77.0.1';

/** Starts a program in a car with two networks; see there. */
const BETWEEN_NETWORKS = fileURLToPath(new URL('../between-networks', import.meta.url));

const whereFile = `/tmp/maplebridge-between-${process.pid}`;

const ADDRESSES = { wifi: '10.78.0', cell: '10.79.0' };

/** The two networks of a car: it leaves one, and comes into the other one with another address. */
export const roads = {
  lay(): void {
    for (const [ours, theirs] of [['hall', 'wifi'], ['tower', 'cell']] as const) {
      ip(`link add ${ours} type veth peer name ${theirs}`);
      ip(`addr add ${ADDRESSES[theirs]}.1/24 dev ${ours}`);
      ip(`link set ${ours} up`);
    }
  },

  /** Where `launchChromium` starts the car's browser, with the Wi-Fi at first. */
  between(port: number): Elsewhere {
    return { through: BETWEEN_NETWORKS, origin: `http://${HOME_ADDRESS}:${port}`, environment: { WHERE_FILE: whereFile } };
  },

  leave(network: keyof typeof ADDRESSES): void {
    inCar(`addr flush dev ${network}`);
    inCar(`link set ${network} down`);
  },

  /** What it leaves later is used no longer from here on. */
  reach(network: keyof typeof ADDRESSES): void {
    inCar(`addr add ${ADDRESSES[network]}.2/24 dev ${network}`);
    inCar(`link set ${network} up`);
    inCar(`route replace default via ${ADDRESSES[network]}.1`);
  },

  takeUp(): void {
    ['hall', 'tower'].forEach(takeAway);
    rmSync(whereFile, { force: true });
  },
};

/**
 * Takes away a device if it is still there. By itself it goes with the namespace of its other end,
 * which connections that nobody ended keep for minutes: until then servers of the next walks take
 * its address for one of theirs, and their pages lose their media when it is gone.
 */
export function takeAway(device: string): void {
  try {
    execFileSync('ip', ['link', 'del', device], { stdio: 'ignore' });
  } catch {
    // gone already
  }
}

function ip(words: string): void {
  execFileSync('ip', words.split(' '));
}

function inCar(words: string): void {
  execFileSync('nsenter', [`--net=/proc/${readFileSync(whereFile, 'utf8').trim()}/ns/net`, '--', 'ip', ...words.split(' ')]);
}
