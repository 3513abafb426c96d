import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Elsewhere } from './browser.ts';
import { takeAway } from './network.ts';

/** Starts a program behind a link; see there. */
const BEHIND_LINK = fileURLToPath(new URL('../behind-link', import.meta.url));

function run(program: string, words: string): string {
  return execFileSync(program, words.split(' '), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What the way of a browser to the server is like, beside how much goes towards it. */
export interface WayBack {
  /** That much goes back, in kbit/s; as much as may be where nothing is said. */
  uplink?: number;
  /** Per mille of the datagrams towards the browser that are lost, at random. */
  lossPerMille?: number;
}

/** A link between us and a namespace in which one browser runs. It goes by itself with that namespace. */
export class NarrowLink {
  /** @param number each link of a test has its own */
  constructor(private readonly number = 0) {}

  /** Where the server stands for who is behind the link. */
  get address(): string {
    return `10.78.${this.number}.1`;
  }

  private get device(): string {
    return `view${this.number}`;
  }

  private get whereFile(): string {
    return `/tmp/maplebridge-link-${process.pid}-${this.number}`;
  }

  /** Where the browser is. */
  private there(program: string, words: string): string {
    return run('nsenter', `--net=/proc/${readFileSync(this.whereFile, 'utf8').trim()}/ns/net -- ${program} ${words}`);
  }

  /** Lays the link to a namespace that is still to come. Before the server starts, which looks at its addresses then. */
  lay(): void {
    run('ip', `link add ${this.device} type veth peer name seen${this.number}`);
    run('ip', `addr add ${this.address}/24 dev ${this.device}`);
    run('ip', `link set ${this.device} up`);
    run('ip', `link set seen${this.number} up`); // a device without a carrier is no address for the server
  }

  /** Where `launchChromium` starts the browser. */
  behind(port: number, way: WayBack = {}): Elsewhere {
    const environment = { LINK: `${this.number}`, WHERE_FILE: this.whereFile, UPLINK: `${way.uplink ?? ''}`, LOSS: `${way.lossPerMille ?? ''}` };
    return { through: BEHIND_LINK, origin: `http://${this.address}:${port}`, environment };
  }

  /**
   * Narrows the link from the server to the browser, as a weak mobile link is narrow: what comes faster
   * waits, and what would wait for more than 300 ms is dropped.
   */
  narrow(kbitPerSecond: number): void {
    run('tc', `qdisc replace dev ${this.device} root tbf rate ${kbitPerSecond}kbit burst 10kb latency 300ms`);
  }

  /** As wide as it was laid, both ways, and nothing is lost. */
  widen(): void {
    const none = 'qdisc replace dev';
    run('tc', `${none} ${this.device} root pfifo`);
    this.there('tc', `${none} seen${this.number} root pfifo`);
    for (const way of ['down', 'up'] as const) this.lose(way, 0);
  }

  /** As `narrow`, from the browser to the server. */
  narrowBack(kbitPerSecond: number): void {
    this.there('tc', `qdisc replace dev seen${this.number} root tbf rate ${kbitPerSecond}kbit burst 10kb latency 300ms`);
  }

  /** Loses a share of the datagrams that arrive at one end, at random, or all of them. What goes by TCP is left alone. */
  lose(way: 'down' | 'up', percent: number): void {
    const [at, device] = way === 'down' ? [this.there.bind(this), `seen${this.number}`] as const : [run, this.device] as const;
    at('nft', `add table inet lose${this.number}`);
    at('nft', `add chain inet lose${this.number} arriving { type filter hook prerouting priority 0 ; }`);
    at('nft', `flush chain inet lose${this.number} arriving`);
    const share = percent < 100 ? ` numgen random mod 1000 < ${percent * 10}` : '';
    if (percent > 0) at('nft', `add rule inet lose${this.number} arriving iifname ${device} meta l4proto udp${share} counter drop`);
  }

  /** Lets those behind the links of this test reach each other through us, and not only the server. */
  static join(...links: NarrowLink[]): void {
    run('sysctl', '-qw net.ipv4.ip_forward=1');
    for (const link of links) link.there('ip', `route replace default via ${link.address}`);
  }

  /** What the narrow place has let through, dropped, and lets wait. */
  state(): string {
    return run('tc', `-s qdisc show dev ${this.device}`).split('\n').slice(1, 3).map((line) => line.trim()).join(' ');
  }

  /** How often something had to wait in the narrow place so far. */
  waits(): number {
    return Number(/overlimits (\d+)/.exec(this.state())?.[1]);
  }

  takeUp(): void {
    takeAway(this.device);
    rmSync(this.whereFile, { force: true });
  }
}
