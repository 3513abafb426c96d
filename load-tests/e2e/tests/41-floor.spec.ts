import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { report } from '../lib/figures.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import {
  awaitTold, hears, hold, mediaFlow, overKey, talkState, toldSince, VoiceScene,
} from '../lib/voice-scene.ts';

const GROUP = 'group-xinhe';
const ROOM_TONE = 700;
const CAR1_TONE = 1000;
const CAR2_TONE = 1300;

/** Whose turn it is: taking over, waiting, talking too long, being spoken to, and talking out of turn. */
test.describe.serial('the floor', () => {
  const server = new Server('floor');
  let browser: Browser;
  let city: Person;
  let room: Person;
  let car1: Person;
  let car2: Person;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    const scene = new VoiceScene(browser, server);
    city = await scene.console('city', 500);
    room = await scene.console('xinhe', ROOM_TONE);
    car1 = await scene.terminal('car1', CAR1_TONE);
    car2 = await scene.terminal('car2', CAR2_TONE);
    for (const person of [city, room, car1, car2]) await person.page.evaluate(() => window.mouth.always(true));
    for (const person of [room, car1, car2]) await overKey(person);
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('the override key takes the floor from who talks', async () => {
    await car1.page.mouse.down();
    await talkState(car1, 'granted');
    expect(await hears(car2, CAR1_TONE)).toBe(true);
    const since = Date.now();
    await overKey(room, ids.override);
    await room.page.mouse.down();
    await talkState(room, 'granted');
    await awaitTold(car1, since, 'floor.revoked', { call: GROUP, cause: 4 });
    await talkState(car1, /taken|idle|denied|queued/);
    expect(await hears(car2, ROOM_TONE)).toBe(true);
    await room.page.mouse.up();
    await car1.page.mouse.up();
    await talkState(room, 'idle');
  });

  test('who presses while another one talks waits for his turn, and has it while he holds the key', async () => {
    await car1.page.mouse.down();
    await talkState(car1, 'granted');
    const since = Date.now();
    await car2.page.mouse.down();
    await talkState(car2, 'queued');
    expect(await awaitTold(car2, since, 'floor.queued')).toMatchObject({ call: GROUP, position: 1 });
    await car1.page.mouse.up();
    await talkState(car2, 'granted');
    await overKey(room);
    expect(await hears(room, CAR2_TONE)).toBe(true);
    await car2.page.mouse.up();
    await talkState(car2, 'idle');
  });

  test('who lets the key go while he waits has no turn', async () => {
    await car1.page.mouse.down();
    await talkState(car1, 'granted');
    const since = Date.now();
    await car2.page.mouse.down();
    await talkState(car2, 'queued');
    await car2.page.mouse.up();
    await car1.page.mouse.up();
    await awaitTold(car1, since, 'floor.idle', { call: GROUP });
    expect(await toldSince(car2, since, 'floor.granted')).toEqual([]);
    await talkState(car2, 'idle');
  });

  test('who talks for half a minute is warned and then stopped', async () => {
    test.slow();
    const since = Date.now();
    await car1.page.mouse.down();
    await talkState(car1, 'granted');
    const revoked = await awaitTold(car1, since, 'floor.revoked', { call: GROUP }, 40_000);
    const cues = await car1.page.evaluate((from) => window.witness.cues.filter((c) => c.at >= from), since);
    report('longest talk', { afterMs: Date.now() - since, cause: revoked.cause, cues: cues.length });
    expect(revoked).toMatchObject({ cause: 2 });
    expect(cues.filter((cue) => cue.hertz === 1000).length).toBeGreaterThanOrEqual(3); // five seconds before
    await car1.page.mouse.up();
    await awaitTold(car2, since, 'floor.idle', { call: GROUP });
  });

  test('a broadcast is heard by all and answered by nobody', async () => {
    await city.at(ids.broadcast).click();
    await city.at('broadcast-group').selectOption(GROUP);
    await overKey(city, ids.broadcastKey);
    const since = Date.now();
    await city.page.mouse.down();
    await talkState(city, 'granted', ids.broadcastKey);
    expect(await Promise.all([hears(car1, 500), hears(car2, 500), hears(room, 500)])).toEqual([true, true, true]);
    await hold(car1, 400);
    expect(await awaitTold(car1, since, 'floor.denied')).toMatchObject({ call: GROUP, cause: 5 });
    expect(await toldSince(car1, since, 'floor.granted')).toEqual([]);
    await city.page.mouse.up();
    await awaitTold(car1, since, 'floor.idle', { call: GROUP });
    await city.page.keyboard.press('Escape');
    await hold(car1, 600);
    expect(await toldSince(car1, since, 'floor.granted')).toHaveLength(1);
    await talkState(car1, 'idle');
  });

  test('a terminal that sends its voice without the floor is heard by nobody, told so and cut off', async () => {
    const since = Date.now();
    await car2.page.evaluate(() => {
      const connection = window.probe.connections.at(-1)!;
      const sender = connection.getTransceivers().find((t) => t.sender.track?.kind === 'audio' || t.mid === '0')!.sender;
      const audio = new AudioContext();
      const tone = audio.createOscillator();
      const output = audio.createMediaStreamDestination();
      tone.frequency.value = 1300;
      tone.connect(output);
      tone.start();
      // The page takes its own track off again whenever it thinks of it.
      setInterval(() => void sender.replaceTrack(output.stream.getAudioTracks()[0]!).catch(() => {}), 100);
    });
    expect(await awaitTold(car2, since, 'floor.revoked')).toMatchObject({ cause: 3 });
    expect(await hears(room, CAR2_TONE, 2500)).toBe(false);
    expect(await hears(car1, CAR2_TONE, 500)).toBe(false);
    const lost = await awaitTold(car2, since, 'media.state', { state: 'lost' }, 60_000);
    report('talking without the floor', { told: (await toldSince(car2, since, 'floor.revoked')).length, cause: lost.cause, afterMs: Date.now() - since });

    await car1.page.mouse.down();
    await talkState(car1, 'granted');
    expect(await hears(room, CAR1_TONE)).toBe(true);
    await car1.page.mouse.up();
    await talkState(car1, 'idle');
    await mediaFlow(car1);
    await expect(room.at(ids.talker)).toHaveCount(0);
  });
});
