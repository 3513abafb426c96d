import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { report } from '../lib/figures.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { within } from '../lib/patience.ts';
import { awaitTold, hears, overKey, VoiceScene } from '../lib/voice-scene.ts';

const GROUP = 'group-xinhe';
const CAR_TONE = 1000;

/** Somebody in the field needs help. */
test.describe.serial('calls for help', () => {
  const server = new Server('alerts');
  let browser: Browser;
  let room: Person;
  let car: Person;
  let other: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    const scene = new VoiceScene(browser, server);
    room = await scene.console('xinhe', 700);
    car = await scene.terminal('car1', CAR_TONE);
    other = await scene.terminal('car2', 1300);
    await car.page.evaluate(() => window.mouth.always(true));
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function holdSos(): Promise<number> {
    await overKey(car, ids.sos);
    await car.page.mouse.down();
    await expect(car.at(ids.sosPanel)).toBeVisible({ timeout: 10_000 });
    const since = Date.now();
    await car.page.mouse.up();
    return since;
  }

  test('a call for help that is taken back in time stays without consequences', async () => {
    const since = await holdSos();
    await expect(room.at(ids.alert)).toHaveAttribute('data-phase', 'pending');
    await car.at(ids.sosCancel).click();
    await expect(car.at(ids.sosPanel)).toHaveCount(0);
    await expect(room.at(ids.alert)).toHaveCount(0);
    const told = await room.page.evaluate(
      (from) => window.witness.told.filter((t) => t.at >= from && t.message.type === 'floor.tier').length,
      since,
    );
    expect(told).toBe(0);
    expect(await hears(room, CAR_TONE, 500)).toBe(false);
  });

  test('a call for help is red at the room, raises the group, and its microphone is open', async () => {
    const since = await holdSos();
    await expect(room.at(ids.alert)).toHaveAttribute('data-phase', 'pending');
    report('call for help, shown at the room after, ms', Date.now() - since);
    expect(Date.now() - since).toBeLessThan(within(1000));
    await expect(room.at(ids.alert)).toHaveAttribute('data-phase', 'active', { timeout: 15_000 });
    expect(await awaitTold(other, since, 'floor.tier', { call: GROUP })).toMatchObject({ tier: 'red' });
    await expect(car.at('sos-mic')).toBeVisible();
    expect(await Promise.all([hears(room, CAR_TONE, 4000), hears(other, CAR_TONE, 4000)])).toEqual([true, true]);
    await expect(car.at('sos-mic')).toHaveCount(0, { timeout: 20_000 });

    const closing = Date.now();
    await room.at('alert-close').click();
    await room.at('close-alert-reason').fill('已到场');
    await room.at('close-alert-send').click();
    await expect(room.at(ids.alert)).toHaveCount(0);
    await expect(car.at(ids.sosPanel)).toHaveCount(0);
    expect(await awaitTold(other, closing, 'floor.tier', { call: GROUP })).toMatchObject({ tier: 'yellow' });
  });

  test('a dispatcher raises a group to an emergency and lowers it again', async () => {
    const since = Date.now();
    await room.at(ids.groupMore(GROUP)).click();
    await room.at('tier-red').click();
    expect(await awaitTold(car, since, 'floor.tier', { call: GROUP })).toMatchObject({ tier: 'red' });
    await expect(room.at('tier-red')).toHaveAttribute('aria-checked', 'true');
    const lowering = Date.now();
    await room.at('tier-yellow').click();
    expect(await awaitTold(car, lowering, 'floor.tier', { call: GROUP })).toMatchObject({ tier: 'yellow' });
    await room.page.keyboard.press('Escape');
  });
});
