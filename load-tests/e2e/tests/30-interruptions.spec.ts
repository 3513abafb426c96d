import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { CuttableRoad, loseDatagrams, rebind } from '../lib/network.ts';
import { uplinkOf } from '../lib/players.ts';
import { framesFor, goLive, placeOrder, seesStep, watch } from '../lib/scene.ts';
import { ids, sitDown, tileVideo, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { atLeast, within } from '../lib/patience.ts';

const ORDER = '断线期间下达：原地待命';

/** What the road does to a car: its signalling drops, its address changes, its packets get lost. */
test.describe.serial('a car on a bad road', () => {
  const server = new Server('road');
  const road = new CuttableRoad(8090, server.port);
  let browser: Browser;
  let room: Person;
  let car: Person;

  test.beforeAll(async () => {
    await server.start();
    await road.open();
    browser = await launchChromium();
    const password = server.password;
    room = await sitDown(browser, { origin: server.origin, name: 'xinhe', password });
    car = await sitDown(browser, { origin: road.origin, name: 'car1', password });
    await goLive(car);
    await watch(room, 'car1');
    await framesFor(room, 4); // the sender's rate has settled
  });

  test.afterAll(async () => {
    road.close();
    await browser?.close();
    await server.stop();
  });

  test('its WebSocket dies: the picture goes on, the session resumes, an order arrives once', async () => {
    const usual = motionOf(await framesFor(room, 4));
    const handshakes = await transport(car);
    expect(road.cut()).toBeGreaterThan(0);
    const watching = framesFor(room, 6);
    await expect(car.at(ids.link)).not.toHaveAttribute('data-state', 'connected');
    await placeOrder(room, 'car1', ORDER);
    await room.page.waitForTimeout(2500);
    road.mend();
    const during = motionOf(await watching);
    await expect(car.at(ids.link)).toHaveAttribute('data-state', 'connected', { timeout: 15_000 });
    await expect(car.at(ids.order).filter({ hasText: ORDER })).toHaveCount(1);
    await seesStep(room, ORDER, 'car1', /delivered|read/);
    report('WebSocket cut', { usualGapMs: usual.longestGapMs, gapMs: during.longestGapMs, ...during });
    expect(during.backwards).toBe(0);
    expect(during.longestGapMs).toBeLessThan(Math.max(within(250), usual.longestGapMs * 2));
    expect(await transport(car)).toEqual(handshakes);
    await car.page.waitForTimeout(1500);
    await expect(car.at(ids.order).filter({ hasText: ORDER })).toHaveCount(1);
  });

  test('new UDP sockets: the picture is back within a second without a new DTLS handshake', async () => {
    const before = await transport(car);
    const watching = framesFor(room, 6);
    await car.page.waitForTimeout(1000);
    await car.page.evaluate(() => window.probe.connections.at(-1)!.restartIce());
    const motion = motionOf(await watching);
    const after = await transport(car);
    report('new sockets (ICE restart)', { gapMs: motion.longestGapMs, before, after });
    expect(after.localPort).not.toBe(before.localPort);
    expect(after.dtlsHandshakes).toBe(before.dtlsHandshakes);
    expect(motion.longestGapMs).toBeLessThan(within(1000));
    expect(motion.backwards).toBe(0);
  });

  test('a router forgets its mapping: the picture is back without a new DTLS handshake', async () => {
    const before = await transport(car);
    const watching = framesFor(room, 8);
    await car.page.waitForTimeout(1000);
    const undo = rebind(server.mediaPort, before.localPort, 61_000);
    const motion = motionOf(await watching);
    const after = await transport(car);
    report('mapping forgotten (NAT rebinding)', { gapMs: motion.longestGapMs, before, after });
    expect(after.dtlsHandshakes).toBe(before.dtlsHandshakes);
    // Chromium proves a path it believes in every 2.5 s, and an unproven address gets no way in.
    expect(motion.longestGapMs).toBeLessThan(within(3500));
    undo();
    // The way back is a new path again: it has to hold for longer than one of Chromium's proofs.
    await expect
      .poll(async () => (await framesFor(room, 5)).length, { timeout: 60_000 })
      .toBeGreaterThan(75);
  });

  test('one datagram in twenty is lost: the picture keeps moving, repaired by retransmission', async () => {
    await framesFor(room, 2);
    const before = { up: await uplinkOf(car.page), down: await downlink(room) };
    const mend = loseDatagrams(server.mediaPort, 5);
    const motion = motionOf(await framesFor(room, 12));
    mend();
    const after = { up: await uplinkOf(car.page), down: await downlink(room) };
    const repair = {
      uplinkNacks: after.up.nackCount - before.up.nackCount,
      uplinkRetransmissions: after.up.retransmittedPacketsSent - before.up.retransmittedPacketsSent,
      downlinkNacks: after.down.nackCount - before.down.nackCount,
      downlinkRetransmissions: after.down.retransmittedPacketsReceived - before.down.retransmittedPacketsReceived,
    };
    report('5 % loss', { ...motion, ...repair });
    expect(motion.framesPerSecond).toBeGreaterThan(atLeast(8));
    expect(motion.longestGapMs).toBeLessThan(within(1500));
    expect(motion.damaged / motion.frames).toBeLessThan(0.02);
    expect(repair.uplinkNacks).toBeGreaterThan(0);
    expect(repair.uplinkRetransmissions).toBeGreaterThan(0);
    expect(repair.downlinkNacks).toBeGreaterThan(0);
    expect(repair.downlinkRetransmissions).toBeGreaterThan(0);
    await expect(tileVideo(room, 0)).toBeVisible();
  });
});

/** DTLS handshakes finished by the page so far, and the UDP port it sends from. */
async function transport(person: Person): Promise<{ dtlsHandshakes: number; localPort: number }> {
  return person.page.evaluate(async () => {
    const connection = window.probe.connections.at(-1)!;
    let dtlsHandshakes = 0;
    let localPort = 0;
    const all = await connection.getStats();
    all.forEach((entry) => {
      if (entry.type !== 'transport') return;
      // A repeated handshake would show as another connection or a DTLS state that left 'connected'.
      dtlsHandshakes = window.probe.connections.length * (entry.dtlsState === 'connected' ? 1 : 100);
      const pair = all.get(entry.selectedCandidatePairId);
      localPort = all.get(pair?.localCandidateId)?.port ?? 0;
    });
    return { dtlsHandshakes, localPort };
  });
}

async function downlink(person: Person): Promise<{ nackCount: number; retransmittedPacketsReceived: number }> {
  const sum = { nackCount: 0, retransmittedPacketsReceived: 0 };
  for (const entry of await person.page.evaluate(() => window.probe.stats('inbound-rtp'))) {
    if (entry.kind !== 'video') continue;
    sum.nackCount += Number(entry.nackCount ?? 0);
    sum.retransmittedPacketsReceived += Number(entry.retransmittedPacketsReceived ?? 0);
  }
  return sum;
}
