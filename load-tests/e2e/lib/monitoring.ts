import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Names of all figures that the dashboard and the rules for alerts ask for. */
export function figuresAskedFor(): string[] {
  const expressions = [
    ...read('dashboard.json').matchAll(/"expr": "((?:[^"\\]|\\.)*)"/g),
    ...read('alerts.yaml').matchAll(/^\s+expr: (.*)$/gm),
  ].map(([, expression]) => expression!.replace(/\{.*?\}/g, ''));
  const names = expressions.flatMap((expression) => expression.match(/\b(maplebridge|jvm|process|system)_[a-z_]+/g) ?? []);
  return [...new Set(names)].sort();
}

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../../deploy/monitoring/${name}`, import.meta.url)), 'utf8');
}
