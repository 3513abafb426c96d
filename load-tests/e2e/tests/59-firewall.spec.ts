import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { framesFor, goLive, watch } from '../lib/scene.ts';
import type { Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { onlyTls, TURN_ADDRESS, TurnServer } from '../lib/turn.ts';
import { hears, overKey, talkState, VoiceScene } from '../lib/voice-scene.ts';
import { listenFor } from '../lib/voice-probe.ts';
import { target } from '../playwright.config.ts';

const CAR_TONE = 1000;

interface Way { type: string; protocol: string; credential: string; username: string }

/** Pages that can send nothing but TLS: by the TURN server that docs/operations.md describes. */
test.describe.serial('the worst firewalls', () => {
  const turn = new TurnServer();
  const server = new Server('firewall');
  let browser: Browser;
  let room: Person;
  let car: Person;
  let open: (() => void) | undefined;

  test.beforeAll(async () => {
    await turn.start();
    await server.start(...turn.properties);
    open = onlyTls(server.mediaPort);
    browser = await launchChromium({}, undefined, ['--ignore-certificate-errors']); // of the TURN server's, which only this test knows
    const scene = new VoiceScene(browser, server);
    room = await scene.console('xinhe', 700);
    car = await scene.terminal('car1', CAR_TONE);
  });

  test.afterAll(async () => {
    open?.();
    await browser?.close();
    await server.stop();
    turn.stop();
  });

  /** How a page's packets go. */
  const way = (person: Person): Promise<Way> => person.page.evaluate(async () => {
    const connection = window.probe.connections.at(-1)!;
    const all = [...(await connection.getStats()).values()] as Record<string, string>[];
    const pair = all.find(({ id }) => id === all.find(({ type }) => type === 'transport')!.selectedCandidatePairId)!;
    const local = all.find(({ id }) => id === pair.localCandidateId)!;
    const { username, credential } = connection.getConfiguration().iceServers!.at(-1)!;
    return { type: local.candidateType!, protocol: local.relayProtocol!, username: username!, credential: credential! };
  });

  test('picture and voice go through TLS on port 443', async () => {
    await goLive(car);
    const firstFrameMs = await watch(room, 'car1');
    const motion = motionOf(await framesFor(room, 3));
    await listenFor(room.page, CAR_TONE);
    await car.page.evaluate(() => window.mouth.always(true));
    await overKey(car);
    await car.page.mouse.down();
    await talkState(car, 'granted');
    expect(await hears(room, CAR_TONE), 'the room hears the car').toBe(true);
    await car.page.mouse.up();
    report('through TURN over TLS', { firstFrameMs, motion });
    for (const person of [room, car]) {
      expect(await way(person)).toMatchObject({ type: 'relay', protocol: 'tls' });
    }
    expect(motion.damaged).toBe(0);
    expect(motion.backwards).toBe(0);
    await room.page.screenshot({ path: `${target}/screens/firewall-room.png` });
  });

  test('its credentials are each one’s own, end by themselves, and reach the nodes alone', async () => {
    const [ofRoom, ofCar] = [await way(room), await way(car)];
    const left = Number(ofCar.username.split(':')[0]) - Date.now() / 1000;
    expect(ofCar.username).toMatch(/^\d+:car1$/);
    expect(left).toBeGreaterThan(23 * 3600);
    expect(left).toBeLessThan(25 * 3600);
    expect(ofRoom.credential).not.toBe(ofCar.credential);
    const own = (peer: string): string => turn.relaysTo(peer, ofCar.username, ofCar.credential);
    expect(own('127.0.0.1'), 'into the machine itself').toMatch(/Forbidden/);
    expect(own('192.168.1.1'), 'into a private range').toMatch(/Forbidden/);
    expect(own(TURN_ADDRESS), 'to the node').not.toMatch(/Forbidden/);
    const old = `${Math.floor(Date.now() / 1000) - 60}:car1`;
    expect(turn.relaysTo(TURN_ADDRESS, old, ofCar.credential), 'an old name with a password that was good').toMatch(/Unauthorized|401|[Cc]annot/);
  });
});
