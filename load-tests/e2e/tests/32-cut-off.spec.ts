import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { report } from '../lib/figures.ts';
import { framesFor, goLive, watch } from '../lib/scene.ts';
import { ids, sitDown } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';

/** Of a request that a network took along, what Chromium tells the page when it changes. */
const CHANGED = 'internetdisconnected';

/** A car comes into another network while its page is being loaded: parts of the page are cut off on their way. */
test.describe.serial('a page that is cut off while it is loaded', () => {
  const server = new Server('cut-off');
  let browser: Browser;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('it fetches what did not come, and the car goes live', async () => {
    const cut: Record<string, number> = {};
    const car = await sitDown(browser, {
      origin: server.origin, name: 'car1', password: server.password,
      // Behind the first page every part is cut off twice, the car's screen three times.
      prepare: async (context) => void await context.route(/assets\/(?!SignIn).*\.js$/, async (route) => {
        const part = route.request().url().split('/').at(-1)!.replace(/-.{8}\.js$/, '');
        const behind = !/^(base|main|index)/.test(part);
        cut[part] = (cut[part] ?? 0) + 1;
        if (behind && cut[part]! <= (part === 'TerminalScreen' ? 3 : 2)) await route.abort(CHANGED);
        else await route.continue();
      }),
    });
    const signedIn = Date.now();
    await expect(car.at(ids.link)).toHaveAttribute('data-state', 'connected', { timeout: 15_000 });
    const there = Date.now() - signedIn;
    const room = await sitDown(browser, { origin: server.origin, name: 'xinhe', password: server.password });
    await goLive(car);
    await watch(room, 'car1');
    expect((await framesFor(room, 2)).length).toBeGreaterThan(20);
    report('from sign-in to the link, the screen cut off three times, ms', { there, cut });
    expect(cut.TerminalScreen).toBeGreaterThan(3);
  });
});
