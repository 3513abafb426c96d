import { execFileSync } from 'node:child_process';

const TABLE = 'counted';

/** Counts media datagrams between ports of this namespace, as the kernel saw them. */
export class WireCount {
  private readonly ways: { from: number | null; to: number; name: string }[] = [];

  /** @param from null: from any port that is none of the nodes' */
  add(name: string, from: number | null, to: number): void {
    this.ways.push({ from, to, name });
  }

  open(nodePorts: number[]): void {
    const rules = this.ways.map(({ from, to, name }) => {
      const sender = from === null ? `udp sport != { ${nodePorts.join(', ')} }` : `udp sport ${from}`;
      return `    ${sender} udp dport ${to} counter name "${name}"`;
    });
    const counters = this.ways.map(({ name }) => `  counter ${name} { }`);
    const text = [`table inet ${TABLE} {`, ...counters, '  chain seen {', '    type filter hook input priority 0;', ...rules, '  }', '}'];
    execFileSync('nft', ['-f', '-'], { input: text.join('\n') });
  }

  /** Datagrams until now, by name. */
  read(): Record<string, number> {
    const all = JSON.parse(execFileSync('nft', ['--json', 'list', 'counters', 'table', 'inet', TABLE], { encoding: 'utf8' })) as {
      nftables: { counter?: { name: string; packets: number } }[];
    };
    return Object.fromEntries(all.nftables.flatMap(({ counter }) => (counter ? [[counter.name, counter.packets]] : [])));
  }

  close(): void {
    execFileSync('nft', ['delete', 'table', 'inet', TABLE]);
  }
}
