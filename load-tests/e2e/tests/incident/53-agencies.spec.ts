import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { Rest } from '../../lib/rest.ts';
import { framesFor, goLive, watch } from '../../lib/scene.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

const PLACE = { latitude: 28.371, longitude: 121.372 };

interface Incident {
  id: string;
  number: string;
}

/** Others come into a matter: an agency into its picture, people to the place, rooms to a decision, and a letter on paper. */
test.describe.serial('agencies', () => {
  const server = new Server('agencies');
  let browser: Browser;
  let room: Person;
  let traffic: Person;
  let enforcement: Person;
  let car: Person;
  let rest: Rest;
  let mud: Incident;
  let noise: Incident;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    rest = await Rest.signIn(server, 'xinhe');
    const seat = { origin: server.origin, password: server.password, viewport: { width: 1440, height: 900 } };
    room = await sitDown(browser, { ...seat, name: 'xinhe' });
    traffic = await sitDown(browser, { ...seat, name: 'traffic' });
    enforcement = await sitDown(browser, { ...seat, name: 'enforcement' });
    car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands });
    for (const { page } of [room, traffic, enforcement, car]) page.setDefaultTimeout(30_000);
    await room.at(ids.unit('car1')).waitFor();
    for (const { at } of [traffic, enforcement]) await at(ids.console).waitFor();
    mud = await opened('挖掘机泥印弄脏院子，两家争吵');
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ ...PLACE, latitude: PLACE.latitude + 0.0006, accuracy: 5 });
  }

  async function opened(title: string): Promise<Incident> {
    const answer = await rest.call('POST', '/api/incidents', { clientId: crypto.randomUUID(), title, severity: 'yellow', place: '长屿村12号', point: PLACE });
    expect(answer.status).toBe(201);
    return (await answer.json()) as Incident;
  }

  async function keep(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/agencies-${name}.png` });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  async function openPage(person: Person, id: string): Promise<void> {
    if ((await person.at(ids.incidentList).count()) === 0) await person.page.keyboard.press('i');
    await person.at(`incident-${id}`).click();
    await person.page.keyboard.press('F4');
    await expect(person.at(ids.incidentPage)).toHaveAttribute('data-incident', id);
  }

  test('one press on the running picture brings the department in: it sees it, and is rung', async () => {
    await room.page.keyboard.press('i');
    await room.at(`incident-${mud.id}`).click();
    await expect(room.at(ids.caseDo('advance'))).toBeVisible();
    await room.page.keyboard.press('n');
    await expect(room.at('near-car1')).toBeVisible();
    await room.at('nearest-take').click();
    await car.at(ids.orderAccept).first().click();
    await goLive(car);
    await room.page.keyboard.press('u');
    await room.page.keyboard.press('F2');
    await watch(room, 'car1');
    await expect(traffic.at(ids.unit('car1'))).toHaveCount(0);
    await room.at('tile-invite-0').click();
    await expect(room.at('invite-traffic')).toBeChecked();
    await expect(room.at('invite-sheet')).toContainText('第 2-1 项');
    await expect(room.at('invite-picture')).toHaveValue('car1');
    await keep(room.page, '01-invite');
    await expectUsable(room.page);
    await room.at('invite-send').click(); // without a reason
    await expect(room.at('invite-sheet')).toContainText('请填写');
    await room.at('invite-reason').fill('挖掘机可能违规上路，请共同处置');
    await room.at('invite-send').click();
    await expect(room.at('invite-sheet')).toHaveCount(0);

    await expect(traffic.at('called-in')).toContainText('新河');
    await expect(traffic.at('called-in')).toContainText('可能违规上路');
    await expect(traffic.at(ids.tile(0))).toHaveAttribute('data-state', 'live');
    await expect(traffic.at(ids.tile(0))).toHaveAttribute('data-unit', 'car1');
    expect((await framesFor(traffic, 2)).length).toBeGreaterThan(10);
    await expect(traffic.at(ids.incomingCall)).toBeVisible();
    await keep(traffic.page, '02-called-in');
    await expectUsable(traffic.page);
    await traffic.at(ids.acceptCall).click();
    await expect(room.at(ids.privateCall)).toHaveAttribute('data-ringing', 'false');
    await keep(room.page, '03-in-call');
  });

  test('it sees nothing else of the town, and nothing more when the picture is taken back', async () => {
    await expect(traffic.page.locator('[data-testid^="unit-car"], [data-testid^="unit-xinhe"]')).toHaveCount(0);
    const stranger = await Rest.signIn(server, 'traffic');
    await expect(stranger.get('/api/units/car2')).rejects.toThrow();
    await expect(enforcement.at('called-in')).toHaveCount(0);
    await traffic.at('called-open').click();
    await expect(traffic.at(ids.caseDo('accept'))).toBeVisible();
    await traffic.at(ids.caseDo('accept')).click();
    await keep(traffic.page, '04-agency-page');
    await openPage(room, mud.id);
    await expect(room.at('showing')).toHaveAttribute('data-node', 'traffic');
    await keep(room.page, '05-town-page');
    await expectUsable(room.page);
    await room.at('recall-traffic').click();
    await room.at('case-reason').fill('已看清楚');
    await room.at(ids.caseSend).click();
    await expect(room.at('showing')).toHaveCount(0);
    await expect(traffic.at('called-in')).toHaveCount(0);
    await traffic.page.keyboard.press('F2');
    await expect(traffic.at(ids.tile(0))).toHaveAttribute('data-state', 'free');
    await keep(traffic.page, '06-taken-back');
    await room.at(ids.hangUp).first().click();
  });

  test('who must come is proved by where the car is; a word proves nothing', async () => {
    await room.at(ids.caseDo('expect')).click();
    await room.at('case-name').fill('联勤站民警');
    await room.at(ids.caseSend).click();
    const entry = room.page.locator('[data-testid="attendance"][data-name="联勤站民警"]');
    await expect(entry).toHaveAttribute('data-proof', 'missing');
    await entry.getByTestId(/^arrive-/).click();
    await room.at('case-proof-word').check();
    await room.at('case-text').fill('他说到了');
    await room.at(ids.caseSend).click();
    await expect(entry).toHaveAttribute('data-proof', 'said');
    await keep(room.page, '07-said');
    await entry.getByTestId(/^arrive-/).click();
    await room.at('case-unit').selectOption('car1');
    await keep(room.page, '08-arrive');
    await room.at(ids.caseSend).click();
    await expect(entry).toHaveAttribute('data-proof', 'proved');
    await expect(entry).toContainText(/距现场 \d+ 米/);
    await keep(room.page, '09-arrived');
    await expectUsable(room.page);
  });

  test('what nobody owns is talked about before it is handed on', async () => {
    noise = await opened('半夜有怪声不知何处来');
    await expect(room.at(`incident-${noise.id}`)).toBeVisible();
    await openPage(room, noise.id);
    await expect(room.at('unclear')).toBeVisible();
    await room.at(ids.caseDo('confer')).click();
    await room.at('confer-xinhe-police').check();
    await room.at('confer-enforcement').check();
    await keep(room.page, '10-confer');
    await expectUsable(room.page);
    await room.at('confer-send').click();
    await expect(room.at('joint-session')).toHaveAttribute('data-settled', 'false');
    await openPage(enforcement, noise.id);
    await enforcement.at(ids.caseDo('accept')).click();
    await expect(room.page.locator('[data-testid="handling"][data-node="enforcement"]')).toHaveAttribute('data-state', 'accepted');
    await room.at(ids.caseDo('settle')).click();
    await room.at('owner-enforcement').check();
    await room.at('settle-reason').fill('夜间噪声，属综合执法');
    await keep(room.page, '11-settle');
    await room.at('settle-send').click();
    await expect(room.at('joint-session')).toHaveAttribute('data-settled', 'true');
    await expect(room.at('joint-session')).toContainText('综合行政执法队');
    await keep(room.page, '12-settled');
    await expectUsable(room.page);
  });

  test('a letter is filled, printed, and stands in the time line', async () => {
    await openPage(room, mud.id);
    await room.at(ids.caseDo('letter')).click();
    await room.at('letter-to').selectOption('traffic');
    await expect(room.at('letter-paper')).toContainText('交通执法队：');
    await expect(room.at('letter-paper')).toContainText(mud.number);
    await keep(room.page, '13-letter');
    await expectUsable(room.page);
    await room.at('letter-template').selectOption('handling-slip');
    await expect(room.at('letter-paper')).toContainText('承办单位');
    await keep(room.page, '14-slip');
    await room.page.emulateMedia({ media: 'print' });
    await keep(room.page, '15-printed');
    await room.page.emulateMedia({ media: null });
    await room.page.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { printed: true }) }));
    await room.at('letter-print').click();
    await expect(room.at('letter')).toHaveAttribute('data-template', 'handling-slip');
    expect(await room.page.evaluate(() => (window as unknown as { printed?: boolean }).printed)).toBe(true);
    await expect(room.at('timeline-line').first()).toContainText('交办单');
    await keep(room.page, '16-written');
  });
});
