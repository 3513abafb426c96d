import { defineConfig } from '@playwright/test';
import { fileURLToPath } from 'node:url';

export const target = fileURLToPath(new URL('../target/e2e', import.meta.url));

/** Real time is what these tests measure, so they run one after the other, and twice only where nobody looks on (the report says flaky). */
export default defineConfig({
  testDir: 'tests',
  outputDir: `${target}/results`,
  workers: 1,
  retries: process.env.CI ? 1 : 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: `${target}/report.json` }]],
});
