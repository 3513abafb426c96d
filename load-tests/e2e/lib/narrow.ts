import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the server stands for who is behind the link. */
export const LINK_ADDRESS = '10.78.0.1';

/** Starts a program behind the link; see there. */
export const BEHIND_LINK = fileURLToPath(new URL('../behind-link', import.meta.url));

function run(program: string, words: string): string {
  return execFileSync(program, words.split(' '), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Lays a link to a namespace that is still to come. Before the server starts, which looks at its addresses then. */
export function layLink(): void {
  run('ip', 'link add view type veth peer name seen');
  run('ip', `addr add ${LINK_ADDRESS}/24 dev view`);
  run('ip', 'link set view up');
  run('ip', 'link set seen up'); // a device without a carrier is no address for the server
}

/**
 * Narrows the link from the server to the viewer, as a weak mobile link is narrow: what comes faster
 * waits, and what would wait for more than 300 ms is dropped. The way back stays wide.
 */
export function narrowLink(kbitPerSecond: number): void {
  run('tc', `qdisc replace dev view root tbf rate ${kbitPerSecond}kbit burst 10kb latency 300ms`);
}

/** What the narrow place has let through, dropped, and lets wait. */
export function linkState(): string {
  return run('tc', '-s qdisc show dev view').split('\n').slice(1, 3).map((line) => line.trim()).join(' ');
}

/** How often something had to wait in the narrow place so far. */
export function waitsAtLink(): number {
  return Number(/overlimits (\d+)/.exec(linkState())?.[1]);
}

/** It goes by itself with the namespace at its other end. */
export function takeLinkUp(): void {
  if (existsSync('/sys/class/net/view')) run('ip', 'link del view');
}
