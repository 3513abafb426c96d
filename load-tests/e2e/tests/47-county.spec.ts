import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { CountyNodes } from '../lib/county.ts';
import { motionOf, report } from '../lib/figures.ts';
import { within } from '../lib/patience.ts';
import { framesFor, goLive, placeOrder, seesStep, watch } from '../lib/scene.ts';
import { ids, sitDown, type Person } from '../lib/screens.ts';
import { addVoiceProbe, listenFor, longestPause, soundsHeard } from '../lib/voice-probe.ts';
import { hears, mediaFlow, overKey, spread, talkState } from '../lib/voice-scene.ts';
import { WireCount } from '../lib/wire-count.ts';
import { target } from '../playwright.config.ts';

const CAR2_TONE = 1300;
const TERMINAL = { viewport: { width: 420, height: 860 } };
const MEDIA = [10_000, 10_001, 10_002];
const COUNTED_SECONDS = 5;

/** How many nodes are killed; the benchmark of failover asks for 30. */
const ROUNDS = Number(process.env.E2E_ROUNDS ?? 3);

/** Cars at the first node, the town's room at the second, the city centre and a grid worker at the third. */
test.describe.serial('three nodes', () => {
  const county = new CountyNodes('county', 3);
  const wires = new WireCount();
  let browser: Browser;
  let town: Person;
  let town2: Person;
  /** Listens in the place of the city: the instrument would take the processor from its pictures. */
  let grid: Person;
  let city: Person;
  let car1: Person;
  let car2: Person;

  test.beforeAll(async () => {
    wires.add('uplink', null, MEDIA[0]!);
    wires.add('to-town', MEDIA[0]!, MEDIA[1]!);
    wires.add('to-city', MEDIA[0]!, MEDIA[2]!);
    wires.open(MEDIA);
    await county.start();
    browser = await launchChromium();
    const at = (node: number) => ({ origin: county.node(node).origin, password: county.password });
    const prepare = (tone: number) => (context: Parameters<typeof addVoiceProbe>[0]) => addVoiceProbe(context, tone);
    town = await sitDown(browser, { ...at(1), name: 'xinhe' });
    town2 = await sitDown(browser, { ...at(1), name: 'xinhe-emergency' });
    city = await sitDown(browser, { ...at(2), name: 'city' });
    grid = await sitDown(browser, { ...at(2), ...TERMINAL, name: 'xinhe-grid1', prepare: prepare(700) });
    car1 = await sitDown(browser, { ...at(0), ...TERMINAL, name: 'car1' });
    car2 = await sitDown(browser, { ...at(0), ...TERMINAL, name: 'car2', prepare: prepare(CAR2_TONE) });
    for (const person of [town, town2, city, grid, car1, car2]) await mediaFlow(person);
    await car2.page.evaluate(() => window.mouth.always(true));
    // At whichever node: each new connection's voices are listened to as well.
    await grid.page.evaluate((hertz) => setInterval(() => window.ear.listen(hertz), 50), CAR2_TONE);
  });

  test.afterAll(async () => {
    await browser?.close();
    await county.stop();
    wires.close();
  });

  test('a car’s picture, voice and orders cross nodes, and each link carries the picture once', async () => {
    test.setTimeout(180_000);
    await goLive(car1);
    await watch(town, 'car1');
    await framesFor(town, 4); // the sender's rate has settled
    const one = await datagrams();
    const firstFrameMs = { city: await watch(city, 'car1'), town2: await watch(town2, 'car1') };
    await framesFor(town, 2);
    const three = await datagrams();
    report('copies between nodes', { firstFrameMs, oneViewer: one, threeViewers: three });
    const share = (of: Record<string, number>, way: string) => of[way]! / of.uplink!;
    expect(share(one, 'to-city'), 'nobody looks on in the city').toBeLessThan(0.2);
    expect(share(three, 'to-town'), 'two look on in the town, one copy goes there').toBeLessThan(1.2);
    expect(share(three, 'to-town') / share(one, 'to-town'), 'as for one').toBeLessThan(1.25);
    expect(share(three, 'to-city'), 'one copy goes to the city').toBeLessThan(1.2);
    const motion = motionOf(await framesFor(city, 3));
    report('the car’s picture two nodes away', motion);
    expect(motion.damaged).toBe(0);
    expect(motion.backwards).toBe(0);

    await overKey(car2);
    await car2.page.mouse.down();
    await talkState(car2, 'granted');
    expect(await hears(grid, CAR2_TONE), 'who is two nodes away hears the car').toBe(true);
    await car2.page.mouse.up();

    const text = '市中心指令：前往新河路口';
    await placeOrder(city, 'car1', text);
    await car1.at(ids.order).filter({ hasText: text }).getByTestId(ids.orderAccept).click();
    await seesStep(city, text, 'car1', 'accepted');
    await city.page.screenshot({ path: `${target}/county-city.png` });
    await town.page.screenshot({ path: `${target}/county-town.png` });
  });

  test('whichever node is killed, picture, voice and orders are back at once', async () => {
    test.setTimeout(60_000 + ROUNDS * 90_000);
    // What nobody measures from here on would take the processor from what is measured.
    for (const viewer of [town2, city]) await viewer.at(ids.tileClose(0)).click();
    const pictures: number[] = [];
    const voices: number[] = [];
    const orders: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const victim = round % 3;
      await listenFor(grid.page, CAR2_TONE);
      await overKey(car2);
      await car2.page.mouse.down();
      await talkState(car2, 'granted');
      await expect.poll(async () => (await soundsHeard(grid.page, Date.now() - 1000)).length).toBeGreaterThan(0);
      const watching = framesFor(town, 12);
      await town.page.waitForTimeout(1000);
      const killedAt = Date.now();
      await county.kill(victim);
      const text = `第${round + 1}次故障期间下达`;
      await placeOrder(town, 'car1', text);
      await expect(car1.at(ids.order).filter({ hasText: text })).toHaveCount(1);
      orders.push(Date.now() - killedAt);
      const frames = (await watching).filter((frame) => !frame.damaged);
      pictures.push(longestPause(frames.map(({ shownMs }) => [shownMs, shownMs]), killedAt - 500, killedAt + 10_000));
      const sounds = await soundsHeard(grid.page, killedAt - 1500);
      voices.push(longestPause(sounds.map(({ from, to }) => [from, to]), killedAt - 500, killedAt + 10_000));
      await car2.page.mouse.up();
      console.log(`      round ${round + 1}, node ${victim}: picture ${pictures.at(-1)} ms, voice ${voices.at(-1)} ms, order ${orders.at(-1)} ms`);
      await county.startNode(victim);
      await expect.poll(async () => (await (await county.admin((victim + 1) % 3)).get<{ nodes: unknown[] }>('/api/nodes')).nodes.length).toBe(3);
    }
    report('nodes killed: longest standstill', { picture: spread(pictures), voice: spread(voices), order: spread(orders) });
    // Seven pages and three nodes on one machine: the daily run sees that everything comes back.
    expect(spread(pictures).p95).toBeLessThan(within(2500));
    expect(spread(voices).p95).toBeLessThan(within(2500));
    for (let round = 0; round < ROUNDS; round++) {
      await expect(car1.at(ids.order).filter({ hasText: `第${round + 1}次故障期间下达` })).toHaveCount(1);
    }
    await town.page.screenshot({ path: `${target}/county-after.png` });
  });

  /** How many datagrams went each way within some seconds. */
  async function datagrams(): Promise<Record<string, number>> {
    const before = wires.read();
    await town.page.waitForTimeout(COUNTED_SECONDS * 1000);
    const after = wires.read();
    return Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - before[name]!]));
  }
});
