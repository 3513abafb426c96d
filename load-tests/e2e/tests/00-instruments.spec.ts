import { expect, test } from '@playwright/test';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchChromium } from '../lib/browser.ts';
import { FILE_FPS, writeCameraFile, writeToneFile } from '../lib/camera-files.ts';
import { motionOf, quantile, report } from '../lib/figures.ts';
import { addProbe, addSyntheticMedia, type SeenFrame } from '../lib/page-scripts.ts';
import { addVoiceProbe, listenFor, soundsHeard } from '../lib/voice-probe.ts';
import { target } from '../playwright.config.ts';
import { atLeast, within } from '../lib/patience.ts';

/** Before anything is measured: the cameras, the frame reader and the ear are themselves right. */
test.describe('instruments', () => {
  let server: Server;
  let url: string;

  test.beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>bare</title>');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => server.once('listening', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });

  test.afterAll(() => server.close());

  test('a camera that shows the time is read back through two peer connections', async () => {
    const browser = await launchChromium();
    const context = await browser.newContext();
    await addProbe(context);
    await addSyntheticMedia(context, { toneHertz: 1000, width: 640, height: 360, framesPerSecond: 20 });
    const page = await context.newPage();
    await page.goto(url);
    const seen = await page.evaluate(callOneself, 4000);
    await browser.close();

    const motion = motionOf(seen.frames);
    report('instrument: browser to browser', { ...motion, tone: seen.tone });
    expect(motion.frames).toBeGreaterThan(atLeast(40));
    expect(motion.damaged).toBeLessThanOrEqual(1);
    expect(motion.backwards).toBe(0);
    expect(motion.delayMedianMs).toBeGreaterThan(0);
    expect(motion.delayMedianMs).toBeLessThan(within(300));
    expect(Math.abs(seen.tone.hertz - 1000)).toBeLessThan(30);
  });

  test('a camera file is read back frame by frame', async () => {
    writeCameraFile(`${target}/media/counter.y4m`);
    writeToneFile(`${target}/media/tone-800.wav`, 800);
    const browser = await launchChromium({
      camera: `${target}/media/counter.y4m`,
      microphone: `${target}/media/tone-800.wav`,
    });
    const context = await browser.newContext();
    await addProbe(context);
    const page = await context.newPage();
    await page.goto(url);
    const seen = await page.evaluate(callOneself, 4000);
    await browser.close();

    const motion = motionOf(seen.frames);
    report('instrument: camera file', { ...motion, tone: seen.tone });
    expect(motion.frames).toBeGreaterThan(atLeast(40));
    expect(motion.damaged).toBeLessThanOrEqual(1);
    expect(motion.framesPerSecond).toBeGreaterThan(atLeast(FILE_FPS * 0.7));
    expect(Math.abs(seen.tone.hertz - 800)).toBeLessThan(30);
  });

  test('a timed tone is heard when and as long as it was said', async () => {
    const browser = await launchChromium();
    const context = await browser.newContext();
    await addProbe(context);
    await addVoiceProbe(context, 1000);
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate(speakToOneself);
    await listenFor(page, 1000);
    await page.waitForTimeout(1000);
    const trials: { delay: number; length: number }[] = [];
    for (let trial = 0; trial < 10; trial++) {
      await page.mouse.down();
      await page.waitForTimeout(500);
      await page.mouse.up();
      await page.waitForTimeout(250);
      const { from, to } = (await page.evaluate(() => window.mouth.said)).at(-1)!;
      const [sound] = await soundsHeard(page, from);
      expect(to - from).toBeCloseTo(300, 0);
      if (sound) trials.push({ delay: sound.from - from, length: sound.to - sound.from });
    }
    await browser.close();

    report('instrument: a tone of 300 ms', {
      trials: trials.length,
      delayMs: [0, 0.5, 0.95].map((share) => Math.round(quantile(trials.map((t) => t.delay), share))),
      lengthMs: [0, 0.5, 0.95].map((share) => Math.round(quantile(trials.map((t) => t.length), share))),
    });
    expect(trials).toHaveLength(10);
    expect(quantile(trials.map((t) => t.delay), 0)).toBeGreaterThan(0);
    expect(quantile(trials.map((t) => t.delay), 0.5)).toBeLessThan(within(150));
    expect(Math.abs(quantile(trials.map((t) => t.length), 0.5) - 300)).toBeLessThan(20);
  });
});

/** A bare talk key and two peer connections: what is said is heard on the same page. */
async function speakToOneself(): Promise<void> {
  const key = document.createElement('button');
  key.dataset.testid = 'talk';
  key.style.cssText = 'position:fixed;inset:0';
  document.body.append(key);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const sender = new RTCPeerConnection();
  const receiver = new RTCPeerConnection();
  sender.onicecandidate = (event) => void receiver.addIceCandidate(event.candidate ?? undefined);
  receiver.onicecandidate = (event) => void sender.addIceCandidate(event.candidate ?? undefined);
  sender.addTrack(stream.getAudioTracks()[0]!, stream);
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription!);
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription!);
  window.mouth.afterPress({ delayMs: 50, durationMs: 300 });
}

async function callOneself(
  milliseconds: number,
): Promise<{ frames: SeenFrame[]; tone: { hertz: number; decibels: number } }> {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: 640, height: 360 },
    audio: true,
  });
  const sender = new RTCPeerConnection();
  const receiver = new RTCPeerConnection();
  sender.onicecandidate = (event) => void receiver.addIceCandidate(event.candidate ?? undefined);
  receiver.onicecandidate = (event) => void sender.addIceCandidate(event.candidate ?? undefined);
  const video = document.createElement('video');
  video.muted = true;
  document.body.append(video);
  receiver.ontrack = (event) => {
    if (event.track.kind !== 'video') return;
    video.srcObject = new MediaStream([event.track]);
    void video.play();
  };
  for (const track of stream.getTracks()) sender.addTrack(track, stream);
  await sender.setLocalDescription();
  await receiver.setRemoteDescription(sender.localDescription!);
  await receiver.setLocalDescription();
  await sender.setRemoteDescription(receiver.localDescription!);
  const frames = window.probe.watch(video);
  await new Promise((done) => setTimeout(done, milliseconds));
  const tone = await window.probe.loudestTone();
  return { frames: [...frames], tone };
}
