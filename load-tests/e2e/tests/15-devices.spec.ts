import { expect, test } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { FILE_FPS, FILE_FRAMES, writeCameraFile, writeToneFile } from '../lib/camera-files.ts';
import { report } from '../lib/figures.ts';
import { AUDIBLE_DECIBELS, framesFor, goLive, loudestTone, watch } from '../lib/scene.ts';
import { sitDown } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { target } from '../playwright.config.ts';
import { atLeast } from '../lib/patience.ts';

const TONE = 800;

/** The browser's own camera and microphone, playing files: nothing of the page is replaced. */
test('a camera file and a tone file arrive frame by frame and hertz by hertz', async () => {
  writeCameraFile(`${target}/media/counter.y4m`);
  writeToneFile(`${target}/media/tone-${TONE}.wav`, TONE);
  const server = new Server('devices');
  await server.start();
  const browser = await launchChromium({
    camera: `${target}/media/counter.y4m`,
    microphone: `${target}/media/tone-${TONE}.wav`,
  });
  try {
    const seat = { origin: server.origin, password: server.password, genuineDevices: true };
    const room = await sitDown(browser, { ...seat, name: 'xinhe' });
    const car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 420, height: 860 } });
    await goLive(car);
    await watch(room, 'car1');
    const frames = await framesFor(room, 6);
    const good = frames.filter((frame) => !frame.damaged);
    const steps = good.slice(1).map((f, i) => (f.counter - good[i]!.counter + FILE_FRAMES) % FILE_FRAMES);
    const backwards = steps.filter((step) => step === 0 || step > FILE_FRAMES / 2).length;
    const seconds = (good.at(-1)!.shownMs - good[0]!.shownMs) / 1000;
    const pace = steps.reduce((sum, step) => sum + step, 0) / seconds;
    const heard = await loudestTone(room.page, 2000);
    report('camera file', { frames: frames.length, good: good.length, backwards, pace, heard });

    expect(good.length).toBeGreaterThan(atLeast(60));
    expect(good.length / frames.length).toBeGreaterThan(0.98);
    expect(backwards).toBe(0);
    // The counter itself runs at the file's pace, whatever frames a busy machine leaves out.
    expect(Math.abs(pace - FILE_FPS)).toBeLessThan(2);
    expect(Math.abs(heard.hertz - TONE)).toBeLessThan(40);
    expect(heard.decibels).toBeGreaterThan(AUDIBLE_DECIBELS);
  } finally {
    await browser.close();
    await server.stop();
  }
});
