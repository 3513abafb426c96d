import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { quantile, report } from '../lib/figures.ts';
import { within } from '../lib/patience.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Rest } from '../lib/rest.ts';
import { Server } from '../lib/server.ts';
import { listenFor, soundsHeard } from '../lib/voice-probe.ts';
import { hold, overKey, pressToCue, spread, talkState, trialsSince, VoiceScene } from '../lib/voice-scene.ts';

const GROUP = 'group-xinhe';
const CAR_TONE = 1000;

/** How soon one may speak and is heard, and whether every word is: measured from sample to sample. */
test.describe.serial('talking', () => {
  const server = new Server('voice');
  let browser: Browser;
  let scene: VoiceScene;
  let room: Person;
  let car: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    scene = new VoiceScene(browser, server);
    room = await scene.console('xinhe', 700);
    car = await scene.terminal('car1', CAR_TONE);
    await listenFor(room.page, CAR_TONE);
    await overKey(car);
    for (let warm = 0; warm < 3; warm++) {
      await hold(car, 400);
      await car.page.waitForTimeout(400);
    }
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('fifty presses: permit and mouth to ear', async () => {
    await car.page.evaluate(() => window.mouth.afterPress({ delayMs: 50, durationMs: 200 }));
    const since = Date.now();
    for (let press = 0; press < 50; press++) {
      await hold(car, 330);
      await car.page.waitForTimeout(400); // sooner it would be the same talk, without a tone
    }
    await room.page.waitForTimeout(800);
    const permits = await pressToCue(car, since);
    const { trials, unheard } = await trialsSince(car, room, since);
    report('press until the permit tone, ms', spread(permits));
    report('mouth to ear, ms', spread(trials.map((trial) => trial.delayMs)));
    expect(permits.length).toBeGreaterThanOrEqual(48);
    expect(unheard).toBeLessThanOrEqual(1);
    expect(quantile(permits, 0.95)).toBeLessThan(within(150));
    expect(quantile(trials.map((trial) => trial.delayMs), 0.95)).toBeLessThan(within(200));
  });

  test('what is said 50 ms after the key goes down is heard whole', async () => {
    await car.page.evaluate(() => window.mouth.afterPress({ delayMs: 50, durationMs: 400 }));
    const since = Date.now();
    for (let press = 0; press < 12; press++) {
      await hold(car, 650);
      await car.page.waitForTimeout(500);
    }
    await room.page.waitForTimeout(800);
    const { trials, unheard } = await trialsSince(car, room, since);
    const missing = trials.map((trial) => trial.saidMs - trial.heardMs);
    report('first word: said minus heard, ms', { ...spread(missing), least: Math.round(Math.min(...missing)) });
    expect(unheard).toBe(0);
    expect(trials.length).toBeGreaterThanOrEqual(10);
    expect(quantile(missing.map(Math.abs), 0.5)).toBeLessThanOrEqual(within(20));
    expect(Math.max(...missing)).toBeLessThanOrEqual(within(20));
  });

  test('what is said until the key goes up is heard to its end', async () => {
    await car.page.evaluate(() => {
      window.mouth.afterPress({ delayMs: 50, durationMs: 20_000 });
      window.mouth.untilRelease(true);
    });
    const since = Date.now();
    for (let press = 0; press < 12; press++) {
      await hold(car, 500);
      await car.page.waitForTimeout(600);
    }
    await room.page.waitForTimeout(800);
    await car.page.evaluate(() => window.mouth.untilRelease(false));
    const { trials, unheard } = await trialsSince(car, room, since);
    const missing = trials.map((trial) => trial.saidMs - trial.heardMs);
    report('last word: said minus heard, ms', { ...spread(missing), least: Math.round(Math.min(...missing)) });
    expect(unheard).toBe(0);
    expect(quantile(missing.map(Math.abs), 0.5)).toBeLessThanOrEqual(within(20));
    expect(Math.max(...missing)).toBeLessThanOrEqual(within(20));
  });

  test('twenty presses in ten seconds build up no lag and leave nothing stuck', async () => {
    await car.page.evaluate(() => window.mouth.afterPress({ delayMs: 50, durationMs: 150 }));
    const since = Date.now();
    for (let press = 0; press < 20; press++) {
      const due = since + press * 500;
      await car.page.waitForTimeout(Math.max(0, due - Date.now()));
      await hold(car, 260);
    }
    await room.page.waitForTimeout(1000);
    const { trials, unheard } = await trialsSince(car, room, since);
    const delays = trials.map((trial) => trial.delayMs);
    const first = quantile(delays.slice(0, 4), 0.5);
    const last = quantile(delays.slice(-4), 0.5);
    report('twenty presses: mouth to ear, ms', { first: Math.round(first), last: Math.round(last), ...spread(delays) });
    expect(unheard).toBeLessThanOrEqual(1);
    expect(last - first).toBeLessThan(within(40));
    await talkState(car, 'idle');
    await expect(room.at(ids.talker)).toHaveCount(0);
    expect(await room.page.evaluate(() => Object.keys(window.__maplebridge?.floors ?? {}))).toEqual([]);
    await car.page.waitForTimeout(1000);
    const after = Date.now();
    await room.page.waitForTimeout(500);
    expect(await soundsHeard(room.page, after)).toEqual([]);
  });

  test('who comes late hears what is being said', async () => {
    // Somebody has to stay: nobody talks alone.
    const other = await scene.terminal('car2', 1300);
    await car.page.evaluate(() => window.mouth.afterPress({ delayMs: 0, durationMs: 29_000 }));
    await car.page.mouse.down();
    await talkState(car, 'granted');
    const entries: number[] = [];
    for (let entry = 0; entry < 22; entry++) {
      await room.at(ids.listen(GROUP)).click();
      await expect(room.at(ids.group(GROUP))).toHaveAttribute('data-affiliated', 'false');
      // What is still in the decoder's buffer would count as heard at once.
      await expect.poll(async () => (await soundsHeard(room.page, Date.now() - 250)).length, { intervals: [50] }).toBe(0);
      const asked = await room.page.evaluate((id) => {
        document.querySelector<HTMLElement>(`[data-testid="${id}"]`)!.click();
        return performance.timeOrigin + performance.now();
      }, ids.listen(GROUP));
      await expect
        .poll(async () => (await soundsHeard(room.page, asked)).length, { intervals: [50], timeout: 10_000 })
        .toBeGreaterThan(0)
        .catch(async (error: unknown) => {
          report(`entry ${entry} is silent`, await whySilent());
          throw error;
        });
      entries.push((await soundsHeard(room.page, asked))[0]!.from - asked);
    }
    await car.page.mouse.up();
    report('late entry, ms', spread(entries));
    expect(quantile(entries, 0.95)).toBeLessThan(within(350));
    await talkState(car, 'idle');
    await other.context.close();
  });

  /** What came to the room's page within a second, what it takes itself for, and what the server says it sends there. */
  async function whySilent(): Promise<unknown> {
    const arrived = async () => (await room.page.evaluate(() => window.probe.stats('inbound-rtp')))
      .filter(({ kind, packetsReceived }) => kind === 'audio' && packetsReceived)
      .map(({ mid, packetsReceived, packetsDiscarded, concealedSamples, jitterBufferEmittedCount, totalAudioEnergy }) => ({ mid, packetsReceived, packetsDiscarded, concealedSamples, jitterBufferEmittedCount, totalAudioEnergy }));
    const before = await arrived();
    await room.page.waitForTimeout(1_000);
    const legs = await (await Rest.signIn(server, 'admin')).get<{ legs: { account: string; slots: { source: string }[] }[] }>('/api/nodes/self/legs');
    return {
      before,
      after: await arrived(),
      affiliated: await room.at(ids.group(GROUP)).getAttribute('data-affiliated'),
      slots: legs.legs.find(({ account }) => account === 'xinhe')?.slots.filter(({ source }) => source !== ''),
    };
  }
});
