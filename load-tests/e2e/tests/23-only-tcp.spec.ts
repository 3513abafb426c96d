import { expect, test, type Browser } from '@playwright/test';
import { launchChromium } from '../lib/browser.ts';
import { motionOf, report } from '../lib/figures.ts';
import { NarrowLink } from '../lib/narrow.ts';
import { within } from '../lib/patience.ts';
import { Rest } from '../lib/rest.ts';
import { framesFor, goLive, watch } from '../lib/scene.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { listenFor, soundsHeard } from '../lib/voice-probe.ts';
import { hears, hold, mediaFlow, overKey, spread, talkState, trialsSince, VoiceScene } from '../lib/voice-scene.ts';
import { target } from '../playwright.config.ts';

const CAR_TONE = 1000;

interface Way { protocol: string; tcpType: string; remote: string; connections: number }

interface SeenLeg { remoteAddress: string; tcp: boolean; state: string }

/** A car and a room, each behind a link of its own, over which UDP goes or does not. There is no TURN server. */
test.describe.serial('networks that let no UDP through', () => {
  const server = new Server('only-tcp');
  const links = { room: new NarrowLink(0), car: new NarrowLink(1) };
  const browsers: Browser[] = [];
  let room: Person;
  let car: Person;

  test.beforeAll(async () => {
    links.room.lay();
    links.car.lay();
    // First: a browser that has just noticed its network breaks off what it loads (ERR_NETWORK_CHANGED).
    for (const link of [links.room, links.car]) browsers.push(await launchChromium({}, link.behind(server.port)));
    await server.start('--server.address=0.0.0.0', '--maplebridge.demo.expose=true', `--maplebridge.media.address=${links.room.address},${links.car.address}`);
    udp(false, 'room', 'car');
    room = await new VoiceScene(browsers[0]!, server).console('xinhe', 700, { origin: originOf(links.room) });
    car = await new VoiceScene(browsers[1]!, server).terminal('car1', CAR_TONE, { origin: originOf(links.car) });
  });

  test.afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await server.stop();
    links.room.takeUp();
    links.car.takeUp();
  });

  const originOf = (link: NarrowLink): string => `http://${link.address}:${server.port}`;

  /** Both ways; all of it, to the media port and elsewhere. */
  function udp(goes: boolean, ...who: (keyof typeof links)[]): void {
    for (const link of who.map((one) => links[one])) {
      for (const way of ['down', 'up'] as const) link.lose(way, goes ? 0 : 100);
    }
  }

  /** How a page's packets go now. */
  const way = (person: Person): Promise<Way> => person.page.evaluate(async () => {
    const all = [...(await window.probe.connections.at(-1)!.getStats()).values()] as Record<string, string>[];
    const pair = all.find(({ id }) => id === all.find(({ type }) => type === 'transport')!.selectedCandidatePairId);
    const remote = all.find(({ id }) => id === pair?.remoteCandidateId);
    return {
      protocol: `${remote?.protocol}`, tcpType: `${remote?.tcpType}`,
      remote: `${remote?.address}:${remote?.port}`, connections: window.probe.connections.length,
    };
  });

  /** As the node sees it. */
  async function leg(account: string): Promise<SeenLeg> {
    const admin = await Rest.signIn(server, 'admin');
    return (await admin.get<{ legs: SeenLeg[] }>(`/api/nodes/self/legs?account=${account}`)).legs[0]!;
  }

  /** What the node counts of TCP, but zeros. */
  async function figures(): Promise<Record<string, number>> {
    const text = await (await fetch(`${server.origin}/actuator/prometheus`)).text();
    const lines = [...text.matchAll(/^maplebridge_media_tcp_(\w+?)(?:_total)?(?:\{reason="(\w+)"\})? (\S+)$/gm)];
    return Object.fromEntries(lines.filter(([, , , value]) => Number(value) > 0).map(([, name, reason, value]) => [reason ? `${name} ${reason}` : name!, Number(value)]));
  }

  async function talks(): Promise<{ heardMs: number }> {
    await listenFor(room.page, CAR_TONE);
    await car.page.evaluate(() => window.mouth.always(true));
    await overKey(car);
    await car.page.mouse.down();
    await talkState(car, 'granted');
    expect(await hears(room, CAR_TONE, within(1500)), 'the room hears the car').toBe(true);
    const since = Date.now();
    await room.page.waitForTimeout(3_000);
    const heard = await soundsHeard(room.page, since);
    await car.page.mouse.up();
    await talkState(car, 'idle');
    return { heardMs: Math.round(heard.reduce((sum, { from, to }) => sum + to - Math.max(from, since), 0)) };
  }

  /** How late the room hears what the car says, in ten seconds from now on; beside the picture. */
  async function mouthToEar(): Promise<{ p50: number; p95: number; max: number; count: number; unheard: number }> {
    await car.page.evaluate(() => {
      window.mouth.always(false);
      window.mouth.afterPress({ delayMs: 50, durationMs: 250 });
    });
    await overKey(car);
    await car.page.waitForTimeout(1_000); // sooner it would be the same talk
    const since = Date.now();
    for (let press = 0; press < 10; press++) {
      await hold(car, 450);
      await car.page.waitForTimeout(550);
    }
    await room.page.waitForTimeout(1_500);
    await car.page.evaluate(() => window.mouth.afterPress(null));
    const { trials, unheard } = await trialsSince(car, room, since);
    return { ...spread(trials.map(({ delayMs }) => delayMs)), unheard };
  }

  test('picture and voice go by TCP at the media port’s number', async () => {
    await goLive(car);
    const firstFrameMs = await watch(room, 'car1');
    await framesFor(room, 3); // the sender's rate has settled
    const motion = motionOf(await framesFor(room, 5));
    const voice = await talks();
    const lateMs = await mouthToEar();
    const ways = { room: await way(room), car: await way(car) };
    report('only TCP', { firstFrameMs, ...motion, ...voice, lateMs, ways, node: await figures() });
    await room.page.screenshot({ path: `${target}/screens/only-tcp-room.png` });
    expect(ways.room).toMatchObject({ protocol: 'tcp', tcpType: 'passive', remote: `${links.room.address}:${server.mediaPort}` });
    expect(ways.car).toMatchObject({ protocol: 'tcp', tcpType: 'passive', remote: `${links.car.address}:${server.mediaPort}` });
    expect(motion.frames).toBeGreaterThan(20);
    expect(motion.damaged).toBe(0);
    expect(motion.backwards).toBe(0);
    expect(motion.delayP95Ms).toBeLessThan(within(400));
    expect(voice.heardMs, 'of three seconds').toBeGreaterThan(2_500);
    expect(lateMs.unheard, 'of ten presses').toBeLessThanOrEqual(1);
    expect(lateMs.p95).toBeLessThan(within(250));
  });

  test('who looks after the node sees where such a car really is', async () => {
    const seen = await leg('car1');
    expect(seen).toMatchObject({ tcp: true, state: 'connected' });
    expect(seen.remoteAddress).toMatch(/^10\.78\.1\.2:\d+$/);
  });

  test('on a narrow link the picture becomes smaller, not later, and the room goes on hearing', async () => {
    links.room.narrow(400);
    const narrowing = await mouthToEar(); // while the node has still to notice
    const frames = await framesFor(room, 8);
    const voice = await talks();
    const narrow = await mouthToEar();
    report('only TCP, 400 kbit/s to the room', { ...motionOf(frames), ...voice, narrowing, narrow, link: links.room.state(), node: await figures() });
    links.room.widen();
    udp(false, 'room');
    expect(motionOf(frames).damaged).toBe(0);
    expect(motionOf(frames).delayP95Ms).toBeLessThan(within(700));
    expect(voice.heardMs, 'of three seconds').toBeGreaterThan(1_500);
    for (const voices of [narrowing, narrow]) {
      expect(voices.unheard).toBeLessThanOrEqual(2);
      expect(voices.max).toBeLessThan(within(500));
    }
    await expect.poll(async () => motionOf(await framesFor(room, 2)).delayP95Ms, { timeout: within(20_000) }).toBeLessThan(within(500));
  });

  test('where UDP goes, it goes by UDP', async () => {
    udp(true, 'room', 'car');
    for (const person of [room, car]) {
      await person.page.reload();
      await mediaFlow(person);
    }
    await goLive(car);
    await watch(room, 'car1');
    const motion = motionOf(await framesFor(room, 4));
    const ways = { room: await way(room), car: await way(car) };
    report('UDP open', { ...motion, ways, node: await figures() });
    expect(ways.room.protocol).toBe('udp');
    expect(ways.car.protocol).toBe('udp');
    expect(await leg('car1')).toMatchObject({ tcp: false });
  });

  // A car notices by itself that nobody answers its picture; who only looks, that the browser's checks are not answered.
  for (const [who, what, aimMs] of [['car', 'of the car that sends', 5_000], ['room', 'of the room that looks', 10_000]] as const) {
    test(`UDP that ends under a running picture, ${what}: it goes on by TCP by itself`, async () => {
      const person = who === 'car' ? car : room;
      const before = await way(person);
      expect(before.protocol).toBe('udp');
      const watching = framesFor(room, 30);
      await room.page.waitForTimeout(2_000);
      udp(false, who);
      const ended = Date.now();
      const frames = await watching;
      const last = frames.findLast(({ shownMs }) => shownMs <= ended + 300)!;
      const back = frames.find(({ damaged, sentMs, shownMs }) => !damaged && sentMs > ended + 300 && shownMs > last.shownMs);
      const after = await way(person);
      const motion = motionOf(frames);
      report(`UDP ends for the ${who}`, { backMs: back ? Math.round(back.shownMs - ended) : null, longestGapMs: motion.longestGapMs, damaged: motion.damaged, before, after, node: await figures() });
      expect(back, 'the picture comes back').toBeTruthy();
      expect(back!.shownMs - ended).toBeLessThan(within(aimMs));
      expect(after.protocol).toBe('tcp');
      await expect(car.at(ids.stopLive)).toBeVisible();
    });
  }

  test('UDP that comes back after some seconds is taken again', async () => {
    udp(true, 'room', 'car');
    await car.page.reload(); // by TCP until now
    await mediaFlow(car);
    await goLive(car);
    expect((await way(car)).protocol).toBe('udp');
    udp(false, 'car');
    const ended = Date.now();
    await expect.poll(async () => (await way(car)).protocol, { timeout: within(10_000) }).toBe('tcp');
    const tcpMs = Date.now() - ended;
    udp(true, 'car');
    const back = Date.now();
    await expect.poll(async () => (await way(car)).protocol, { timeout: within(20_000) }).toBe('udp');
    report('UDP away for some seconds', { tcpMs, udpAgainMs: Date.now() - back });
  });
});
