import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { quantile, report } from '../lib/figures.ts';
import { playerReports, stopPlayers, uplinkKbps, uplinkOf, watchByWhep } from '../lib/players.ts';
import { Rest } from '../lib/rest.ts';
import { goLive } from '../lib/scene.ts';
import { sitDown, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { within } from '../lib/patience.ts';

/** However many watch, the car sends its picture once. */
test.describe.serial('many viewers of one car', () => {
  const server = new Server('viewers');
  let browser: Browser;
  let car: Person;
  let wall: Page;
  let key: string;
  let alone: number;

  test.beforeAll(async () => {
    await server.start();
    key = await (await Rest.signIn(server, 'admin')).machineKey('viewers', 'car1');
    browser = await launchChromium();
    // A small slow picture: twenty decoders must fit on two cores beside the server.
    const media = { width: 320, height: 192, framesPerSecond: 10 };
    car = await sitDown(browser, { origin: server.origin, name: 'car1', password: server.password, media });
    wall = await browser.newPage();
    await wall.goto(`${server.origin}/actuator/health/liveness`);
    await goLive(car);
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('the uplink of the car does not grow from two viewers to twenty', async () => {
    await watchByWhep(wall, 'car1', key, 2);
    await wall.waitForTimeout(3000); // the sender's rate has settled
    alone = await uplinkKbps(car.page, 5);
    await watchByWhep(wall, 'car1', key, 18);
    const twenty = await uplinkKbps(car.page, 5);
    const reports = await playerReports(wall);
    report('uplink, kbit/s', { twoViewers: Math.round(alone), twentyViewers: Math.round(twenty) });
    report('twenty viewers, frames decoded', {
      least: Math.min(...reports.map((r) => r.framesDecoded)),
      median: quantile(reports.map((r) => r.framesDecoded), 0.5),
    });
    expect(reports).toHaveLength(20);
    for (const player of reports) expect(player.framesDecoded).toBeGreaterThan(20);
    expect(twenty).toBeLessThan(alone * 1.25 + 20);
  });

  test('the twenty-first viewer gets its first frame without a new key frame from the car', async () => {
    // A new viewer just came, so the key frame the relay keeps is fresh.
    await watchByWhep(wall, 'car1', key, 1);
    const before = await uplinkOf(car.page);
    const [firstFrame] = await watchByWhep(wall, 'car1', key, 1);
    const after = await uplinkOf(car.page);
    report('next viewer', {
      firstFrameMs: Math.round(firstFrame!),
      newKeyFrames: after.keyFramesEncoded - before.keyFramesEncoded,
      newPlis: after.pliCount - before.pliCount,
    });
    expect(after.pliCount + after.firCount).toBe(before.pliCount + before.firCount);
    expect(after.keyFramesEncoded).toBe(before.keyFramesEncoded);
    expect(firstFrame).toBeLessThan(within(1500));
    await stopPlayers(wall, key);
  });
});
