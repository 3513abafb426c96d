import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { Rest } from '../lib/rest.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { target } from '../playwright.config.ts';

const PLACE = { latitude: 28.371, longitude: 121.372 };
const TERMINAL = { viewport: { width: 412, height: 860 } };

/** What people on the street do beside talking and showing: report a matter, and find the way to one. */
test.describe.serial('in the field', () => {
  const server = new Server('field');
  let browser: Browser;
  let room: Person;
  let grid: Person;
  let car: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    const seat = { origin: server.origin, password: server.password };
    room = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1440, height: 900 } });
    grid = await sitDown(browser, { ...seat, ...TERMINAL, name: 'xinhe-grid1', prepare: stands });
    car = await sitDown(browser, { ...seat, ...TERMINAL, name: 'car1', prepare: stands });
    for (const { page } of [room, grid, car]) page.setDefaultTimeout(30_000);
    await room.at(ids.unit('car1')).waitFor();
    await room.page.keyboard.press('i');
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ ...PLACE, accuracy: 5 });
  }

  test('a grid worker reports a matter, without network first, and it is one', async () => {
    await grid.at('menu').click();
    await grid.page.screenshot({ path: `${target}/screens/field-menu.png` });
    await grid.at('field-report').click();
    await grid.at('field-send').click();
    await expect(grid.at('field-problem')).toContainText('发生了什么');
    await grid.at('field-text').fill('村口井盖缺失，有人差点掉下去');
    await grid.at('field-place').fill('长屿村村口');
    await expect(grid.at('field-here')).toBeChecked();
    await grid.at('field-orange').click();
    await grid.context.setOffline(true);
    await grid.at('field-send').click();
    await expect(grid.at('field-problem')).toContainText('已保存');
    await grid.page.screenshot({ path: `${target}/screens/field-report.png` });
    await grid.context.setOffline(false);
    await grid.at('field-send').click();
    await expect(grid.at('field-sent')).toBeVisible();
    await grid.page.screenshot({ path: `${target}/screens/field-sent.png` });
    const rest = await Rest.signIn(server, 'xinhe');
    const found = await rest.get<{ severity: string; source: string; point: object }[]>('/api/incidents?q=%E4%BA%95%E7%9B%96%E7%BC%BA%E5%A4%B1');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ severity: 'orange', source: 'grid', point: PLACE });
  });

  test('the room orders the car there, and the car’s order leads the way', async () => {
    await room.page.locator('button[data-row]', { hasText: '井盖缺失' }).first().click();
    await room.page.keyboard.press('n');
    await room.at('near-car1').getByRole('checkbox').check(); // stands below when it was heard of last
    await room.at('nearest-take').press('Enter');
    const order = car.at(ids.order).filter({ hasText: '井盖缺失' });
    await expect(order.getByTestId('order-to')).toContainText('长屿村村口');
    await expect(order.getByTestId('order-way')).toHaveAttribute('href', /^geo:28\.371000,121\.372000/);
    await car.page.screenshot({ path: `${target}/screens/field-order.png` });
  });

  test('the room sees on its own map the way that the car takes', async () => {
    for (let step = 1; step <= 6; step++) {
      await car.context.setGeolocation({ latitude: PLACE.latitude + step * 0.0006, longitude: PLACE.longitude + step * 0.0009, accuracy: 5 });
      await car.page.waitForTimeout(1_100); // as often as a terminal reports at most
    }
    await room.page.keyboard.press('F1');
    await room.at(ids.mapRow('car1')).click();
    await room.at('map-track').click();
    await expect.poll(async () => Number(await room.at('map-track-state').getAttribute('data-points'))).toBeGreaterThan(4);
    await room.page.screenshot({ path: `${target}/screens/field-map.png` });
    await room.at('map-zoom-out').click();
    await room.at('map-zoom-out').click();
    await room.at('map-zoom-out').click();
    await room.page.waitForTimeout(500);
    await room.page.screenshot({ path: `${target}/screens/field-map-ground.png` });
  });
});
