import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { CountyNodes } from '../lib/county.ts';
import { motionOf, report } from '../lib/figures.ts';
import { within } from '../lib/patience.ts';
import { framesFor, goLive, placeOrder, watch } from '../lib/scene.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { addVoiceProbe, listenFor, longestPause, soundsHeard } from '../lib/voice-probe.ts';
import { mediaFlow, overKey, talkState } from '../lib/voice-scene.ts';
import { target } from '../playwright.config.ts';

const ORDER = '节点故障期间下达：原地待命';
const GROUP = 'group-xinhe';
const TEAM = 'team-xinhe-patrol';
const CAR2_TONE = 1300;
const TERMINAL = { viewport: { width: 420, height: 860 } };

/** A county of two nodes: cars at the first one, the room at the second one. */
test.describe.serial('two nodes', () => {
  const county = new CountyNodes('nodes', 2);
  let browser: Browser;
  let room: Person;
  /** Listens in the place of the room: the instrument would take the processor from the room's pictures. */
  let police: Person;
  let car1: Person;
  let car2: Person;

  test.beforeAll(async () => {
    await county.start();
    browser = await launchChromium();
    const password = county.password;
    const cars = { origin: county.node(0).origin, password, ...TERMINAL };
    const prepare = (tone: number) => (context: Parameters<typeof addVoiceProbe>[0]) => addVoiceProbe(context, tone);
    const rooms = { origin: county.node(1).origin, password };
    room = await sitDown(browser, { ...rooms, name: 'xinhe' });
    police = await sitDown(browser, { ...rooms, name: 'xinhe-police', prepare: prepare(700) });
    car1 = await sitDown(browser, { ...cars, name: 'car1' });
    car2 = await sitDown(browser, { ...cars, name: 'car2', prepare: prepare(CAR2_TONE) });
    for (const person of [room, police, car1, car2]) await mediaFlow(person);
    await car2.page.evaluate(() => window.mouth.always(true));
    await goLive(car1);
    await watch(room, 'car1');
    await framesFor(room, 3); // the sender's rate has settled
    await listenFor(police.page, CAR2_TONE);
  });

  test.afterAll(async () => {
    await browser?.close();
    await county.stop();
  });

  test('kill -9 of the cars’ node: picture, held talk key and an order go on at the other one', async () => {
    test.setTimeout(180_000);
    await overKey(car2);
    await car2.page.mouse.down();
    await talkState(car2, 'granted');
    await expect.poll(async () => (await soundsHeard(police.page, Date.now() - 1000)).length).toBeGreaterThan(0);

    const watching = framesFor(room, 14);
    await room.page.waitForTimeout(1500);
    const killedAt = Date.now();
    await county.kill(0);
    await placeOrder(room, 'car1', ORDER);
    await expect(car1.at(ids.order).filter({ hasText: ORDER })).toHaveCount(1, { timeout: 30_000 });
    const orderMs = Date.now() - killedAt;
    await car1.page.screenshot({ path: `${target}/nodes-car1-moved.png` });
    await car2.page.screenshot({ path: `${target}/nodes-car2-moved.png` });
    const frames = await watching;
    const back = frames.find((frame) => !frame.damaged && frame.sentMs > killedAt);
    const pictureMs = back ? Math.round(back.shownMs - killedAt) : Infinity;
    await room.page.screenshot({ path: `${target}/nodes-room-after.png` });

    for (const car of [car1, car2]) {
      await expect(car.at(ids.link)).toHaveAttribute('data-node', county.node(1).origin);
      await expect(car.at(ids.link)).toHaveAttribute('data-state', 'connected');
    }
    await car2.page.screenshot({ path: `${target}/nodes-car2-talks.png` });
    await talkState(car2, 'granted');
    const sounds = await soundsHeard(police.page, killedAt - 1500);
    const voiceGapMs = longestPause(sounds.map(({ from, to }) => [from, to]), killedAt - 500, killedAt + 10_000);
    await car2.page.mouse.up();
    report('kill -9 of the cars’ node', { pictureMs, voiceGapMs, orderMs, ...motionOf(frames.filter((frame) => frame.sentMs > killedAt)) });
    expect(pictureMs).toBeLessThan(within(2000));
    expect(voiceGapMs).toBeLessThan(within(2000));
    expect(orderMs).toBeLessThan(within(3000));
    await car1.page.waitForTimeout(1000);
    await expect(car1.at(ids.order).filter({ hasText: ORDER })).toHaveCount(1);
  });

  test('the node that all are at is emptied: nobody notices, and nobody loses a group', async () => {
    test.setTimeout(180_000);
    await county.startNode(0);
    const admin = await county.admin(1);
    await expect.poll(async () => ((await admin.get('/api/nodes')) as { nodes: unknown[] }).nodes.length).toBe(2);
    // A choice that only the server keeps.
    await expect(room.at(ids.group(TEAM))).toHaveAttribute('data-affiliated', 'true');
    await room.at(ids.listen(TEAM)).click();
    await expect(room.at(ids.group(TEAM))).toHaveAttribute('data-affiliated', 'false');
    await framesFor(room, 2);
    const watching = framesFor(room, 24);
    const begun = await admin.call('POST', '/api/nodes/self/drain', { deadlineSeconds: 20 });
    expect(begun.status).toBe(202);
    for (const person of [room, police, car1, car2]) {
      await expect(person.at(ids.link)).toHaveAttribute('data-node', county.node(0).origin, { timeout: 25_000 });
    }
    await room.page.screenshot({ path: `${target}/nodes-room-moved.png` });
    expect((await fetch(`${county.node(1).origin}/actuator/health/readiness`)).status).toBe(503);
    expect((await fetch(`${county.node(1).origin}/actuator/health/liveness`)).status).toBe(200);
    const motion = motionOf(await watching);
    report('node emptied', motion);
    expect(motion.longestGapMs).toBeLessThan(within(700));
    await expect(room.at(ids.group(TEAM))).toHaveAttribute('data-affiliated', 'false');
    await expect(room.at(ids.group(GROUP))).toHaveAttribute('data-affiliated', 'true');
    await listenFor(police.page, CAR2_TONE);
    await overKey(car2);
    const since = Date.now();
    await car2.page.mouse.down();
    await talkState(car2, 'granted');
    await expect.poll(async () => (await soundsHeard(police.page, since)).length).toBeGreaterThan(0);
    await car2.page.mouse.up();
    // Nobody is there any more, and the node is needed after all.
    const undone = await (await county.admin(1)).call('DELETE', '/api/nodes/self/drain');
    expect(undone.status).toBe(200);
  });
});
