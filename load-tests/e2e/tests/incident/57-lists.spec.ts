import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

/** What an administrator sets up for the intake, and what a citizen sees of it. */
test.describe.serial('ownership list and public codes', () => {
  const server = new Server('lists');
  let browser: Browser;
  let admin: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    admin = await sitDown(browser, { origin: server.origin, password: server.password, name: 'admin', viewport: { width: 1440, height: 900 } });
    admin.page.setDefaultTimeout(30_000);
    await admin.at(ids.console).waitFor();
    await admin.at('centre-lists').waitFor();
    await admin.page.keyboard.press('F10');
    await admin.at('lists-page').waitFor();
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function keep(name: string): Promise<void> {
    await admin.page.screenshot({ path: `${target}/screens/lists-${name}.png` });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  async function choose(name: string, text: string): Promise<void> {
    await admin.at('ownership-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  }

  test('a file is shown before it counts, and a bad one is refused by its line', async () => {
    await admin.at('ownership-list').locator('tbody tr').nth(3).waitFor(); // all come at once
    const rows = await admin.at('ownership-list').locator('tbody tr').count();
    await choose('bad.csv', '编号,事项,责任单位\n1-1,甲,乙\n1-2,=HYPERLINK("x"),乙\n');
    await expect(admin.at('ownership-problem')).toContainText('第 3 行：含公式');
    await choose('new.csv', '编号,事项,责任单位,处置节点\n9-1,夜间烧烤油烟,综合执法局,xinhe\n9-2,共享单车乱停,住建局,\n');
    await expect(admin.at('ownership-preview')).toContainText('新增 2');
    await expect(admin.at('ownership-list').locator('tbody tr')).toHaveCount(rows);
    await keep('01-preview');
    await expectUsable(admin.page);
    await admin.at('ownership-take').click();
    await expect(admin.at('ownership-said')).toContainText('共 2 项');
    await expect(admin.at('ownership-list').locator('tbody tr')).toHaveCount(2);
    await expect(admin.at('ownership-version').first()).toContainText('2 项');
    await keep('02-imported');
  });

  test('a code is made, printed, scanned, and withdrawn', async () => {
    await admin.at('lists-codes').click();
    await admin.at('code-code').fill('xinhe-market');
    await admin.at('code-zh').fill('集市环境问题');
    await admin.at('code-kind').fill('noise');
    await admin.at('code-place').fill('新河集市北门');
    await admin.at('code-node').selectOption('xinhe');
    await admin.at('code-add').click();
    await expect(admin.at('code-xinhe-market')).toContainText('新河集市北门');
    await keep('03-codes');
    await expectUsable(admin.page);
    await admin.at('print-xinhe-market').click();
    await expect(admin.at('code-qr')).toHaveAttribute('data-address', `${server.origin}/report/xinhe-market`);
    await expect.poll(() => admin.at('code-qr').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    await keep('04-paper');
    await expectUsable(admin.page);
    const citizen = await (await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 390, height: 780 } })).newPage();
    await citizen.goto(`${server.origin}/report/xinhe-market`);
    await expect(citizen.getByText('集市环境问题')).toBeVisible();
    await admin.page.keyboard.press('Escape');
    await admin.at('withdraw-xinhe-market').click();
    await admin.at('withdraw-xinhe-market-sure').click();
    await expect(admin.at('code-xinhe-market')).toHaveAttribute('data-withdrawn', 'true');
    await citizen.reload();
    await expect(citizen.getByText('集市环境问题')).toHaveCount(0);
    await citizen.screenshot({ path: `${target}/screens/lists-05-withdrawn.png` });
    await keep('06-withdrawn');
  });
});
