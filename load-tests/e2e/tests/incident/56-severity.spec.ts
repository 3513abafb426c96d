import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { Rest } from '../../lib/rest.ts';
import { goLive } from '../../lib/scene.ts';
import { ids, sitDown, tileVideo, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

const PLACE = { latitude: 28.371, longitude: 121.372 };

interface Incident {
  id: string;
  number: string;
  version: number;
}

/** What a severity does at the seat, and what people in the field say of where they are. */
test.describe.serial('severity and check-in', () => {
  const server = new Server('severity');
  let browser: Browser;
  let room: Person;
  let car: Person;
  let other: Person;
  let rest: Rest;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    rest = await Rest.signIn(server, 'xinhe');
    const seat = { origin: server.origin, password: server.password };
    room = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1440, height: 900 } });
    car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands });
    other = await sitDown(browser, { ...seat, name: 'car2', viewport: { width: 412, height: 860 }, prepare: stands });
    for (const { page } of [room, car, other]) page.setDefaultTimeout(30_000);
    await room.at(ids.unit('car1')).waitFor();
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ ...PLACE, accuracy: 5 });
  }

  async function opened(title: string, severity: string): Promise<Incident> {
    const answer = await rest.call('POST', '/api/incidents', { clientId: crypto.randomUUID(), title, severity, place: '长屿村集市', point: PLACE });
    expect(answer.status).toBe(201);
    return (await answer.json()) as Incident;
  }

  async function send(incident: Incident, unit: string): Promise<void> {
    await room.page.keyboard.press('i');
    await room.at(`incident-${incident.id}`).click();
    await room.page.keyboard.press('u');
    await room.at(ids.orderUnit(unit)).click();
    await room.at(ids.orderText).fill('立即前往');
    await room.at(ids.orderSubmit).click();
  }

  async function keep(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/severity-${name}.png` });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  test('an orange matter offers the picture of who goes there', async () => {
    const dispute = await opened('集市商户持械争执', 'orange');
    await send(dispute, 'car2');
    await other.at(ids.orderAccept).first().click();
    await goLive(other);
    await expect(room.at('offered-picture')).toHaveAttribute('data-unit', 'car2');
    await keep(room.page, '01-offered');
    await expectUsable(room.page);
    await room.at('offered-show').click();
    await expect(room.at('offered-picture')).toHaveCount(0);
    await room.page.keyboard.press('F2');
    await expect(room.at(ids.tile(0))).toHaveAttribute('data-unit', 'car2');
    await expect(room.at(ids.tile(0))).toHaveAttribute('data-large', 'false');
  });

  test('a red one takes it at once, and larger than the others', async () => {
    const fire = await opened('集市起火', 'red');
    await send(fire, 'car1');
    await car.at(ids.orderAccept).first().click();
    await goLive(car);
    await expect(room.at(ids.tile(1))).toHaveAttribute('data-unit', 'car1');
    await expect(room.at(ids.tile(1))).toHaveAttribute('data-state', 'live');
    await expect(room.at(ids.tile(1))).toHaveAttribute('data-large', 'true');
    await expect(room.page.getByText('红色警情：')).toBeVisible();
    await expect.poll(() => tileVideo(room, 1).evaluate((video: HTMLVideoElement) => video.videoWidth > 0 && video.currentTime), { timeout: 30_000 }).toBeGreaterThan(1);
    const [large, small] = await Promise.all([room.at(ids.tile(1)).boundingBox(), room.at(ids.tile(0)).boundingBox()]);
    expect(large!.width * large!.height).toBeGreaterThan(3.5 * small!.width * small!.height);
    await keep(room.page, '02-red-large');
    await room.at('layout-9').click();
    const [wide, narrow] = await Promise.all([room.at(ids.tile(1)).boundingBox(), room.at(ids.tile(0)).boundingBox()]);
    expect(wide!.width * wide!.height).toBeGreaterThan(3.5 * narrow!.width * narrow!.height);
    for (let cell = 0; cell < 9; cell++) await expect(room.at(ids.tile(cell))).toBeInViewport({ ratio: 0.9 });
    await keep(room.page, '03-red-among-nine');
    await expectUsable(room.page);
  });

  test('a car checks in without a network, and the room sees it once it is back', async () => {
    await car.page.locator('[data-testid="menu"], [data-testid="terminal-menu"]').first().click();
    await car.at('check-in').click();
    await car.at('check-in-place').waitFor();
    await car.at('check-in-send').click();
    await expect(car.at('check-in-form')).toContainText('请写明地点');
    await car.page.context().setOffline(true);
    await car.at('check-in-place').fill('长屿村警务室');
    await car.at('check-in-note').fill('两人在岗');
    await car.at('check-in-send').click();
    await expect(car.at('check-in-waiting')).toHaveAttribute('data-count', '1');
    await keep(car.page, '04-check-in-kept');
    await expectUsable(car.page);
    await car.page.context().setOffline(false);
    await expect(car.at('check-in-done')).toContainText('长屿村警务室', { timeout: 60_000 });
    await expect(car.at('check-in-waiting')).toHaveCount(0);
    await keep(car.page, '05-check-in-sent');

    await room.page.keyboard.press('F9');
    await room.at('check-ins-again').click();
    await expect(room.at('check-in')).toHaveCount(1);
    await expect(room.at('check-in')).toContainText('长屿村警务室');
    await keep(room.page, '06-check-ins');
    await expectUsable(room.page);
    await room.page.keyboard.press('F2');
    await room.page.keyboard.press('u');
    await room.at(ids.unit('car1')).click();
    await expect(room.at('unit-check-in')).toContainText('长屿村警务室');
    await keep(room.page, '07-unit');
  });
});
