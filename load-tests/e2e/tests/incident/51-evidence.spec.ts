import AxeBuilder from '@axe-core/playwright';
import { createHash } from 'node:crypto';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { CuttableRoad } from '../../lib/network.ts';
import { Rest } from '../../lib/rest.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { film, photo, taken, type Chosen } from '../../lib/snapshots.ts';
import { target } from '../../playwright.config.ts';

/** As fast as a telephone in a valley sends. */
const UPLINK_BYTES = 1_000_000;

interface Item { id: string; sha256: string; by?: string; video: boolean; said?: { latitude: number }; href: string }

/** Photos from a citizen's telephone, over a line that breaks, and from a car, in the page of the town's room. */
test.describe.serial('evidence', () => {
  const server = new Server('evidence');
  const road = new CuttableRoad(8091, server.port);
  let browser: Browser;
  let room: Person;
  let car: Person;
  let citizen: Page;
  let rest: Rest;
  let incident = '';
  const sent: Chosen[] = [];

  test.beforeAll(async () => {
    await server.start();
    await road.open();
    browser = await launchChromium();
    rest = await Rest.signIn(server, 'xinhe');
    const seat = { origin: server.origin, password: server.password };
    room = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1440, height: 1000 } });
    car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands });
    for (const { page } of [room, car]) page.setDefaultTimeout(30_000);
    await room.at(ids.console).waitFor();
    await room.page.keyboard.press('i');
    await room.page.keyboard.press('F1');
    await room.at(ids.mapRow('car1')).waitFor(); // where it stands is known
  });

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ latitude: 28.375, longitude: 121.372, accuracy: 5 });
  }

  test.afterAll(async () => {
    road.close();
    await browser?.close();
    await server.stop();
  });

  async function keep(page: Page, name: string, full = false): Promise<void> {
    await page.screenshot({ path: `${target}/screens/evidence-${name}.png`, fullPage: full });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  function picture(page: Page, index: number) {
    return page.getByTestId('picture').nth(index);
  }

  /** Some of it has left, and not all. */
  async function underWay(page: Page): Promise<void> {
    await expect.poll(async () => page.locator('progress').first().getAttribute('value').then(Number, () => 0), { intervals: [50] }).toBeGreaterThan(20);
  }

  const hash = ({ buffer }: Chosen): string => createHash('sha256').update(buffer).digest('hex');
  const evidence = (): Promise<Item[]> => rest.get<Item[]>(`/api/incidents/${incident}/evidence`);

  test('a citizen chooses photos; the report goes first and waits for none of them', async () => {
    const phone = await browser.newContext({ viewport: { width: 360, height: 780 }, locale: 'zh-CN' });
    citizen = await phone.newPage();
    citizen.setDefaultTimeout(30_000);
    await citizen.goto(`${road.origin}/report/xinhe-changyu`);
    await citizen.getByTestId('report-text').fill('挖掘机履带带泥，弄脏了路面');
    sent.push(taken(await photo(citizen, '路面泥污', 200), 30, 120), await photo(citizen, '挖掘机', 90));
    await citizen.getByTestId('picture-choose').setInputFiles([...sent, { name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') }]);
    await expect(picture(citizen, 0)).toHaveAttribute('data-state', 'held');
    await expect(picture(citizen, 2)).toHaveAttribute('data-code', 'unsupported-type');
    await keep(citizen, '01-form', true);
    await expectUsable(citizen);
    await citizen.getByTestId('picture-remove').nth(2).click();
    const slow = await phone.newCDPSession(citizen);
    await slow.send('Network.enable');
    await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: UPLINK_BYTES });
    await citizen.getByTestId('report-send').click();
    await expect(citizen.getByTestId('report-state')).toHaveAttribute('data-state', 'received');
    await underWay(citizen);
    await keep(citizen, '02-sending', true);
  });

  test('the line is lost in the middle of a photo: it goes on by itself, and in a reloaded page', async () => {
    expect(road.cut()).toBeGreaterThan(0);
    await expect(picture(citizen, 0)).toHaveAttribute('data-code', 'offline');
    await keep(citizen, '03-offline', true);
    await expectUsable(citizen);
    road.mend();
    await expect(picture(citizen, 0)).toHaveAttribute('data-state', 'arrived');
    await expect(picture(citizen, 1)).toHaveAttribute('data-state', 'sending');
    await underWay(citizen);
    const again = citizen.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/uploads'));
    await citizen.reload();
    const known = await again;
    expect([known.status(), Number(known.headers()['upload-offset']) > 0]).toEqual([200, true]);
    await expect(picture(citizen, 0)).toHaveAttribute('data-state', 'arrived');
    await expect(citizen.getByTestId('pictures-here')).toHaveAttribute('data-count', '2');
    await keep(citizen, '04-arrived', true);
    incident = (await rest.get<{ id: string }[]>(`/api/incidents?q=${encodeURIComponent('挖掘机')}`))[0]!.id;
    expect((await evidence()).map(({ sha256 }) => sha256)).toEqual(sent.map(hash));
  });

  test('the town sees both photos, who sent them, and that they are what was sent', async () => {
    await room.at(`incident-${incident}`).click();
    await room.page.keyboard.press('F4');
    const items = room.at('evidence-item');
    await expect(items).toHaveCount(2);
    await expect.poll(() => items.locator('img').evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth))).toEqual([2400, 2400]);
    await keep(room.page, '05-page');
    await expectUsable(room.page);
    await room.at('evidence-open').first().click();
    await expect(room.at('evidence-sha256')).toHaveText(hash(sent[0]!));
    await expect(room.at('evidence-said')).toContainText('未经证实');
    await expect.poll(() => room.at('evidence-image').evaluate((img) => (img as HTMLImageElement).complete)).toBe(true);
    await keep(room.page, '06-dialog');
    await expectUsable(room.page);
    await room.page.keyboard.press('Escape');
    const place = await rest.get<{ point?: { latitude: number } }>(`/api/incidents/${incident}`);
    expect(place.point?.latitude).not.toBe(30); // what a photo says of itself is not where it happened
  });

  test('the car answers its order with a photo and a video, and the town sees them at once', async () => {
    await room.page.keyboard.press('n');
    await room.at('near-car1').waitFor();
    await room.page.keyboard.press('Enter');
    await car.at(ids.orderAccept).first().click();
    await car.at(ids.orderArrived).first().click();
    await car.at('picture-take').setInputFiles(await photo(car.page, '已冲洗', 30));
    await expect(picture(car.page, 0)).toHaveAttribute('data-state', 'arrived');
    await car.at('picture-film').setInputFiles(await film(car.page, 2));
    await expect(picture(car.page, 1)).toHaveAttribute('data-state', 'arrived');
    await picture(car.page, 1).scrollIntoViewIfNeeded();
    await keep(car.page, '07-car');
    await expectUsable(car.page);
    await expect(room.at('evidence-item')).toHaveCount(4);
    await expect(room.at('timeline-line').filter({ hasText: '收到视频' })).toBeVisible();
    await keep(room.page, '08-four');
    await room.at('evidence-open').last().click();
    const video = room.at('evidence-video');
    await video.evaluate((element) => (element as HTMLVideoElement).play());
    await expect.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(0.3);
    await keep(room.page, '09-video');
    await room.page.keyboard.press('Escape');
  });

  test('another town sees none of it, by whatever address', async () => {
    const other = await Rest.signIn(server, 'zeguo');
    const [first] = await evidence();
    for (const path of [`/api/incidents/${incident}/evidence`, `/api/evidence/${first!.id}`, `/evidence/${first!.id}`, first!.href.replace('.xinhe.', '.zeguo.')]) {
      expect((await other.call('GET', path)).status, path).toBe(404);
    }
    expect((await fetch(`${server.origin}/api/evidence/${first!.id}`)).status).toBe(401);
  });
});
