import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { report } from '../../lib/figures.ts';
import { NarrowLink } from '../../lib/narrow.ts';
import { addProbe, addSyntheticMedia } from '../../lib/page-scripts.ts';
import { within } from '../../lib/patience.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

const TONES = { mediator: 500, ann: 1000, bo: 1500 };
/** What her telephone gets and gives in kbit/s: two voices with their repetition take about 150 of it. */
const ANNS = { down: 300, up: 200, lossPerMille: 20 };
const BOS = { down: 500, up: 300, lossPerMille: 10 };
/** Of full scale; a tone is 0.3. */
const AUDIBLE = 0.01;
const SILENT = 0.0005;
/** After a private talk began: what was in the listener's own buffers has been played by then. */
const PLAYED_OUT_MS = 1_500;
const TALK_MS = 10_000;
/** Of what is played, so much may be made up where packets came late or not at all. */
const MADE_UP = 0.1;

interface Seat {
  page: Page;
  at(id: string): Locator;
  entered: number;
}

/** Two parties whose telephones have weak links, and the mediator at a desk: nobody's voice breaks, and no page stands mute. */
test.describe.serial('a mediation over slow networks', () => {
  const server = new Server('slow-mediation');
  const annsLink = new NarrowLink(1);
  const bosLink = new NarrowLink(2);
  const browsers: Browser[] = [];
  const links: Record<string, string> = {};
  let mediator: Seat;
  let ann: Seat;
  let bo: Seat;

  test.beforeAll(async () => {
    annsLink.lay();
    bosLink.lay();
    await server.start('--server.address=0.0.0.0', '--maplebridge.demo.expose=true');
    browsers.push(await launchChromium());
    mediator = await sit(browsers[0]!, TONES.mediator, { width: 1440, height: 900 });
    browsers.push(await launchChromium({}, annsLink.behind(server.port, { uplink: ANNS.up, lossPerMille: ANNS.lossPerMille })));
    ann = await sit(browsers[1]!, TONES.ann, { width: 390, height: 844 });
    browsers.push(await launchChromium({}, bosLink.behind(server.port, { uplink: BOS.up, lossPerMille: BOS.lossPerMille })));
    bo = await sit(browsers[2]!, TONES.bo, { width: 390, height: 844 });
    annsLink.narrow(ANNS.down);
    bosLink.narrow(BOS.down);
  });

  test.afterAll(async () => {
    for (const browser of browsers) await browser.close();
    await server.stop();
    annsLink.takeUp();
    bosLink.takeUp();
  });

  /** The picture is what a telephone's camera sends: hard to foresee, so that it takes all that it may. */
  async function sit(browser: Browser, toneHertz: number, viewport: { width: number; height: number }): Promise<Seat> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', permissions: ['camera', 'microphone'] });
    await addProbe(context);
    await addSyntheticMedia(context, { toneHertz, width: 640, height: 480, framesPerSecond: 15, grain: 0.3 });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    return { page, at: (id) => page.getByTestId(id), entered: 0 };
  }

  async function keep(seat: Seat, name: string): Promise<void> {
    await seat.page.screenshot({ path: `${target}/screens/slow-mediation-${name}.png`, fullPage: true });
  }

  async function room(seat: Seat, word: string): Promise<void> {
    await expect(seat.at('table')).toHaveAttribute('data-room', word);
  }

  /** From the link to the waiting room; answers the milliseconds that took. */
  async function comes(seat: Seat, link: string, road: NarrowLink): Promise<Record<string, number>> {
    const began = Date.now();
    await seat.page.goto(`http://${road.address}:${server.port}${new URL(link).pathname}${new URL(link).hash}`);
    await seat.at('join-enter').waitFor();
    const shown = Date.now() - began;
    await seat.at('join-enter').click();
    await seat.at('device-go').click();
    await seat.at('consent-confidential').check();
    await seat.at('consent-recording').check();
    await seat.at('consent-agree').click();
    await expect(seat.at('waiting')).toBeVisible();
    return { pageMs: shown, waitingMs: Date.now() - began };
  }

  interface Ears { loudest: number; tones: number[] }

  /** What a page hears for a while: the loudest sample and which of the three tones stand out. */
  async function hears(seat: Seat, milliseconds: number): Promise<Ears> {
    return seat.page.evaluate(async ({ lasts, wanted }) => {
      const audio = new AudioContext();
      await audio.resume();
      const tracks = window.probe.connections.filter(({ connectionState }) => connectionState !== 'closed').flatMap((connection) => connection.getReceivers().map(({ track }) => track)).filter(({ kind }) => kind === 'audio');
      const ears = tracks.map((track) => {
        const ear = audio.createAnalyser();
        ear.fftSize = 4096;
        ear.smoothingTimeConstant = 0;
        audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
        return ear;
      });
      const samples = new Float32Array(4096);
      const strength = new Float32Array(2048);
      const tones = new Set<number>();
      let loudest = 0;
      for (const ends = performance.now() + lasts; performance.now() < ends; await new Promise((done) => setTimeout(done, 40))) {
        for (const ear of ears) {
          ear.getFloatTimeDomainData(samples);
          loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), loudest);
          ear.getFloatFrequencyData(strength);
          for (const tone of wanted) if (strength[Math.round((tone * ear.fftSize) / audio.sampleRate)]! > -50) tones.add(tone);
        }
      }
      await audio.close();
      return { loudest, tones: [...tones].sort((a, b) => a - b) };
    }, { lasts: milliseconds, wanted: Object.values(TONES) });
  }

  /** Waits until a page hears these tones; answers when it did, in milliseconds since a moment. */
  async function hearsAll(seat: Seat, tones: number[], since: number): Promise<number> {
    await expect.poll(async () => (await hears(seat, 200)).tones).toEqual(tones);
    return Date.now() - since;
  }

  /** Until each of the others moves, or the page says in words why not; answers when, since a moment. */
  async function picturesOrWords(seat: Seat, others: number, since: number): Promise<{ ms: number; moving: number; said: string[] }> {
    let last = { moving: 0, said: [] as string[] };
    await expect.poll(async () => {
      last = await seat.page.evaluate(async () => {
        const tiles = [...document.querySelectorAll<HTMLElement>('figure.tile')].filter((tile) => !tile.querySelector('video')?.muted);
        const frames = (tile: HTMLElement) => tile.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
        const before = tiles.map(frames);
        await new Promise((done) => setTimeout(done, 700));
        const still = tiles.filter((tile, index) => frames(tile) <= before[index]!);
        return { moving: tiles.length - still.length, said: still.map((tile) => tile.querySelector<HTMLElement>('[data-testid=no-picture]')?.innerText ?? '') };
      });
      return last.moving + last.said.filter((words) => words).length;
    }).toBe(others);
    return { ms: Date.now() - since, ...last };
  }

  /** What of the voices a page got, what it made up, and how its pictures fared, between two moments. */
  async function flow(seat: Seat): Promise<Record<'packets' | 'lost' | 'samples' | 'madeUp' | 'frames' | 'videoBytes', number>> {
    const entries = await seat.page.evaluate(() => window.probe.stats('inbound-rtp'));
    const sum = (kind: string, name: string) => entries.filter((entry) => entry.kind === kind && entry.packetsReceived).reduce((all, entry) => all + Number(entry[name] ?? 0), 0);
    return {
      packets: sum('audio', 'packetsReceived'),
      lost: sum('audio', 'packetsLost'),
      samples: sum('audio', 'totalSamplesReceived'),
      madeUp: sum('audio', 'concealedSamples') - sum('audio', 'silentConcealedSamples'),
      frames: sum('video', 'framesDecoded'),
      videoBytes: sum('video', 'bytesReceived'),
    };
  }

  async function during(seat: Seat, milliseconds: number): Promise<{ lostPercent: number; madeUpPercent: number; framesPerSecond: number; videoKbps: number }> {
    const before = await flow(seat);
    const began = Date.now();
    await seat.page.waitForTimeout(milliseconds);
    const after = await flow(seat);
    const seconds = (Date.now() - began) / 1000;
    const grown = (name: keyof typeof after) => after[name] - before[name];
    const round = (value: number) => Math.round(value * 10) / 10;
    return {
      lostPercent: round((100 * grown('lost')) / Math.max(1, grown('packets') + grown('lost'))),
      madeUpPercent: round((100 * grown('madeUp')) / Math.max(1, grown('samples'))),
      framesPerSecond: round(grown('frames') / seconds),
      videoKbps: Math.round((grown('videoBytes') * 8) / seconds / 1000),
    };
  }

  async function signs(seat: Seat): Promise<void> {
    const pad = seat.at('pad').first();
    await pad.evaluate((element) => element.scrollIntoView({ block: 'center' })); // clear of the bar below
    const box = (await pad.boundingBox())!;
    await seat.page.mouse.move(box.x + 20, box.y + 30);
    await seat.page.mouse.down();
    for (let i = 1; i <= 12; i++) await seat.page.mouse.move(box.x + 20 + i * (box.width / 16), box.y + 30 + (i % 3) * (box.height / 5));
    await seat.page.mouse.up();
    await seat.at('pad-sign').first().click();
  }

  test('the mediator invites, and the first party comes over her slow link', async () => {
    const { page, at } = mediator;
    await page.goto(`${server.origin}/mediation`);
    await page.getByLabel('账号').fill('mediator');
    await page.getByLabel('密码').fill(server.password);
    await page.getByRole('button', { name: '登录' }).click();
    await at('case-new').click();
    await page.getByLabel('名称').fill('院墙纠纷');
    await page.getByLabel('事由').fill('两家共用院墙倒塌，谁来修。');
    await page.getByLabel('甲方', { exact: true }).fill('张某');
    await page.getByLabel('乙方', { exact: true }).fill('李某');
    await page.getByRole('button', { name: '建立' }).click();
    const own = page.locator('li.card').filter({ hasText: '院墙纠纷' });
    for (const person of ['p2', 'p3']) {
      await own.locator(`[data-invite="${person}"]`).click();
      links[person] = (await at('invite-text').inputValue()).match(/https?:\S+/)![0];
      await page.keyboard.press('Escape');
    }
    await own.getByTestId('case-sit').click();
    await at('device-go').click();
    await room(mediator, 'joint');
    const came = await comes(ann, links.p2!, annsLink);
    report(`${ANNS.down} kbit/s: from the link to the waiting room`, came);
    expect(came.waitingMs).toBeLessThan(within(15_000));
  });

  test('she and the mediator hear each other at once; the picture follows, or the page says why not', async () => {
    const asked = Date.now();
    await mediator.page.locator('[data-admit="p2"]').click();
    await room(ann, 'joint');
    const [herEar, theMediators, herPicture] = await Promise.all([
      hearsAll(ann, [TONES.mediator], asked), hearsAll(mediator, [TONES.ann], asked), picturesOrWords(ann, 1, asked),
    ]);
    await ann.page.waitForTimeout(5_000); // what the link bears has been found out
    const [hers, mediators] = await Promise.all([during(ann, TALK_MS), during(mediator, TALK_MS)]);
    report('two at the table: first sound and picture, ms', { atAnn: herEar, atMediator: theMediators, picture: herPicture });
    report('two at the table, ten seconds', { atAnn: hers, atMediator: mediators });
    await keep(ann, 'joint-two');
    expect(hers.madeUpPercent).toBeLessThan(100 * MADE_UP);
    expect(mediators.madeUpPercent).toBeLessThan(100 * MADE_UP);
  });

  test('the other party is late; three voices and pictures share the links, and voices come first', async () => {
    const came = await comes(bo, links.p3!, bosLink);
    const asked = Date.now();
    await mediator.page.locator('[data-admit="p3"]').click();
    await room(bo, 'joint');
    const [atBo, atAnn, atMediator] = await Promise.all([
      hearsAll(bo, [TONES.mediator, TONES.ann], asked), hearsAll(ann, [TONES.mediator, TONES.bo], asked), hearsAll(mediator, [TONES.ann, TONES.bo], asked),
    ]);
    const pictures = await Promise.all([bo, ann, mediator].map((seat) => picturesOrWords(seat, 2, asked)));
    report(`${BOS.down} kbit/s: from the link to the waiting room`, came);
    report('three at the table: first sound, ms', { atBo, atAnn, atMediator });
    report('three at the table: picture or words', { atBo: pictures[0], atAnn: pictures[1], atMediator: pictures[2] });
    await ann.page.waitForTimeout(5_000);
    await expect(ann.at('slow-line')).toBeVisible();
    const [bos, anns, mediators] = await Promise.all([bo, ann, mediator].map((seat) => during(seat, TALK_MS)));
    report('three at the table, ten seconds', { atBo: bos, atAnn: anns, atMediator: mediators });
    report('her link', annsLink.state());
    report('his link', bosLink.state());
    await keep(ann, 'joint-ann');
    const { violations } = await new AxeBuilder({ page: ann.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await keep(bo, 'joint-bo');
    await keep(mediator, 'joint-mediator');
    for (const one of [bos, anns, mediators]) expect(one!.madeUpPercent).toBeLessThan(100 * MADE_UP);
  });

  test('voices alone are offered, end the pictures both ways, and bring them back', async () => {
    await ann.at('slow-voices-only').click();
    await expect(ann.at('slow-line')).toHaveCount(0);
    await expect(ann.page.locator('[data-testid=no-picture][data-why=off]')).toHaveCount(2);
    await ann.page.waitForTimeout(2_000);
    const [hers, bos] = await Promise.all([during(ann, TALK_MS), picturesOrWords(bo, 2, Date.now())]);
    report('voices alone at hers, ten seconds', { ...hers, atBo: bos });
    await keep(ann, 'voices-only');
    expect(hers.framesPerSecond).toBe(0);
    expect(hers.videoKbps).toBe(0);
    expect(hers.madeUpPercent).toBeLessThan(100 * MADE_UP);
    expect((await hears(ann, 600)).tones).toEqual([TONES.mediator, TONES.bo]);
    await ann.at('voices-only').click();
    await expect(ann.page.locator('[data-testid=no-picture][data-why=off]')).toHaveCount(0);
    await picturesOrWords(ann, 2, Date.now());
  });

  test('a private talk with her is silence and no packet at his page', async () => {
    await mediator.page.locator('[data-private="p2"]').click();
    await room(ann, 'p2');
    await room(bo, 'joint');
    await expect(bo.at('no-mediator')).toBeVisible();
    await bo.page.waitForTimeout(PLAYED_OUT_MS); // what waited in the narrow place has come, too
    const before = await flow(bo);
    const quiet = await hears(bo, 3_000);
    const after = await flow(bo);
    const private_ = await Promise.all([hearsAll(ann, [TONES.mediator], Date.now()), hearsAll(mediator, [TONES.ann], Date.now())]);
    report('the private talk, at the other page', { loudest: quiet.loudest, voicePackets: after.packets - before.packets, videoBytes: after.videoBytes - before.videoBytes });
    await keep(ann, 'private-ann');
    await keep(bo, 'private-bo');
    expect(private_.every((ms) => ms < within(5_000))).toBe(true);
    expect(quiet.loudest).toBeLessThan(SILENT);
    expect(quiet.tones).toEqual([]);
    expect([after.packets - before.packets, after.videoBytes - before.videoBytes]).toEqual([0, 0]);
    const back = Date.now();
    await mediator.at('together').click();
    report('together again: first sound at his page, ms', await hearsAll(bo, [TONES.mediator, TONES.ann], back));
    expect((await hears(bo, 400)).loudest).toBeGreaterThan(AUDIBLE);
  });

  test('the agreement is written, read back and signed by both, while the voices go on', async () => {
    await mediator.at('text-draft').click();
    await expect(mediator.at('text-body')).toHaveValue(/院墙/);
    await mediator.at('text-body').fill('一、甲方出材料，乙方出工，十日内修好院墙。\n二、费用各半。');
    await mediator.at('text-save').click();
    const read = Date.now();
    await mediator.at('text-read').click();
    await expect(ann.at('texts')).toContainText('十日内修好院墙');
    await expect(bo.at('texts')).toContainText('十日内修好院墙');
    const shown = Date.now() - read;
    for (const seat of [ann, bo, mediator]) {
      await signs(seat);
      await expect(seat.at('texts')).toContainText('您已签名');
    }
    const signed = Date.now() - read;
    expect((await hears(ann, 600)).tones).toEqual([TONES.mediator, TONES.bo]);
    await mediator.at('end-agreed').click();
    for (const { at } of [mediator, ann, bo]) await expect(at('over')).toHaveText('调解结束：已达成协议');
    const pressed = Date.now();
    const [download] = await Promise.all([ann.page.waitForEvent('download'), ann.at('paper').click()]);
    const path = `${target}/screens/slow-mediation.pdf`;
    await download.saveAs(path);
    report('the agreement, ms', { read: shown, threeSignatures: signed, paper: Date.now() - pressed });
    await keep(ann, 'over');
  });
});
