import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { Rest } from '../../lib/rest.ts';
import { framesFor, goLive, holdTalkKey, seesStep, watch } from '../../lib/scene.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { photo } from '../../lib/snapshots.ts';
import { target } from '../../playwright.config.ts';

const PLACE = { latitude: 28.371, longitude: 121.372 };
/** What a person may wait for a page to follow the server's word. */
const QUICK_MS = 5_000;
/** What the crew says at the door takes its time. */
const TALK_MS = 2_500;

interface Burst {
  id: string;
  audio: boolean;
  talker: { name: string };
}

interface Incident {
  id: string;
  number: string;
  state: string;
}

/** One matter from its report to the rating, in the pages of everybody who has a part in it. */
test.describe.serial('an incident', () => {
  const server = new Server('incident');
  let browser: Browser;
  let room: Person;
  let police: Person;
  let traffic: Person;
  let car: Person;
  let rest: Rest;
  let receipt: Page;

  test.beforeAll(async () => {
    await server.start('--maplebridge.incident.recorded-callback=true');
    browser = await launchChromium();
    rest = await Rest.signIn(server, 'xinhe');
    const seat = { origin: server.origin, password: server.password };
    room = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1440, height: 900 } });
    police = await sitDown(browser, { ...seat, name: 'xinhe-police', viewport: { width: 1440, height: 900 } });
    traffic = await sitDown(browser, { ...seat, name: 'traffic', viewport: { width: 1440, height: 900 } });
    car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands });
    for (const { page } of [room, police, traffic, car]) page.setDefaultTimeout(30_000);
    await room.at(ids.unit('car1')).waitFor();
    await police.at(ids.console).waitFor();
    // As a room sits: the wall is open with a picture from the street, and nobody has looked at the map.
    await goLive(car);
    await watch(room, 'car1');
    for (const { page } of [room, police]) await page.keyboard.press('i');
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ ...PLACE, latitude: PLACE.latitude + 0.004, accuracy: 5 });
  }

  async function keep(page: Page, name: string, full = false): Promise<void> {
    await page.screenshot({ path: `${target}/screens/incident-${name}.png`, fullPage: full });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  async function newest(words: string): Promise<Incident> {
    return (await rest.get<Incident[]>(`/api/incidents?q=${encodeURIComponent(words)}`))[0]!;
  }

  /** An act by its letter, with what it asks for. */
  async function act(person: Person, action: string, said: Record<string, string> = {}): Promise<void> {
    const before = await version(person);
    await person.at(ids.caseDo(action)).click();
    for (const [field, words] of Object.entries(said)) await person.at(`case-${field}`).fill(words);
    if (Object.keys(said).length > 0) await person.at(ids.caseSend).click();
    await expect(person.at(ids.caseSheet)).toHaveCount(0);
    await sees(person, before + 1);
    await expect(person.at(ids.caseConflict)).toHaveCount(0);
  }

  async function version(person: Person): Promise<number> {
    return Number(await person.at(ids.incidentPage).getAttribute('data-version'));
  }

  /** Whoever acts on less than the newest is told so, and does nothing. */
  async function sees(person: Person, wanted: number): Promise<void> {
    await expect.poll(() => version(person)).toBeGreaterThanOrEqual(wanted);
  }

  test('a citizen reports by a scanned code, without an account', async () => {
    const phone = await browser.newContext({ viewport: { width: 360, height: 720 }, locale: 'zh-CN', permissions: ['geolocation'], geolocation: PLACE });
    receipt = await phone.newPage();
    await receipt.goto(`${server.origin}/report/xinhe-changyu`);
    await receipt.getByTestId('report-form').waitFor();
    await keep(receipt, '01-report', true);
    await expectUsable(receipt);
    await receipt.getByTestId('report-text').fill('挖掘机履带带泥，弄脏了院子，两家吵起来了');
    await receipt.getByTestId('report-locate').click();
    await receipt.getByTestId('report-phone').fill('13800001234');
    await receipt.getByTestId('report-send').click();
    await expect(receipt.getByTestId('report-state')).toHaveAttribute('data-state', 'received');
    await keep(receipt, '02-receipt', true);
    await expectUsable(receipt);
  });

  test('the town room turns it into an order in three actions', async () => {
    const { id } = await newest('挖掘机');
    await expect(room.at(`incident-${id}`)).toBeVisible({ timeout: QUICK_MS }); // the news, not a look every ten seconds
    await room.at(`incident-${id}`).click(); // 1
    await expect(room.at(ids.incidentCard)).toHaveAttribute('data-incident', id);
    await expect(room.at(ids.caseDo('accept'))).toBeVisible();
    await keep(room.page, '03-card');
    await expectUsable(room.page);
    await room.page.keyboard.press('n'); // 2
    await expect(room.at('near-car1')).toBeVisible();
    await keep(room.page, '04-nearest');
    await room.page.keyboard.press('Enter'); // 3
    await expect(car.at(ids.order).first()).toContainText('挖掘机');
    await car.at(ids.orderAccept).first().click();
    await seesStep(room, '挖掘机', 'car1', 'accepted');
    await car.at('order-en-route').first().click();
    for (let step = 3; step >= 0; step--) {
      await car.context.setGeolocation({ ...PLACE, latitude: PLACE.latitude + step * 0.001, accuracy: 5 });
      await car.page.waitForTimeout(1_100); // as often as a terminal says where it is at most
    }
    await car.at(ids.orderArrived).first().click();
    await room.page.keyboard.press('F4');
    const line = room.at('timeline-line');
    await expect(line.filter({ hasText: '已到达' })).toBeVisible();
    await keep(room.page, '05-page');
    await expectUsable(room.page);
  });

  test('two rooms have one matter, each with its own answer; who is second is told who was first', async () => {
    const { id } = await newest('挖掘机');
    await act(room, 'accept');
    await room.page.keyboard.press('d');
    await room.at('case-node').selectOption('xinhe-police');
    await room.at('case-reason').fill('两家争吵，请派出所到场');
    await room.at(ids.caseSend).click();
    const theirs = room.page.locator('[data-testid="handling"][data-node="xinhe-police"]');
    await expect(theirs).toHaveAttribute('data-state', 'offered');
    await expect(police.at(`incident-${id}`)).toBeVisible({ timeout: QUICK_MS });
    await police.at(`incident-${id}`).click();
    await police.page.keyboard.press('F4');
    await expect(police.at(ids.caseDo('accept'))).toBeVisible();
    await keep(police.page, '06-police');
    // Held back at the room, so that both act on the same version.
    await room.page.context().route(`**/api/incidents/${id}`, (route) => route.abort());
    await act(police, 'accept');
    await room.at(ids.caseDo('note')).click();
    await room.at('case-text').fill('已通知司机');
    await room.page.context().unroute(`**/api/incidents/${id}`);
    await room.at(ids.caseSend).click();
    await expect(room.at(ids.caseConflict)).toContainText('派出所');
    await keep(room.page, '07-second');
    await room.at(ids.caseSend).click(); // the words are still there, for the newest state
    await expect(room.at('timeline-line').filter({ hasText: '已通知司机' })).toBeVisible();
    await expect(theirs).toHaveAttribute('data-state', 'accepted');
    await keep(room.page, '08-two-rooms');
    await sees(police, await version(room));
    await act(police, 'advance');
    await expect(theirs).toHaveAttribute('data-state', 'done');
  });

  test('the department that it concerns is called into the running picture and does its share; the car sends what was done', async () => {
    await room.page.keyboard.press('F2');
    await room.at('tile-invite-0').click();
    await expect(room.at('invite-traffic')).toBeChecked(); // as the ownership list says
    await room.at('invite-reason').fill('挖掘机可能违规上路，请共同处置');
    await room.at('invite-send').click();
    await expect(room.at('invite-sheet')).toHaveCount(0);
    await expect(traffic.at(ids.tile(0))).toHaveAttribute('data-state', 'live');
    expect((await framesFor(traffic, 2)).length).toBeGreaterThan(10);
    await keep(traffic.page, '08-agency');
    await traffic.at(ids.acceptCall).click();
    await expect(room.at(ids.privateCall)).toHaveAttribute('data-ringing', 'false');
    await room.at(ids.hangUp).first().click();
    await traffic.at('called-open').click();
    await act(traffic, 'accept');
    await act(traffic, 'advance');
    await room.page.keyboard.press('F4');
    await expect(room.page.locator('[data-testid="handling"][data-node="traffic"]')).toHaveAttribute('data-state', 'done');
    await expect(room.at('timeline-line').filter({ hasText: '可能违规上路' })).toBeVisible();
    await car.at('picture-take').setInputFiles(await photo(car.page, '路面已冲洗', 30));
    await expect(room.at('evidence-item')).toHaveCount(1);
    await keep(room.page, '08-done');
    await sees(room, await version(traffic));
  });

  test('it goes through its loop, and does not close before the call-back', async () => {
    const page = room.at(ids.incidentPage);
    await act(room, 'advance');
    await act(room, 'advance');
    await expect(page).toHaveAttribute('data-step', 'handling');
    await room.at(ids.caseDo('advance')).click(); // this step asks what was done
    await room.at('case-note').fill('路面已冲洗，院子已打扫');
    await keep(room.page, '09-sheet');
    await expectUsable(room.page);
    await room.at(ids.caseSend).click();
    await expect(page).toHaveAttribute('data-step', 'feedback');
    await act(room, 'advance');
    await act(room, 'advance');
    await expect(page).toHaveAttribute('data-step', 'supervised');
    const gate = room.page.locator('[data-testid="gate"][data-action="close"]');
    await expect(gate).toHaveAttribute('data-code', 'callback-required');
    await expect(room.at(ids.caseDo('close'))).toHaveCount(0);
    await keep(room.page, '10-gate');
    await act(room, 'callback', { text: '户主说院子已打扫干净，满意' });
    await expect(room.at('callback-made')).toHaveCount(1);
    await expect(gate, 'here a word is no call-back').toHaveAttribute('data-code', 'callback-required');
    await expect(room.at(ids.caseDo('close'))).toHaveCount(0);
  });

  test('the recording of the talk is chosen from the list as what proves the call-back, and the matter closes', async () => {
    const page = room.at(ids.incidentPage);
    const since = Date.now();
    const release = await holdTalkKey(car);
    await expect(car.at(ids.talk)).toHaveAttribute('data-talk', 'granted');
    await car.page.waitForTimeout(TALK_MS);
    await release();
    const said = async (): Promise<Burst | undefined> => (await rest.get<{ bursts: Burst[] }>(`/api/bursts?from=${encodeURIComponent(new Date(since).toISOString())}&limit=5`)).bursts.find(({ audio }) => audio);
    await expect.poll(async () => (await said())?.id).toBeTruthy();
    const burst = (await said())!;
    const before = await version(room);
    await room.at(ids.caseDo('callback')).click();
    const list = room.at('case-call');
    const option = list.locator(`option[value="${burst.id}"]`);
    await expect(option).toContainText(burst.talker.name);
    await expect(list.locator('option').first()).toHaveText('不附录音');
    await expect(list).toHaveValue('');
    await list.selectOption(burst.id);
    await room.at('case-text').fill('户主在电台里说院子已打扫干净，满意');
    await keep(room.page, '10-recorded');
    await expectUsable(room.page);
    await room.at(ids.caseSend).click();
    await expect(room.at(ids.caseSheet)).toHaveCount(0);
    await sees(room, before + 1);
    await expect(room.at('callback-made')).toHaveCount(2);
    await expect(room.at('callback-recorded')).toHaveText('有录音');
    const { callbacks } = await rest.get<{ callbacks: { call?: string }[] }>(`/api/incidents/${(await newest('挖掘机')).id}`);
    expect(callbacks.map(({ call }) => call).filter(Boolean)).toEqual([burst.id]);
    await act(room, 'close', { result: '施工方已冲洗路面、打扫院子，双方和解。' });
    await expect(page).toHaveAttribute('data-state', 'closed');
    const line = room.at('timeline-line');
    await expect(line.first()).toContainText('办结');
    await expect(line.filter({ hasText: '户主在电台里说' })).toContainText('有录音');
    await keep(room.page, '11-closed');
    await expectUsable(room.page);
  });

  test('whoever reported it sees the result and rates it, once', async () => {
    await receipt.reload();
    await expect(receipt.getByTestId('report-state')).toHaveAttribute('data-state', 'closed');
    await receipt.getByTestId('star-5').check({ force: true });
    await keep(receipt, '12-rate', true);
    await expectUsable(receipt);
    await receipt.getByTestId('report-rate-send').click();
    await expect(receipt.getByTestId('report-thanks')).toBeVisible();
    await receipt.reload();
    await expect(receipt.getByTestId('report-state')).toHaveAttribute('data-rated', 'true');
    await expect(receipt.getByTestId('report-rate')).toHaveCount(0);
    await keep(receipt, '13-rated', true);
  });

  test('a seat writes one down by keyboard, is shown what may be the same, and sent again it is still one', async () => {
    await room.page.keyboard.press('Escape');
    await room.page.keyboard.press('F1');
    await room.page.keyboard.press('p');
    await room.page.keyboard.type('半夜卸货吵得睡不着');
    await room.page.keyboard.press('Tab');
    await room.page.keyboard.type('新河镇东海大道12号');
    await room.page.context().route('**/api/incidents', async (route) => {
      await route.fetch(); // it arrives, its answer does not
      await route.abort();
    });
    await room.page.keyboard.press('Enter');
    await expect(room.at('make-refused')).toContainText('连不上服务器');
    await room.page.context().unroute('**/api/incidents');
    await keep(room.page, '14-make');
    await expectUsable(room.page);
    await room.at('make-send').click();
    await expect(room.at(ids.incidentCard)).toContainText('半夜卸货吵得睡不着');
    expect(await rest.get<Incident[]>(`/api/incidents?q=${encodeURIComponent('半夜卸货')}`)).toHaveLength(1);
    await room.page.keyboard.press('p');
    await room.at('make-title').fill('卸货吵得睡不着');
    await expect(room.at('make-similar')).toContainText('半夜卸货吵得睡不着');
    await keep(room.page, '15-similar');
  });
});
