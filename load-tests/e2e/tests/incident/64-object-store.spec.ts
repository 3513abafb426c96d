import AxeBuilder from '@axe-core/playwright';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { CountyNodes, ObjectStore } from '../../lib/county.ts';
import { javaOf } from '../../lib/replay-seed.ts';
import { Rest } from '../../lib/rest.ts';
import { goLive } from '../../lib/scene.ts';
import { ids, sitDown } from '../../lib/screens.ts';
import { target } from '../../playwright.config.ts';

const FILM_MS = 12_000;

interface Span {
  medium: string;
  from: string;
  until?: string;
  chain?: string;
}

/** A car is recorded at one node and seen again at the other: from that node, from the object store, or not and why. */
test.describe.serial('recordings of two nodes', () => {
  const county = new CountyNodes('stored', 2);
  let store: ObjectStore;
  let browser: Browser;
  let page: Page;
  let first = '';
  let second = '';

  test.beforeAll(async () => {
    await county.start();
    store = new ObjectStore(javaOf(county.node(0)), 9000);
    browser = await launchChromium();
    first = await film('集市打架');
    const viewer = await sitDown(browser, { origin: county.node(1).origin, password: county.password, name: 'xinhe', viewport: { width: 1280, height: 800 } });
    await viewer.at(ids.console).waitFor();
    page = viewer.page;
  });

  test.afterAll(async () => {
    await browser?.close();
    await county.stop();
    await store?.stop();
    store?.remove();
  });

  test('without a store it is played from the node that has it', async () => {
    await replay(first);
    await expectPlays();
    const { origin } = county.node(0);
    expect(await tile().locator('video').getAttribute('src')).toContain(`${origin}/pieces/`);
    await page.screenshot({ path: `${target}/screens/stored-01-elsewhere.png` });
  });

  test('while that node is away the page says which one it is and what to do', async () => {
    await county.kill(0);
    await page.waitForTimeout(3000); // the other one has noticed
    await replay(first);
    await expectLack('holder-away');
    await expect(page.getByTestId('piece-lack')).toContainText(county.node(0).origin.replace('http://', ''));
    await page.screenshot({ path: `${target}/screens/stored-02-holder-away.png` });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await county.startNode(0);
    const admin = await county.admin(1);
    await expect.poll(async () => JSON.stringify(await admin.get('/api/nodes'))).toContain(county.node(0).origin);
    await page.getByTestId('piece-lack').getByRole('button').click();
    await expect(tile()).toHaveAttribute('data-state', 'ready');
  });

  test('with one, what was there already is brought, and seen after its node has died', async () => {
    for (const index of [0, 1]) await county.node(index).stop();
    shareKeys();
    await store.start();
    await county.startNode(0, ...store.properties);
    await county.startNode(1, ...store.properties);
    await expect.poll(() => store.count()).toBe(2);
    second = await film('路灯不亮');
    await expect.poll(() => store.count()).toBe(4);
    await county.kill(0);
    await replay(first);
    await expectPlays();
    expect(await tile().locator('video').getAttribute('src')).toMatch(/^\/pieces\//);
    await page.screenshot({ path: `${target}/screens/stored-03-from-store.png` });
  });

  test('while the store is away the page says so, and plays once it is back', async () => {
    await store.stop();
    await replay(second);
    await expectLack('store-away');
    await page.screenshot({ path: `${target}/screens/stored-04-store-away.png` });
    await page.getByTestId('language').click();
    await page.screenshot({ path: `${target}/screens/stored-05-english.png` });
    await page.getByTestId('language').click();
    await store.start();
    await page.waitForTimeout(3000); // what was refused is asked for anew after that
    await page.getByTestId('piece-lack').getByRole('button').click();
    await expectPlays();
    await page.screenshot({ path: `${target}/screens/stored-06-back.png` });
  });

  const tile = () => page.getByTestId('replay-picture');
  const rest = (index: number): Promise<Rest> => Rest.signIn(county.node(index), 'xinhe', county.password);

  /** A car has an order about an incident and is live at the first node. */
  async function film(title: string): Promise<string> {
    const asked = await rest(0);
    const point = { latitude: 28.375, longitude: 121.372 };
    const answer = await asked.call('POST', '/api/incidents', { clientId: crypto.randomUUID(), title, severity: 'red', place: '新河集市', text: title, point });
    const { id } = (await answer.json()) as { id: string };
    const at = { origin: county.node(0).origin, password: county.password };
    const room = await sitDown(browser, { ...at, name: 'xinhe', viewport: { width: 1440, height: 900 } });
    const car = await sitDown(browser, { ...at, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands });
    await room.at(ids.console).waitFor();
    await room.page.keyboard.press('i');
    await room.at('incidents-all').click();
    await room.at(`incident-${id}`).click();
    await room.page.keyboard.press('n');
    await room.at('near-car1').waitFor();
    await room.page.keyboard.press('Enter');
    await expect.poll(async () => (await asked.get<{ units: unknown[] }>(`/api/incidents/${id}/replay`)).units.length).toBe(1);
    await goLive(car);
    const spans = (): Promise<Span[]> => asked.get<Span[]>(`/api/incidents/${id}/recordings`);
    await expect.poll(async () => (await spans()).map(({ medium }) => medium).sort()).toEqual(['picture', 'sound']);
    await car.page.waitForTimeout(FILM_MS); // what is recorded takes its time
    await car.at(ids.stopLive).click();
    await expect.poll(async () => (await spans()).every(({ chain }) => chain)).toBe(true);
    await car.context.close();
    await room.context.close();
    return id;
  }

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ latitude: 28.375, longitude: 121.372, accuracy: 5 });
  }

  /** In the middle of what was recorded. */
  async function replay(incident: string): Promise<void> {
    const spans = await (await rest(1)).get<Span[]>(`/api/incidents/${incident}/recordings`);
    const picture = spans.find(({ medium }) => medium === 'picture')!;
    await page.goto(`${county.node(1).origin}/replay?incident=${incident}`);
    await page.locator('[data-testid=replay][data-ready=true]').waitFor();
    const number = async (name: string): Promise<number> => Number(await page.getByTestId('replay').getAttribute(`data-${name}`));
    const [from, until] = [await number('from'), await number('until')];
    const board = (await page.getByTestId('replay-board').boundingBox())!;
    await page.mouse.click(board.x + ((Date.parse(picture.from) + 3000 - from) / (until - from)) * board.width, board.y + 40);
  }

  async function expectPlays(): Promise<void> {
    await expect(tile()).toHaveAttribute('data-state', 'ready');
    await page.getByTestId('replay-play').click();
    await expect.poll(() => tile().locator('video').evaluate((video: HTMLVideoElement) => (video.videoWidth > 0 ? video.currentTime : 0))).toBeGreaterThan(1);
    await page.getByTestId('replay-play').click();
  }

  async function expectLack(reason: string): Promise<void> {
    await expect(page.getByTestId('piece-lack')).toHaveAttribute('data-reason', reason);
    await expect(page.getByTestId('piece-lack').getByRole('button')).toBeVisible();
  }

  /** As an operator does: each node opens what the other one sealed. */
  function shareKeys(): void {
    const files = [0, 1].map((index) => `${county.node(index).data}/keys/recording`);
    const [one, other] = files.map((file) => readFileSync(file, 'utf8'));
    writeFileSync(files[0]!, one! + other!);
    writeFileSync(files[1]!, other! + one!);
  }
});
