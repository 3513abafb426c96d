import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { report } from '../lib/figures.ts';
import { within } from '../lib/patience.ts';
import { framesFor, goLive, watch } from '../lib/scene.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { Server, Stutter } from '../lib/server.ts';
import { addVoiceProbe, listenFor, soundsHeard } from '../lib/voice-probe.ts';
import { mediaFlow, overKey, talkState } from '../lib/voice-scene.ts';

const TONE = 1300;
const TERMINAL = { viewport: { width: 420, height: 860 } };

/** A node that loses its processor again and again: pictures give way, voice does not, and all comes back by itself. */
test.describe.serial('a node that is too busy', () => {
  const server = new Server('busy');
  let browser: Browser;
  let town: Person;
  let city: Person;
  let car: Person;
  let talker: Person;
  let grid: Person;
  let stutter: Stutter | undefined;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    const at = { origin: server.origin, password: server.password };
    const prepare = (tone: number) => (context: Parameters<typeof addVoiceProbe>[0]) => addVoiceProbe(context, tone);
    town = await sitDown(browser, { ...at, name: 'xinhe' });
    city = await sitDown(browser, { ...at, name: 'city' });
    car = await sitDown(browser, { ...at, ...TERMINAL, name: 'car1', media: { width: 320, height: 192, framesPerSecond: 10 } });
    talker = await sitDown(browser, { ...at, ...TERMINAL, name: 'car2', prepare: prepare(TONE) });
    grid = await sitDown(browser, { ...at, ...TERMINAL, name: 'xinhe-grid1', prepare: prepare(700) });
    for (const person of [town, city, car, talker, grid]) await mediaFlow(person);
    await goLive(car);
    await watch(town, 'car1');
  });

  test.afterAll(async () => {
    await stutter?.end();
    await browser?.close();
    await server.stop();
  });

  test('is calm before, and everybody gets what they ask for', async () => {
    expect(await server.metric('maplebridge_load_level')).toBe(0);
    expect((await framesFor(town, 2)).length).toBeGreaterThan(5);
  });

  test('pauses pictures and says why, refuses new ones by name, and lets talk go on', async () => {
    stutter = new Stutter(server, 200, 50);
    await expect(town.at('tile-trouble')).toHaveAttribute('data-hop', 'server', { timeout: within(15_000) });
    await expect(town.at('tile-trouble')).toContainText('服务器繁忙');
    await expect.poll(() => server.metric('maplebridge_load_level'), { timeout: within(15_000) }).toBe(3);
    await town.page.waitForTimeout(1_500); // what waited has been left out
    const frames = await framesFor(town, 3);

    await city.at(ids.unit('car1')).click();
    await expect(city.at(ids.tile(0))).toContainText('服务器正忙');
    await city.page.screenshot({ path: '../target/e2e/busy-refused.png' });
    await town.page.screenshot({ path: '../target/e2e/busy-paused.png' });

    await talker.page.evaluate(() => window.mouth.always(true));
    await listenFor(grid.page, TONE);
    await overKey(talker);
    await talker.page.mouse.down();
    await talkState(talker, 'granted');
    const since = Date.now();
    await grid.page.waitForTimeout(3_000);
    const heardMs = (await soundsHeard(grid.page, since)).reduce((sum, { from, to }) => sum + to - Math.max(from, since), 0);
    await talker.page.mouse.up();
    report('while the node has a fifth of its time', {
      frames: frames.length,
      heardMs: Math.round(heardMs),
      refused: await server.metric('maplebridge_load_refused_total'),
      late: await server.metric('maplebridge_load_late'),
    });
    expect(frames, 'pictures that are shown').toHaveLength(0);
    expect(heardMs, 'of three seconds').toBeGreaterThan(1_000);
    expect(await server.metric('maplebridge_load_refused_total')).toBeGreaterThan(0);
  });

  test('gives everything back by itself', async () => {
    await stutter?.end();
    const ended = Date.now();
    await expect.poll(async () => (await framesFor(town, 1)).length, { timeout: within(30_000) }).toBeGreaterThan(3);
    const pictureMs = Date.now() - ended;
    await expect.poll(async () => (await framesFor(city, 1)).length, { timeout: within(40_000) }).toBeGreaterThan(3);
    report('after the node has its processor again, ms', { picture: pictureMs, refusedPicture: Date.now() - ended });
    await expect(town.at('tile-trouble')).toHaveCount(0, { timeout: within(10_000) });
    await expect.poll(() => server.metric('maplebridge_load_level'), { timeout: within(20_000) }).toBe(0);
  });
});
