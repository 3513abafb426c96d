import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { addProbe, addSyntheticMedia } from '../../lib/page-scripts.ts';
import { Rest } from '../../lib/rest.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { photo, type Chosen } from '../../lib/snapshots.ts';
import { target } from '../../playwright.config.ts';

interface Seat {
  page: Page;
  context: BrowserContext;
  at(id: string): Locator;
  /** Everything that has come to the page so far by sockets, and every address it asked for. */
  heard: string[];
}

const pdf = (more: string): Buffer => Buffer.from(`%PDF-1.4\n1 0 obj << /Type /Catalog ${more} >> endobj\n%%EOF\n${'%'.repeat(80)}`);

/** From an incident's page to papers on the table: a reception desk that mediates, and two parties with telephones. */
test.describe.serial('the evidence table', () => {
  const server = new Server('evidence-table');
  let browser: Browser;
  let desk: Person;
  let mediator: Seat;
  let ann: Seat;
  let bo: Seat;
  let incident: string;
  let picture: string;
  let seenByAnn: string;

  test.beforeAll(async () => {
    await server.start('--maplebridge.mediation.ring-seconds=10');
    browser = await launchChromium();
    const rest = await Rest.signIn(server, 'zeguo');
    const opened = await rest.call('POST', '/api/incidents', { clientId: `i-${process.pid}`, title: '院墙倒塌纠纷', severity: 'yellow', place: '牧屿村', kind: 'dispute' });
    incident = ((await opened.json()) as { id: string }).id;
    desk = await sitDown(browser, { origin: server.origin, password: server.password, name: 'zeguo-reception', viewport: { width: 1440, height: 1000 } });
    ann = await guest({ width: 390, height: 844 });
    bo = await guest({ width: 320, height: 640 });
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  function seat(page: Page, context: BrowserContext): Seat {
    const heard: string[] = [];
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
    page.on('request', (request) => heard.push(request.url()));
    page.setDefaultTimeout(30_000);
    return { page, context, at: (id) => page.getByTestId(id), heard };
  }

  async function guest(viewport: { width: number; height: number }): Promise<Seat> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', permissions: ['camera', 'microphone'] });
    await addProbe(context);
    await addSyntheticMedia(context, { toneHertz: 1000, width: 320, height: 240, framesPerSecond: 10 });
    return seat(await context.newPage(), context);
  }

  async function keep(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/table-${name}.png`, fullPage: true });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, 'nothing sticks out at the side').toBeLessThanOrEqual(0);
  }

  /** Presses Tab until this has the focus, as somebody does who has no mouse. */
  async function tabTo(page: Page, wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let i = 0; i < 80; i++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('the keyboard does not get there');
  }

  async function room({ at }: Seat, word: string): Promise<void> {
    await expect(at('table')).toHaveAttribute('data-room', word);
  }

  /** The picture has really been decoded. */
  async function seesPicture({ at }: Seat): Promise<void> {
    await expect.poll(() => at('exhibit-image').evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(2400);
  }

  async function join(guest: Seat, link: string): Promise<void> {
    await guest.page.goto(link);
    await guest.at('join-enter').click();
    await guest.at('device-go').click();
    await guest.at('consent-confidential').check();
    await guest.at('consent-agree').click();
    await expect(guest.at('waiting')).toBeVisible();
  }

  async function draws({ page, at }: Seat, tool: string, from: [number, number], to: [number, number]): Promise<void> {
    const button = page.locator(`[data-tool="${tool}"]`);
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
    const surface = at('exhibit-surface');
    await surface.scrollIntoViewIfNeeded();
    const box = (await surface.boundingBox())!;
    const spot = ([x, y]: [number, number]): [number, number] => [box.x + box.width * x, box.y + box.height * y];
    await page.mouse.move(...spot(from));
    await page.mouse.down();
    for (let i = 1; i <= 8; i++) await page.mouse.move(...spot([from[0] + ((to[0] - from[0]) * i) / 8, from[1] + ((to[1] - from[1]) * i) / 8]));
    await page.mouse.up();
  }

  const marks = ({ at }: Seat, count: number): Promise<void> => expect(at('exhibit-mark')).toHaveCount(count);

  test('an incident\'s page opens a mediation about it by one press', async () => {
    const { page, at } = desk;
    page.setDefaultTimeout(30_000);
    await at(ids.console).waitFor();
    await page.keyboard.press('i');
    await at(`incident-${incident}`).click();
    await page.keyboard.press('F4');
    await at('picture-choose').setInputFiles(await photo(page, '院墙', 30));
    await expect(at('evidence-item')).toHaveCount(1);
    await keep(page, '01-incident');
    const began = Date.now();
    const [popup] = await Promise.all([page.waitForEvent('popup'), at('case-mediate').click()]);
    mediator = seat(popup, popup.context());
    await expect(popup.getByLabel('名称')).toHaveValue('院墙倒塌纠纷');
    await popup.getByLabel('甲方', { exact: true }).fill('张某');
    await popup.getByLabel('乙方', { exact: true }).fill('李某');
    await keep(popup, '02-case');
    await expectUsable(popup);
    await popup.getByRole('button', { name: '建立', exact: true }).click();
    const own = popup.locator('li.card').filter({ hasText: '院墙倒塌纠纷' });
    await expect(own).toBeVisible();
    console.log(`from the incident's page to an opened case: ${Date.now() - began} ms`);
    const links: string[] = [];
    for (const person of ['p2', 'p3']) {
      await own.locator(`[data-invite="${person}"]`).click();
      links.push((await mediator.at('invite-text').inputValue()).match(/https?:\S+/)![0]);
      await popup.keyboard.press('Escape');
    }
    await own.getByTestId('case-sit').click();
    await mediator.at('device-go').click();
    await room(mediator, 'joint');
    await join(ann, links[0]!);
    await join(bo, links[1]!);
    await mediator.at('admit-all').click();
    await room(ann, 'joint');
    await room(bo, 'joint');
  });

  test('what is shown in a private talk comes to the other party by no way', async () => {
    await mediator.page.locator('[data-private="p2"]').click();
    await room(ann, 'p2');
    await mediator.at('folder-open').click();
    await expect(mediator.at('folder-to')).toHaveValue('p2');
    picture = (await mediator.at('folder-item').first().getAttribute('data-item'))!;
    await mediator.at('folder-show').first().click();
    for (const one of [mediator, ann]) await seesPicture(one);
    await draws(mediator, 'box', [0.3, 0.35], [0.65, 0.6]);
    await marks(ann, 1);
    await draws(ann, 'line', [0.1, 0.2], [0.8, 0.8]);
    await marks(mediator, 2);
    await marks(ann, 2);
    await keep(mediator.page, '03-private-mediator');
    await keep(ann.page, '04-private-party');
    await keep(bo.page, '05-other-party-320');
    for (const one of [mediator, ann, bo]) await expectUsable(one.page);
    seenByAnn = (await ann.at('exhibit-image').getAttribute('src'))!;
    await expect(bo.at('exhibits')).toHaveCount(0);
    expect(await bo.page.content()).not.toContain(picture);
    expect(bo.heard.length, 'that somebody listened').toBeGreaterThan(20);
    expect(bo.heard.filter((text) => text.includes(picture) || text.includes('/table/evidence/'))).toEqual([]);
    const stolen = await bo.page.evaluate(async (paths) => Promise.all(paths.map(async (path) => (await fetch(path)).status)), [seenByAnn.replace(':p2.', ':p3.'), seenByAnn.replace(/\?.*/, '')]);
    expect(stolen).toEqual([404, 404]);
  });

  test('shown to all it is there for everybody, without what was drawn in private', async () => {
    await mediator.at('together').click();
    await room(ann, 'joint');
    await expect(ann.at('exhibits')).toHaveCount(0);
    expect(await ann.page.evaluate(async (path) => (await fetch(path, { cache: 'no-store' })).status, seenByAnn)).toBe(404);
    await mediator.at('folder-to').selectOption('all');
    await mediator.at('folder-show').first().click();
    for (const one of [mediator, ann, bo]) {
      await seesPicture(one);
      await marks(one, 0);
    }
    const surface = bo.at('exhibit-surface');
    await tabTo(bo.page, bo.page.locator('[data-tool="box"]'));
    await bo.page.keyboard.press('Enter');
    await surface.focus();
    for (const key of ['ArrowLeft', 'Enter', 'Shift+ArrowRight', 'Shift+ArrowDown']) await bo.page.keyboard.press(key);
    await keep(bo.page, '06-keyboard-320');
    await bo.page.keyboard.press('Enter');
    for (const one of [mediator, ann, bo]) await marks(one, 1);
    await bo.at('exhibit-zoom').click();
    await expect.poll(() => bo.at('exhibit-pane').evaluate((pane) => Math.round((pane.scrollLeft + pane.clientWidth / 2) / pane.scrollWidth * 10)), 'its middle').toBe(5);
    await keep(bo.page, '07-larger-320');
    await expectUsable(bo.page);
    await bo.at('exhibit-zoom').click();
    await bo.at('exhibit-zoom').click();
    await draws(ann, 'point', [0.5, 0.5], [0.5, 0.5]);
    for (const one of [mediator, ann, bo]) await marks(one, 2);
    await keep(mediator.page, '08-all-mediator');
    await expect(bo.at('exhibit-clear')).toHaveCount(0);
    await mediator.at('exhibit-clear').click();
    for (const one of [mediator, ann, bo]) await marks(one, 0);
  });

  test('a party brings papers of her own; what acts by itself is refused by name', async () => {
    await ann.at('folder-open').click();
    const bad: [Chosen, string][] = [
      [{ name: '网页.html', mimeType: 'text/html', buffer: Buffer.from('<script>1</script>') }, 'unsupported-type'],
      [{ name: '图.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }, 'unsupported-type'],
      [{ name: '带脚本.pdf', mimeType: 'application/pdf', buffer: pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>') }, 'active-content'],
      [{ name: '假照片.png', mimeType: 'image/png', buffer: Buffer.from(`<svg>${' '.repeat(100)}`) }, 'wrong-type'],
    ];
    for (const [file, code] of bad) {
      await ann.at('folder-upload').setInputFiles(file);
      await expect(ann.at('folder-sending').filter({ hasText: file.name })).toHaveAttribute('data-code', code);
    }
    await keep(ann.page, '09-refused');
    await expectUsable(ann.page);
    await ann.at('folder-upload').setInputFiles({ name: '借条.pdf', mimeType: 'application/pdf', buffer: pdf('/Title (x)') });
    const paper = ann.at('folder-item').filter({ hasText: '借条.pdf' });
    await expect(paper).toBeVisible();
    expect(bo.heard.filter((text) => text.includes('借条'))).toEqual([]);
    await expect(mediator.at('folder')).not.toContainText('借条');
    await paper.getByTestId('folder-show').click();
    await expect(bo.at('exhibit-title')).toContainText('借条.pdf');
    const [download] = await Promise.all([bo.page.waitForEvent('download'), bo.at('exhibit-document').click()]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    await keep(bo.page, '10-paper-320');
    await expectUsable(bo.page);
    await mediator.at('exhibit-remove').click();
    await expect(bo.at('exhibit-title')).toContainText('警情现场材料');
    await mediator.at('exhibit-remove').click();
    for (const one of [mediator, ann, bo]) await expect(one.at('exhibits')).toHaveCount(0);
  });

  test('an expert is rung at her console, declines once, and comes into the waiting room when she accepts', async () => {
    const expert = await sitDown(browser, { origin: server.origin, password: server.password, name: 'xinhe-reception', viewport: { width: 1440, height: 900 } });
    expert.page.setDefaultTimeout(30_000);
    await expert.at(ids.console).waitFor();
    await mediator.at('experts-open').click();
    await mediator.at('expert-search').fill('新河');
    await keep(mediator.page, '11-directory');
    await expectUsable(mediator.page);
    const ring = mediator.page.locator('[data-ring="xinhe-reception"]');
    await ring.click();
    await expect(expert.at('expert-rung')).toContainText('院墙倒塌纠纷');
    await keep(expert.page, '12-rung');
    await expert.at('expert-decline').click();
    await expect(expert.at('expert-rung')).toHaveCount(0);
    await expect(mediator.at('expert-state')).toHaveAttribute('data-state', 'declined');
    const began = Date.now();
    await ring.click();
    const [page] = await Promise.all([expert.page.waitForEvent('popup'), expert.at('expert-accept').click()]);
    const guest = seat(page, page.context());
    await expect(mediator.at('expert-state')).toHaveAttribute('data-state', 'accepted');
    await guest.at('join-enter').click();
    await guest.at('device-go').click();
    await guest.at('consent-confidential').check();
    await guest.at('consent-agree').click();
    await expect(guest.at('waiting')).toBeVisible();
    console.log(`from the ring to the waiting room: ${Date.now() - began} ms`);
    await expect(mediator.at('people')).toContainText('新河接待调解岗');
    await keep(guest.page, '13-expert-waits');
    await keep(mediator.page, '14-expert-came');
    await expectUsable(mediator.page);
    await mediator.page.getByTestId('people').locator('[data-admit="p4"]').click();
    await room(guest, 'joint');
  });

  test('silence is told after a while', async () => {
    const { page, at } = mediator;
    await at('expert-search').fill('泽国');
    const other = await sitDown(browser, { origin: server.origin, password: server.password, name: 'mediator', viewport: { width: 412, height: 860 } });
    await other.at(ids.terminal).waitFor();
    await at('experts-open').click();
    await at('experts-open').click();
    await page.locator('[data-ring="mediator"]').click();
    await expect(other.at('expert-rung')).toBeVisible();
    await keep(other.page, '15-rung-terminal');
    await expect(page.locator('[data-testid="expert-state"][data-account="mediator"]')).toHaveAttribute('data-state', 'noAnswer');
    await expect(other.at('expert-rung')).toHaveCount(0);
  });
});
