import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { seesStep } from '../lib/scene.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { awaitTold, hears, hold, overKey, talkState, VoiceScene } from '../lib/voice-scene.ts';

const GROUP = 'group-xinhe';
const ZEGUO = 'group-zeguo';
const ROOM_TONE = 700;
const CAR_TONE = 1000;

/** Groups that are joined, words that were missed, and words that are an order. */
test.describe.serial('groups and bursts', () => {
  const server = new Server('groups');
  let browser: Browser;
  let scene: VoiceScene;
  let city: Person;
  let room: Person;
  let car: Person;
  let zeguoCar: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    scene = new VoiceScene(browser, server);
    city = await scene.console('city', 500);
    room = await scene.console('xinhe', ROOM_TONE);
    car = await scene.terminal('car1', CAR_TONE);
    zeguoCar = await scene.terminal('zeguo-car1', 1300);
    for (const person of [room, car, zeguoCar]) await person.page.evaluate(() => window.mouth.always(true));
    for (const person of [room, car]) await overKey(person);
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function carTalks(): Promise<{ zeguo: boolean; room: boolean }> {
    await car.page.mouse.down();
    await talkState(car, 'granted');
    const [zeguo, home] = await Promise.all([hears(zeguoCar, CAR_TONE, 2000), hears(room, CAR_TONE, 2000)]);
    await car.page.mouse.up();
    await talkState(car, 'idle');
    return { zeguo, room: home };
  }

  test('two towns that are joined hear each other, and no longer when they are parted', async () => {
    expect(await carTalks()).toEqual({ zeguo: false, room: true });
    await city.at(ids.patchGroups).click();
    await city.at(`patch-${GROUP}`).check();
    await city.at(`patch-${ZEGUO}`).check();
    await city.at('patch-make').click();
    await expect(room.at(ids.joined(GROUP))).toBeVisible();
    expect(await carTalks()).toEqual({ zeguo: true, room: true });
    await city.at(ids.patchGroups).click();
    await city.at('unpatch').click();
    await city.page.keyboard.press('Escape');
    await expect(room.at(ids.joined(GROUP))).toHaveCount(0);
    expect(await carTalks()).toEqual({ zeguo: false, room: true });
  });

  test('what somebody missed is listed when he comes, and plays when he wants it', async () => {
    const since = Date.now();
    await hold(car, 1500); // car2 is not there
    await awaitTold(room, since, 'burst.ended');
    const late = await scene.terminal('car2', 1500);
    await expect(late.at(ids.missed)).toBeVisible();
    await late.at(ids.missed).click();
    const sheet = late.at('missed-sheet');
    const id = await sheet.getByTestId(ids.burst).first().getAttribute('data-burst');
    const missed = sheet.locator(`[data-testid="${ids.burst}"][data-burst="${id}"]`);
    await expect(missed).toHaveAttribute('data-heard', 'false');
    await missed.getByTestId(ids.burstPlay).click();
    await expect(missed.getByTestId(ids.burstPlay)).toHaveAttribute('data-state', 'playing');
    await expect(sheet.locator(`[data-burst="${id}"][data-heard="false"]`)).toHaveCount(0, { timeout: 15_000 });
    await late.context.close();
  });

  test('a spoken order is placed, heard again at the car and accepted', async () => {
    await room.at(ids.orderLatch('orange')).click();
    await overKey(room);
    await room.page.mouse.down();
    await talkState(room, 'granted');
    await room.page.waitForTimeout(1500);
    await room.page.mouse.up();
    const order = car.at(ids.order).first();
    await expect(order.getByTestId(ids.burstPlay)).toBeVisible();
    await order.getByTestId(ids.burstPlay).click();
    await expect(order.getByTestId(ids.burstPlay)).toHaveAttribute('data-state', 'playing');
    await order.getByTestId(ids.orderAccept).click();
    await seesStep(room, '', 'car1', 'accepted');
    await expect(room.at(ids.order).first().getByTestId(ids.burstPlay)).toBeVisible();
  });
});
