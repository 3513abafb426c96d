import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { Rest } from '../lib/rest.ts';
import {
  AUDIBLE_DECIBELS, framesFor, goLive, holdTalkKey, loudestTone, placeOrder, seesStep, watch,
} from '../lib/scene.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { atLeast, within } from '../lib/patience.ts';

const ORDER = '前往集市北口，劝开双方，拍照回传';
const CAR_TONE = 1000;
const ROOM_TONE = 700;

/** The scene: a car's live picture in the town room, the room's voice and orders in the car. */
test.describe.serial('the scene', () => {
  const server = new Server('scene');
  let browser: Browser;
  let room: Person;
  let car1: Person;
  let car2: Person;
  let zeguoCar: Person;

  const terminal = { viewport: { width: 420, height: 860 } };

  test.beforeAll(async () => {
    report('start of the server, seconds', await server.start());
    browser = await launchChromium();
    const seat = { origin: server.origin, password: server.password };
    room = await sitDown(browser, { ...seat, name: 'xinhe', media: { toneHertz: ROOM_TONE } });
    car1 = await sitDown(browser, { ...seat, ...terminal, name: 'car1', media: { toneHertz: CAR_TONE } });
    car2 = await sitDown(browser, { ...seat, ...terminal, name: 'car2' });
    zeguoCar = await sitDown(browser, { ...seat, name: 'zeguo' });
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('the car goes live by one tap and the room sees it move within 1.5 s of the click', async () => {
    await goLive(car1);
    await expect(room.at(ids.unit('car1'))).toHaveAttribute('data-live', 'true');
    const cold = await watch(room, 'car1');
    const motion = motionOf(await framesFor(room, 5));
    report('first frame after the click, ms', Math.round(cold));
    report('the room sees car1', motion);
    expect(cold).toBeLessThan(within(1500));
    expect(motion.backwards).toBe(0);
    expect(motion.damaged / motion.frames).toBeLessThan(0.02);
    expect(motion.framesPerSecond).toBeGreaterThan(atLeast(12));
    expect(motion.delayMedianMs).toBeLessThan(within(200));
  });

  test('the room hears the car while it watches', async () => {
    const heard = await loudestTone(room.page);
    report('the room hears car1', heard);
    expect(Math.abs(heard.hertz - CAR_TONE)).toBeLessThan(40);
    expect(heard.decibels).toBeGreaterThan(AUDIBLE_DECIBELS);
  });

  test('an administrator sees both connections closely, and what flows over them', async () => {
    type Leg = { account: string; state: string; srtpProfile: string; slots: { source: string; state: string; packets: number }[]; sends: Record<string, { packets: number; bitsPerSecond: number }> };
    const admin = await Rest.signIn(server, 'admin');
    const of = async (account: string) =>
      (await admin.get<{ legs: Leg[] }>(`/api/nodes/self/legs?account=${account}`)).legs[0]!;
    const [sender, viewer] = [await of('car1'), await of('xinhe')];
    report('the car on its way up', sender.sends);
    const picture = viewer.slots.find((slot) => slot.source === 'unit:car1:camera');
    report('the room on its way down', picture);
    expect(sender.state).toBe('connected');
    expect(sender.srtpProfile).toContain('GCM');
    expect(sender.sends['unit:car1:camera']!.bitsPerSecond).toBeGreaterThan(10_000);
    expect(viewer.state).toBe('connected');
    expect(picture?.state).toBe('live');
    expect(picture?.packets).toBeGreaterThan(0);
  });

  test('the car sees who is watching', async () => {
    await expect(car1.at(ids.watchers)).toContainText('1');
  });

  test('the town hears the room hold the talk key; another town does not', async () => {
    const pressed = Date.now();
    const release = await holdTalkKey(room);
    await expect(room.at(ids.talk)).toHaveAttribute('data-talk', 'granted');
    report('talk key until permit, ms', Date.now() - pressed);
    const [one, two, other] = await Promise.all([
      loudestTone(car1.page, 1500),
      loudestTone(car2.page, 1500),
      loudestTone(zeguoCar.page, 1500),
    ]);
    await release();
    report('the room talks', { car1: one, car2: two, zeguo: other });
    for (const heard of [one, two]) {
      expect(Math.abs(heard.hertz - ROOM_TONE)).toBeLessThan(40);
      expect(heard.decibels).toBeGreaterThan(AUDIBLE_DECIBELS);
    }
    expect(other.decibels).toBeLessThan(AUDIBLE_DECIBELS - 20);
    await expect(room.at(ids.talk)).toHaveAttribute('data-talk', 'idle');
  });

  test('an order is placed, delivered and accepted, seen on both sides', async () => {
    await placeOrder(room, 'car1', ORDER);
    await expect(car1.at(ids.order).filter({ hasText: ORDER })).toBeVisible();
    await seesStep(room, ORDER, 'car1', /delivered|read/);
    await car1.at(ids.order).filter({ hasText: ORDER }).getByTestId(ids.orderAccept).click();
    await seesStep(room, ORDER, 'car1', 'accepted');
  });

  test('all of it is found again after kill -9 and a restart', async () => {
    await server.stop('SIGKILL');
    report('start after kill -9, seconds', await server.start());
    const seat = { origin: server.origin, password: server.password };
    const back = await sitDown(browser, { ...seat, name: 'xinhe' });
    await seesStep(back, ORDER, 'car1', 'accepted');
    // The pages that stayed open come back by themselves.
    await expect(car1.at(ids.link)).toHaveAttribute('data-state', 'connected', { timeout: 60_000 });
    await seesStep(room, ORDER, 'car1', 'accepted');
    await back.context.close();
  });

  test('Ctrl-C stops the node cleanly', async () => {
    const left = await server.stop('SIGINT');
    report('stop, seconds', left.seconds);
    expect([0, 130]).toContain(left.code);
    expect(left.seconds).toBeLessThan(within(5));
  });
});
