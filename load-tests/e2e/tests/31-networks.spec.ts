import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { HOME_ADDRESS, roads } from '../lib/network.ts';
import type { SeenFrame } from '../lib/page-scripts.ts';
import { within } from '../lib/patience.ts';
import { framesFor, goLive, watch } from '../lib/scene.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';

/**
 * A car leaves the Wi-Fi of its yard and comes into the mobile network, with another address.
 *
 * Chromium tells a page's own peer connections of a network only when it has stood for 1.5 to 4 s; the page sees it
 * from a new window (docs/decisions/0045).
 */
test.describe.serial('a car between two networks', () => {
  const server = new Server('networks');
  let browser: Browser;
  let yard: Browser;
  let room: Person;
  let car: Person;
  const signIns: string[] = [];

  test.beforeAll(async () => {
    roads.lay();
    await server.start('--server.address=0.0.0.0', '--maplebridge.demo.expose=true', `--maplebridge.media.address=${HOME_ADDRESS}`);
    browser = await launchChromium();
    const between = roads.between(server.port);
    yard = await launchChromium({}, between);
    const password = server.password;
    room = await sitDown(browser, { origin: server.origin, name: 'xinhe', password });
    car = await sitDown(yard, { origin: between.origin, name: 'car1', password });
    await goLive(car);
    await watch(room, 'car1');
    await framesFor(room, 4); // the sender's rate has settled
    car.page.on('request', (request) => {
      if (request.url().endsWith('/api/login')) signIns.push(request.url());
    });
  });

  test.afterAll(async () => {
    await yard?.close();
    await browser?.close();
    await server.stop();
    roads.takeUp();
  });

  async function transport(): Promise<{ address: string; protocol: string; connections: number }> {
    return car.page.evaluate(async () => {
      const stats = [...(await window.probe.connections.at(-1)!.getStats()).values()];
      const path = stats.find((one) => one.type === 'transport');
      const pair = stats.find((one) => one.id === path?.selectedCandidatePairId);
      const local = stats.find((one) => one.id === pair?.localCandidateId);
      return { address: String(local?.address), protocol: String(local?.protocol), connections: window.probe.connections.length };
    });
  }

  /** From the moment the network is there until the room sees the car move again. */
  function backAfter(frames: SeenFrame[], reachedMs: number): number {
    const good = frames.filter((frame) => !frame.damaged && frame.sentMs > reachedMs);
    return good.length === 0 ? Infinity : good[0]!.shownMs - reachedMs;
  }

  async function goes(what: string, seconds: number, change: () => Promise<void>): Promise<number> {
    const before = await transport();
    const watching = framesFor(room, seconds);
    await room.page.waitForTimeout(1_000);
    await change();
    const reached = Date.now();
    const frames = await watching;
    const after = await transport();
    const backMs = backAfter(frames, reached);
    report(what, { backMs, ...motionOf(frames), before, after, signIns });
    expect(after.address).not.toBe(before.address);
    expect(after.protocol, 'TCP is for networks without UDP').toBe('udp');
    expect(signIns).toEqual([]);
    await expect(car.at(ids.link)).toHaveAttribute('data-state', 'connected');
    await expect(car.at(ids.stopLive)).toBeVisible();
    return backMs;
  }

  test('nothing for 20 s, then another network: the picture comes back by itself', async () => {
    const backMs = await goes('20 s without a network, then the mobile one', 32, async () => {
      roads.leave('wifi');
      await room.page.waitForTimeout(20_000);
      roads.reach('cell');
    });
    expect(backMs).toBeLessThan(within(1_000));
  });

  test('from one network into the other at once, and no browser says so', async () => {
    const backMs = await goes('mobile network to Wi-Fi', 15, async () => {
      roads.reach('wifi');
      roads.leave('cell');
    });
    expect(backMs).toBeLessThan(within(1_000));
  });

  test('who only looks goes into another network', async () => {
    const near = await sitDown(yard, { origin: roads.between(server.port).origin, name: 'city', password: server.password });
    const far = await sitDown(browser, { origin: server.origin, name: 'car2', password: server.password });
    await goLive(far);
    await watch(near, 'car2');
    await framesFor(near, 4);
    const watching = framesFor(near, 16);
    await near.page.waitForTimeout(1_000);
    roads.reach('cell');
    roads.leave('wifi');
    const reached = Date.now();
    const frames = await watching;
    const backMs = backAfter(frames, reached);
    report('a room from Wi-Fi into the mobile network', { backMs, ...motionOf(frames) });
    expect(backMs).toBeLessThan(within(5_000));
    expect(motionOf(frames).backwards).toBe(0);
  });
});
