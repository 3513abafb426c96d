import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { carAndTwoSeats, framesFor, pictureWidth, watch } from '../lib/scene.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { atLeast, within } from '../lib/patience.ts';

/**
 * A car that sends three layers, a seat with a large tile and one with a small one. While the car has a running
 * incident its picture is recorded, and that is one more that watches the highest layer: the middle one alone can be
 * told to rest here.
 */
test.describe.serial('simulcast layers', () => {
  const server = new Server('layers');
  let browser: Browser;
  let car: Person;
  let large: Person;
  let small: Person;

  test.beforeAll(async () => {
    await server.start('--maplebridge.media.layers=simulcast');
    browser = await launchChromium();
    ({ car, large, small } = await carAndTwoSeats(browser, server, 15));
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('a small tile gets the low layer and a large one a higher one', async () => {
    await small.at('layout-9').click();
    await watch(small, 'car1');
    await expect.poll(() => layersSent(), { timeout: within(30_000) }).not.toContain('h');
    await expect.poll(() => pictureWidth(small), { timeout: within(10_000) }).toBe(320);

    await large.at('layout-1').click();
    await watch(large, 'car1');
    await expect.poll(() => pictureWidth(large), { timeout: within(30_000) }).toBeGreaterThan(320);
    await expect.poll(() => layersSent(), { timeout: within(30_000) }).toContain('f');
    await expect.poll(() => pictureWidth(large), { timeout: within(30_000) }).toBe(1280);
    await expect(large.at('tile-layer-0')).toHaveAttribute('data-layer', '2');
    await expect(small.at('tile-layer-0')).toHaveAttribute('data-layer', '0');
    expect(await pictureWidth(small)).toBe(320);

    const [inLarge, inSmall] = await Promise.all([framesFor(large, 5), framesFor(small, 5)]);
    report('large tile', { width: await pictureWidth(large), ...motionOf(inLarge) });
    report('small tile', { width: await pictureWidth(small), ...motionOf(inSmall) });
    await large.page.screenshot({ path: '../target/e2e/layers-large.png' });
    await small.page.screenshot({ path: '../target/e2e/layers-small.png' });
    for (const frames of [inLarge, inSmall]) {
      expect(motionOf(frames).backwards).toBe(0);
      expect(motionOf(frames).framesPerSecond).toBeGreaterThan(atLeast(5));
    }
  });

  test('a tile that becomes smaller gets a lower layer, and never stands still', async () => {
    const shown = framesFor(large, 12);
    await large.at('layout-9').click();
    await expect.poll(() => pictureWidth(large), { timeout: within(15_000) }).toBeLessThan(1280);
    const gaps = longestGapMs(await shown);
    report('longest gap while a layer is changed, ms', gaps);
    expect(gaps).toBeLessThan(within(1000));
  });

  test('what nobody watches the car does not send', async () => {
    await large.at(ids.tileClose(0)).click();
    await expect.poll(() => layersSent(), { timeout: within(30_000) }).not.toContain('h');
    expect(await layersSent()).toContain('q');
  });

  /** By what left within a second. */
  async function layersSent(): Promise<string[]> {
    const sent = (): Promise<[string, number][]> => car.page.evaluate(async () => {
      const reports = await Promise.all(window.probe.connections.map((connection) => connection.getStats()));
      return reports.flatMap((all) => [...all.values()])
        .filter((one) => one.type === 'outbound-rtp' && one.kind === 'video')
        .map((one): [string, number] => [one.rid ?? '', one.packetsSent]);
    });
    const before = new Map(await sent());
    await car.page.waitForTimeout(1000);
    return (await sent()).filter(([rid, packets]) => packets > (before.get(rid) ?? 0)).map(([rid]) => rid).sort();
  }
});

function longestGapMs(frames: { shownMs: number }[]): number {
  return frames.slice(1).reduce((longest, frame, i) => Math.max(longest, frame.shownMs - frames[i]!.shownMs), 0);
}
