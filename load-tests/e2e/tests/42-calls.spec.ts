import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { awaitTold, hears, overKey, sayPastThePage, talkState, VoiceScene } from '../lib/voice-scene.ts';

const ROOM_TONE = 700;
const CITY_TONE = 500;
const CAR_TONE = 1000;

/** Two who talk alone, and one who only listens. */
test.describe.serial('private calls', () => {
  const server = new Server('calls');
  let browser: Browser;
  let city: Person;
  let room: Person;
  let police: Person;
  let car: Person;
  let other: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    const scene = new VoiceScene(browser, server);
    city = await scene.console('city', CITY_TONE);
    room = await scene.console('xinhe', ROOM_TONE);
    police = await scene.console('xinhe-police', 600);
    car = await scene.terminal('car1', CAR_TONE);
    other = await scene.terminal('car2', 1300);
    for (const person of [city, room, police, car]) await person.page.evaluate(() => window.mouth.always(true));
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function call(from: Person, how: 'turns' | 'duplex', answer: 'auto' | 'manual' | 'forced'): Promise<void> {
    await from.at(ids.unit('car1')).click();
    await from.at(ids.callWays).click();
    await from.at(`call-${how}`).check();
    await from.at(`call-${answer}`).check();
    await from.at('call-start').click();
  }

  test('a call rings, is answered, and one talks at a time: nobody else hears it', async () => {
    await call(room, 'turns', 'manual');
    await expect(room.at(ids.privateCall)).toHaveAttribute('data-ringing', 'true');
    await car.at(ids.acceptCall).click();
    await expect(room.at(ids.privateCall)).toHaveAttribute('data-ringing', 'false');
    await overKey(room);
    await room.page.mouse.down();
    await talkState(room, 'granted');
    expect(await hears(car, ROOM_TONE)).toBe(true);
    expect(await hears(other, ROOM_TONE, 500)).toBe(false);
    await room.page.mouse.up();
    await talkState(room, 'idle');
    await overKey(car);
    await car.page.mouse.down();
    await talkState(car, 'granted');
    expect(await hears(room, CAR_TONE)).toBe(true);
    await car.page.mouse.up();
    await room.at(ids.hangUp).first().click();
    await expect(room.at(ids.privateCall)).toHaveCount(0);
  });

  test('a call is declined, and the caller is told so', async () => {
    const since = Date.now();
    await call(room, 'turns', 'manual');
    await car.at(ids.declineCall).click();
    expect(await awaitTold(room, since, 'call.closed')).toMatchObject({ cause: 'declined' });
    await expect(car.at(ids.incomingCall)).toHaveCount(0);
    await expect(room.at(ids.privateCall)).toHaveCount(0);
  });

  test('a call without a floor is heard both ways at once, without a key', async () => {
    await call(room, 'duplex', 'auto');
    await expect(car.at(ids.duplexCall)).toBeVisible();
    expect(await Promise.all([hears(car, ROOM_TONE, 4000), hears(room, CAR_TONE, 4000)])).toEqual([true, true]);
    expect(await hears(other, CAR_TONE, 500)).toBe(false);
    await car.at(ids.muteCall).click();
    await car.page.waitForTimeout(1000);
    expect(await hears(room, CAR_TONE, 800)).toBe(false);
    await car.at(ids.hangUp).click();
    await expect(room.at(ids.privateCall)).toHaveCount(0);
    await car.page.waitForTimeout(1000);
    expect(await hears(car, ROOM_TONE, 800)).toBe(false);
  });

  test('who may force an answer is not rung in, who may not is refused', async () => {
    expect(await sayPastThePage(car, { type: 'call.mode', answer: 'manual' })).toBe('ok');
    const since = Date.now();
    await call(room, 'turns', 'forced');
    await awaitTold(car, since, 'call.opened', { unit: 'xinhe' });
    await expect(car.at(ids.incomingCall)).toHaveCount(0);
    await room.at(ids.hangUp).first().click();
    await expect(room.at(ids.privateCall)).toHaveCount(0);
    await police.at(ids.unit('car1')).click();
    await police.at(ids.callWays).click();
    await expect(police.at('call-forced')).toHaveCount(0);
    await police.page.keyboard.press('Escape');
    const forced = { type: 'call.open', unit: 'car1', answer: 'forced' };
    expect(await sayPastThePage(police, forced)).toBe('not-allowed');
    expect(await sayPastThePage(car, { type: 'call.mode', answer: 'auto' })).toBe('ok');
  });

  test('the centre listens in on a car, which is shown it; a town may not', async () => {
    await city.at(ids.unit('car1')).click();
    await city.at(ids.listenIn).click();
    await city.at('listen-start').click();
    await expect(city.at(ids.listening)).toHaveAttribute('data-state', 'on');
    await expect(car.at(ids.listenedTo)).toBeVisible();
    expect(await hears(city, CAR_TONE, 3000)).toBe(true);
    expect(await hears(room, CAR_TONE, 500)).toBe(false);
    await city.at('listen-stop').click();
    await expect(car.at(ids.listenedTo)).toHaveCount(0);
    await city.page.waitForTimeout(1000);
    expect(await hears(city, CAR_TONE, 800)).toBe(false);

    await room.at(ids.unit('car1')).click();
    await expect(room.at(ids.listenIn)).toHaveCount(0);
    const listen = { type: 'ambient.start', ambient: crypto.randomUUID(), unit: 'car1', picture: false };
    expect(await sayPastThePage(room, listen)).toBe('not-allowed');
    await expect(car.at(ids.listenedTo)).toHaveCount(0);
  });
});
