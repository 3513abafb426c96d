import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { quantile, report } from '../lib/figures.ts';
import { Rest } from '../lib/rest.ts';
import { seesStep } from '../lib/scene.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { target } from '../playwright.config.ts';

const UNITS = 5000;
const INCIDENTS = 2000;
const MEASURED_SECONDS = 10;
const COUNTY = { latitude: 28.37, longitude: 121.38 };

interface Incident {
  id: string;
  title: string;
  point?: { latitude: number; longitude: number };
}

/** The map: where everybody is, by mouse and by keyboard, and the way from an incident to an order. */
test.describe.serial('map', () => {
  const server = new Server('map');
  let browser: Browser;
  let room: Person;
  let car: Person;
  let incident: Incident;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    const list = await (await Rest.signIn(server, 'xinhe')).get<Incident[]>('/api/incidents?limit=500');
    incident = list.find(({ point }) => point)!;
    const seat = { origin: server.origin, password: server.password };
    room = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1440, height: 900 } });
    car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands(0.004) });
    await sitDown(browser, { ...seat, name: 'car2', viewport: { width: 412, height: 860 }, prepare: stands(0.012) });
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  /** Degrees north of the incident. */
  function stands(north: number) {
    return async (context: BrowserContext) => {
      await context.grantPermissions(['geolocation', 'camera', 'microphone']);
      await context.setGeolocation({ ...beside(north), accuracy: 5 });
    };
  }

  function beside(north: number) {
    return { latitude: incident.point!.latitude + north, longitude: incident.point!.longitude };
  }

  async function expectUsable(): Promise<void> {
    const { violations } = await new AxeBuilder({ page: room.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  test('units and incidents appear, move, and are chosen by keyboard; the wall stays as it was', async () => {
    await room.page.keyboard.press('F1');
    const map = room.at(ids.map);
    await expect(map).toHaveAttribute('data-units', '2');
    await expect(map).not.toHaveAttribute('data-incidents', '0');
    const row = room.at(ids.mapRow('car1'));
    const first = Number(await row.getAttribute('data-latitude'));
    await car.context.setGeolocation({ ...beside(0.006), accuracy: 5 });
    await expect.poll(async () => Number(await row.getAttribute('data-latitude'))).toBeGreaterThan(first + 0.001);
    await room.at('map-filter').fill('car1');
    await room.at('map-filter').press('ArrowDown');
    await expect(room.at(ids.mapList)).toHaveAttribute('data-active', 'car1');
    await room.page.keyboard.press('Enter');
    await expect(room.at(ids.unitCard)).toBeVisible();
    await room.page.keyboard.press('Escape');
    await room.page.keyboard.press('Escape');
    await expect(room.at(ids.unitCard)).toHaveCount(0);

    // What was chosen came to the middle: there a click means it.
    await room.page.waitForTimeout(500);
    await room.at('map-canvas').click();
    await expect(room.at(ids.unitCard)).toBeVisible();
    await room.page.screenshot({ path: `${target}/screens/map-unit.png` });
    await room.page.keyboard.press('F2');
    await expect(room.at(ids.tile(0))).toBeVisible();
    await room.page.keyboard.press('F1');
    await expect(map).toBeVisible();
    await room.page.setViewportSize({ width: 1280, height: 800 });
    await room.at(ids.language).click();
    await room.page.waitForTimeout(700);
    await room.page.screenshot({ path: `${target}/screens/map-1280-en.png` });
    await room.at(ids.language).click();
    await room.page.setViewportSize({ width: 1440, height: 900 });
  });

  test('an incident gets an order to the nearest in three actions', async () => {
    await room.page.keyboard.press('i');
    await room.page.keyboard.press('/');
    await room.at('incident-search').fill(incident.title.slice(0, 6));
    await room.page.keyboard.press('Enter');
    await expect(room.at(ids.incidentCard)).toHaveAttribute('data-incident', incident.id);
    await room.page.screenshot({ path: `${target}/screens/map-incident.png` });
    await expectUsable();
    await room.page.keyboard.press('n');
    await expect(room.at(ids.nearest)).toBeVisible();
    const metres = await room.at('near-car1').getAttribute('data-metres');
    expect(Number(metres)).toBeGreaterThan(400);
    expect(Number(metres)).toBeLessThan(700);
    await room.page.screenshot({ path: `${target}/screens/map-nearest.png` });
    await expectUsable();
    await expect(room.at(ids.nearestText)).toHaveValue(new RegExp(incident.title.slice(0, 6)));
    await room.page.keyboard.press('Enter');
    await expect(car.at(ids.order).first()).toContainText(incident.title.slice(0, 6));
    await seesStep(room, incident.title.slice(0, 6), 'car1', /delivered|read/);
  });

  test('5,000 units and 2,000 incidents are drawn while the map is dragged', async () => {
    const seat = { origin: `${server.origin}/?debug=1`, password: server.password };
    const prepare = async (context: BrowserContext) => {
      await context.route('**/api/incidents?*', (route) => route.fulfill({ json: manyIncidents() }));
    };
    const many = await sitDown(browser, { ...seat, name: 'city', viewport: { width: 1920, height: 1080 }, prepare });
    await many.at(ids.unit('car1')).waitFor(); // the server's own snapshot has come
    await many.page.evaluate(hearUnits, { count: UNITS, ...COUNTY });
    await many.page.keyboard.press('F1');
    await expect(many.at(ids.map)).toHaveAttribute('data-incidents', String(INCIDENTS));
    await expect.poll(async () => Number(await many.at(ids.map).getAttribute('data-units'))).toBeGreaterThanOrEqual(UNITS);
    await many.page.waitForTimeout(1000);
    await many.page.screenshot({ path: `${target}/screens/map-county.png` });
    const box = (await many.at('map-canvas').boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await many.page.mouse.move(x, y);
    await many.page.mouse.wheel(0, -300);
    await many.page.waitForTimeout(800);
    await many.page.evaluate(countFrames);
    await many.page.mouse.down();
    const ends = Date.now() + MEASURED_SECONDS * 1000;
    for (let step = 0; Date.now() < ends; step++) {
      await many.page.mouse.move(x + 250 * Math.sin(step / 20), y + 150 * Math.cos(step / 13));
    }
    await many.page.mouse.up();
    const frames = await many.page.evaluate(() => (window as unknown as { frames: number[] }).frames);
    await many.page.screenshot({ path: `${target}/screens/map-dragged.png` });
    report('map with 5,000 units and 2,000 incidents, frames/s', frames.length / MEASURED_SECONDS);
    report('map with 5,000 units and 2,000 incidents, frame p95 ms', quantile(frames, 0.95));
    report('map with 5,000 units and 2,000 incidents, longest frame ms', Math.max(...frames));
    expect(frames.length / MEASURED_SECONDS).toBeGreaterThan(5);
    await many.context.close();
  });
});

/** Runs in the page: a county of units that all move every two seconds, as the server tells of them. */
function hearUnits({ count, latitude, longitude }: { count: number; latitude: number; longitude: number }): void {
  const hear = window.__maplebridge!.debug!.hear as unknown as (message: unknown) => void;
  const at = () => new Date().toISOString();
  const places = Array.from({ length: count }, (_, index) => ({
    unit: `load-${index}`,
    latitude: latitude + 0.22 * Math.sin(index * 1.7) * Math.cos(index * 0.013),
    longitude: longitude + 0.25 * Math.cos(index * 2.3) * Math.sin(index * 0.017),
  }));
  const units = places.map(({ unit }, index) => ({
    id: unit, name: `巡逻车${index}`, kind: index % 3 ? 'car' : 'handheld', node: 'xinhe', status: index % 5 ? 'available' : 'busy', online: true, since: at(), people: [],
  }));
  const positions = () => places.map((place) => ({ ...place, at: at() }));
  hear({
    type: 'snapshot', seq: 2, nodes: [{ id: 'xinhe', name: '新河镇', kind: 'town' }], units, groups: [], orders: [], lives: [], watching: [], calls: [], callbacks: [], alerts: [],
    positions: positions(), missed: [],
  });
  setInterval(() => {
    places.forEach((place, index) => (place.latitude += 0.0002 * Math.sin(index)));
    hear({ type: 'positions.changed', seq: 3, positions: positions() });
  }, 2000);
}

/** Runs in the page: the milliseconds of each frame from now on. */
function countFrames(): void {
  const frames: number[] = [];
  Object.assign(window, { frames });
  let last = performance.now();
  const next = (now: number): void => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

function manyIncidents(): unknown[] {
  return Array.from({ length: INCIDENTS }, (_, index) => ({
    id: `load-i-${index}`, number: `L-${index}`, title: `警情 ${index}`, severity: index % 20 === 0 ? 'red' : index % 4 ? 'yellow' : 'orange', state: 'handling', node: 'xinhe', place: '路口',
    point: { latitude: COUNTY.latitude + 0.2 * Math.sin(index * 3.1), longitude: COUNTY.longitude + 0.2 * Math.cos(index * 1.3) }, openedAt: '2026-11-21T06:30:00Z', version: 1,
  }));
}
