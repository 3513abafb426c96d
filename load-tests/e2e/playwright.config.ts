import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';

export const target = fileURLToPath(new URL('../target/e2e', import.meta.url));

/** Real time is what these tests measure, so they run one after the other, and never twice. */
export default defineConfig({
  testDir: 'tests',
  outputDir: `${target}/results`,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: `${target}/report.json` }]],
});
