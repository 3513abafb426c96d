import { execFileSync } from 'node:child_process';

function tc(...words: string[]): void {
  execFileSync('tc', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/**
 * Narrows the way from the server to one peer's port, as a weak mobile link is narrow: what comes
 * faster waits, and what waits too long is dropped. Everything else passes untouched. Only inside
 * our namespace.
 */
export function narrowDownlink(mediaPort: number, peerPort: number, kbitPerSecond: number): () => void {
  tc('qdisc', 'add', 'dev', 'lo', 'root', 'handle', '1:', 'prio', 'bands', '4',
    'priomap', ...'1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1'.split(' '));
  tc('qdisc', 'add', 'dev', 'lo', 'parent', '1:4', 'handle', '40:', 'tbf',
    'rate', `${kbitPerSecond}kbit`, 'burst', '10kb', 'latency', '300ms');
  tc('filter', 'add', 'dev', 'lo', 'protocol', 'ip', 'parent', '1:', 'prio', '1', 'u32',
    'match', 'ip', 'protocol', '17', '0xff',
    'match', 'ip', 'sport', String(mediaPort), '0xffff',
    'match', 'ip', 'dport', String(peerPort), '0xffff',
    'flowid', '1:4');
  return () => tc('qdisc', 'del', 'dev', 'lo', 'root');
}

/** Bytes that wait and packets that were dropped at the narrow place. */
export function narrowState(): string {
  return execFileSync('tc', ['-s', 'qdisc', 'show', 'dev', 'lo'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /tbf|dropped|backlog/.test(line))
    .join(' ');
}
