import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { atLeast, within } from '../lib/patience.ts';
import { carAndTwoSeats, framesFor, pictureWidth, watch } from '../lib/scene.ts';
import type { Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';

/**
 * A car that sends one stream with three resolutions, a seat with a large tile and one with a small one. Nothing is
 * recorded: a recording is one more that watches the highest.
 */
for (const codec of ['VP9', 'AV1']) test.describe.serial(`a scalable camera of ${codec}`, () => {
  const server = new Server(`scalable-${codec}`);
  let browser: Browser;
  let car: Person;
  let large: Person;
  let small: Person;

  test.beforeAll(async () => {
    await server.start(
      `--maplebridge.media.layers=${codec.toLowerCase()}`, '--maplebridge.recording.incidents=false', '--maplebridge.recording.watched=false',
    );
    browser = await launchChromium();
    ({ car, large, small } = await carAndTwoSeats(browser, server, 10));
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('is made as small as the one tile that shows it', async () => {
    await small.at('layout-9').click();
    await watch(small, 'car1');
    await expect.poll(() => pictureWidth(small), { timeout: within(10_000) }).toBe(320);
    await expect.poll(() => video(car, 'outbound-rtp'), { timeout: within(30_000) }).toMatchObject({ codec: `video/${codec}`, scalabilityMode: 'L1T1', width: 320 });
  });

  test('is one stream of three resolutions for a large tile and a small one', async () => {
    await large.at('layout-1').click();
    await watch(large, 'car1');
    await expect.poll(() => pictureWidth(large), { timeout: within(30_000) }).toBe(1280);
    const sent = await video(car, 'outbound-rtp');
    // The highest of a stream that begins is left out by the encoder now and then.
    await expect.poll(() => video(large, 'inbound-rtp'), { timeout: within(30_000) }).toMatchObject({ codec: `video/${codec}`, width: 1280 });
    const [shownLarge, shownSmall] = [await video(large, 'inbound-rtp'), await video(small, 'inbound-rtp')];
    report('scalable camera', { sent, shownLarge, shownSmall });
    expect(sent).toMatchObject({ codec: `video/${codec}`, scalabilityMode: 'L3T1_KEY', width: 1280, streams: 1 });
    expect(shownSmall).toMatchObject({ codec: `video/${codec}`, width: 320 });
    await expect(large.at('tile-layer-0')).toHaveAttribute('data-layer', '2');
    await expect(small.at('tile-layer-0')).toHaveAttribute('data-layer', '0');

    const all = await Promise.all([framesFor(large, 5), framesFor(small, 5)]);
    report('large and small tile', all.map(motionOf));
    await large.page.screenshot({ path: '../target/e2e/scalable-large.png' });
    await small.page.screenshot({ path: '../target/e2e/scalable-small.png' });
    for (const frames of all) {
      expect(motionOf(frames).backwards).toBe(0);
      expect(motionOf(frames).framesPerSecond).toBeGreaterThan(atLeast(5));
    }
    expect((await video(large, 'inbound-rtp')).frames).toBeGreaterThan(shownLarge.frames);
  });

  test('comes smaller into a tile that becomes smaller, larger into one that becomes larger, and never stands still', async () => {
    const shrinking = framesFor(large, 10);
    await large.at('layout-9').click();
    await expect.poll(() => pictureWidth(large), { timeout: within(15_000) }).toBeLessThan(1280);
    const growing = shrinking.then(() => framesFor(large, 10));
    await shrinking;
    await large.at('layout-1').click();
    await expect.poll(() => pictureWidth(large), { timeout: within(15_000) }).toBe(1280);
    for (const [what, frames] of [['smaller', await shrinking], ['larger', await growing]] as const) {
      const { longestGapMs, backwards } = motionOf(frames);
      report(`longest gap while the tile becomes ${what}, ms`, longestGapMs);
      expect(longestGapMs).toBeLessThan(within(1000));
      expect(backwards).toBe(0);
    }
  });

  /** The one picture that a page sends or shows, of several streams the widest. */
  function video(person: Person, type: 'outbound-rtp' | 'inbound-rtp') {
    return person.page.evaluate(async (type) => {
      const reports = await Promise.all(window.probe.connections.filter(({ connectionState }) => connectionState === 'connected').map((one) => one.getStats()));
      const streams = reports.flatMap((all) => [...all.values()]
        .filter((one) => one.type === type && one.kind === 'video' && (one.frameWidth ?? 0) > 0)
        .map((one) => ({
          codec: String(all.get(one.codecId)?.mimeType),
          scalabilityMode: String(one.scalabilityMode),
          width: Number(one.frameWidth),
          frames: Number(type === 'inbound-rtp' ? one.framesDecoded : one.framesEncoded),
        })));
      const widest = streams.sort((a, b) => b.width - a.width)[0] ?? { codec: '', scalabilityMode: '', width: 0, frames: 0 };
      return { ...widest, streams: streams.length };
    }, type);
  }
});
