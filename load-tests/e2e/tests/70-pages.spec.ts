import AxeBuilder from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { goLive, watch } from '../lib/scene.ts';
import { ids, sitDown } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { target } from '../playwright.config.ts';

/** Every page in both languages: usable by everybody, nothing from outside, a picture kept of each. */
test.describe('pages', () => {
  const server = new Server('pages');
  let browser: Browser;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
  });
  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('the dashboard and the alerts ask for figures that a node has', async () => {
    const asked = figuresAskedFor();
    expect(asked.length).toBeGreaterThan(15);
    // There is no figure of pauses before the first collection.
    execFileSync(join(dirname(realpathSync(`/proc/${server.pid}/exe`)), 'jcmd'), [`${server.pid}`, 'GC.run']);
    await expect.poll(async () => {
      const published = await (await fetch(`${server.origin}/actuator/prometheus`)).text();
      return asked.filter((name) => !new RegExp(`^${name}[ {]`, 'm').test(published));
    }).toEqual([]);
  });

  for (const locale of ['zh-CN', 'en'] as const) {
    test(`sign-in page, ${locale}`, async () => {
      const context = await browser.newContext({ locale });
      const page = await context.newPage();
      const strangers = foreignRequests(page, server.origin);
      await page.goto(server.origin);
      await page.getByTestId(ids.signInName).waitFor();
      await keep(page, `sign-in-${locale}`);
      await expectUsable(page);
      await page.getByTestId(ids.signInName).fill('xinhe');
      await page.getByTestId(ids.signInPassword).fill('wrong');
      await page.getByTestId(ids.signInSubmit).click();
      await expect(page.getByTestId(ids.signInError)).toBeVisible();
      await expectUsable(page);
      expect(strangers).toEqual([]);
      await context.close();
    });

    test(`console and terminal, ${locale}`, async () => {
      const seat = { origin: server.origin, password: server.password, locale };
      const room = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1440, height: 900 } });
      const car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 } });
      const strangers = foreignRequests(room.page, server.origin);
      await keep(room.page, `console-empty-${locale}`);
      await keep(car.page, `terminal-${locale}`);
      await expectUsable(room.page);
      await expectUsable(car.page);
      await goLive(car);
      await watch(room, 'car1');
      await room.page.waitForTimeout(2500);
      await keep(room.page, `console-live-${locale}`);
      await keep(car.page, `terminal-live-${locale}`);
      await expectUsable(room.page);
      await expectUsable(car.page);
      expect(strangers).toEqual([]);
      await room.context.close();
      await car.context.close();
    });
  }
});

async function keep(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${target}/screens/${name}.png` });
}

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const faults = found.violations.map(
    (rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(faults).toEqual([]);
}

/** Requests a page sends to anybody but its own server. */
function foreignRequests(page: Page, origin: string): string[] {
  const strangers: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) strangers.push(url);
  });
  return strangers;
}

/** Names of all figures that the dashboard and the rules for alerts ask for. */
function figuresAskedFor(): string[] {
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
