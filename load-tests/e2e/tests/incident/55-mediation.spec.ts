import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { launchChromium } from '../../lib/browser.ts';
import { addProbe, addSyntheticMedia } from '../../lib/page-scripts.ts';
import { Rest } from '../../lib/rest.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

const TONES = { mediator: 500, ann: 1000, bo: 1500 };
/** After a private talk began: what was in the listener's own buffers has been played by then. */
const PLAYED_OUT_MS = 1_000;

/** Of full scale. */
const AUDIBLE = 0.01;
const SILENT = 0.0005;

/** What is recorded takes its time. */
const TALK_MS = 5_000;
/** People's pictures are kept together so closely. */
const DRIFT_MS = 200;
/** A recording begins so long after a move was told, and a packet may be on its way. */
const BETWEEN_MS = 50;

interface Span { person: string; room: string; from: string; until: string; complete: boolean; chains: string[] }

interface Seat {
  page: Page;
  at(id: string): Locator;
}

/** From two links to a signed paper: a mediator at a desk and two parties with telephones, one of them by keyboard alone. */
test.describe.serial('mediation', () => {
  const server = new Server('mediation');
  let browser: Browser;
  let mediator: Seat;
  let ann: Seat;
  let bo: Seat;
  const links: Record<string, string> = {};
  const alone = { from: 0, until: 0 };
  let mediation = '';

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    mediator = await sit(TONES.mediator, { width: 1440, height: 900 });
    ann = await sit(TONES.ann, { width: 390, height: 844 });
    bo = await sit(TONES.bo, { width: 320, height: 640 });
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function sit(toneHertz: number, viewport: { width: number; height: number }): Promise<Seat> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', permissions: ['camera', 'microphone', 'clipboard-write'] });
    await addProbe(context);
    await addSyntheticMedia(context, { toneHertz, width: 320, height: 240, framesPerSecond: 10 });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    return { page, at: (id) => page.getByTestId(id) };
  }

  async function keep(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/mediation-${name}.png`, fullPage: true });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, 'nothing sticks out at the side').toBeLessThanOrEqual(0);
  }

  /** Presses Tab until this has the focus, as somebody does who has no mouse. */
  async function tabTo(page: Page, wanted: Locator): Promise<void> {
    await wanted.waitFor();
    for (let i = 0; i < 60; i++) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('the keyboard does not get there');
  }

  async function press(seat: Seat, id: string, key = 'Enter'): Promise<void> {
    await tabTo(seat.page, seat.at(id));
    await seat.page.keyboard.press(key);
  }

  /** Media packets that have come to a page so far, by kind. */
  async function received(page: Page): Promise<number> {
    return page.evaluate(async () => {
      let packets = 0;
      for (const connection of window.probe.connections) {
        (await connection.getStats()).forEach((entry) => (packets += entry.type === 'inbound-rtp' ? (entry.packetsReceived as number) : 0));
      }
      return packets;
    });
  }

  /** The loudest sample that any sound received by the page has within the given time, by an AnalyserNode on each. */
  async function loudest(page: Page, milliseconds: number): Promise<number> {
    return page.evaluate(async (lasts) => {
      const audio = new AudioContext();
      await audio.resume();
      const tracks = window.probe.connections.filter(({ connectionState }) => connectionState !== 'closed').flatMap((connection) => connection.getReceivers().map(({ track }) => track)).filter(({ kind }) => kind === 'audio');
      const ears = tracks.map((track) => {
        const ear = audio.createAnalyser();
        audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
        return ear;
      });
      const samples = new Float32Array(2048);
      let peak = 0;
      for (const ends = performance.now() + lasts; performance.now() < ends; await new Promise((done) => setTimeout(done, 20))) {
        for (const ear of ears) {
          ear.getFloatTimeDomainData(samples);
          peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), peak);
        }
      }
      await audio.close();
      return peak;
    }, milliseconds);
  }

  /** Waits until that many others are seen moving. */
  async function seesMoving(seat: Seat, others: number): Promise<void> {
    await expect.poll(() => seat.page.evaluate(async () => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>('figure video')].filter((video) => !video.muted);
      const before = videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
      await new Promise((done) => setTimeout(done, 700));
      return videos.filter((video, index) => video.getVideoPlaybackQuality().totalVideoFrames > before[index]!).length;
    })).toBe(others);
  }

  async function room(seat: Seat, word: string): Promise<void> {
    await expect(seat.at('table')).toHaveAttribute('data-room', word);
  }

  async function recorded(seat: Seat, on: boolean): Promise<void> {
    await expect(seat.at('recorded')).toHaveAttribute('data-on', String(on));
    await expect(seat.at('recorded')).toHaveText(on ? '● 正在录音录像' : '没有录音录像');
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

  test('the mediator opens a case and invites both parties', async () => {
    const { page, at } = mediator;
    await page.goto(`${server.origin}/mediation`);
    await expectUsable(page);
    await page.getByLabel('账号').fill('mediator');
    await page.getByLabel('密码').fill(server.password);
    await page.getByRole('button', { name: '登录' }).click();
    await expect(at('cases').getByRole('heading', { name: '劳务合同纠纷' })).toBeVisible();
    await at('case-new').click();
    await page.getByLabel('名称').fill('院墙纠纷');
    await page.getByLabel('事由').fill('两家共用院墙倒塌，谁来修。');
    await page.getByLabel('甲方', { exact: true }).fill('张某');
    await page.getByLabel('乙方', { exact: true }).fill('李某');
    await page.getByRole('button', { name: '建立' }).click();
    const own = page.locator('li.card').filter({ hasText: '院墙纠纷' });
    for (const person of ['p2', 'p3']) {
      await own.locator(`[data-invite="${person}"]`).click();
      const text = await at('invite-text').inputValue();
      links[person] = text.match(/https?:\S+/)![0];
      await expect(page.getByRole('img', { name: '扫这个码进入调解' })).toBeVisible();
      if (person === 'p2') await keep(page, 'invite');
      await page.keyboard.press('Escape');
    }
    await expectUsable(page);
    await keep(page, 'cases');
    await own.getByTestId('case-sit').click();
    await at('device-go').click();
    await room(mediator, 'joint');
  });

  test('a party comes by three presses; the link opens nothing a second time', async () => {
    await ann.page.goto(links.p2!);
    await keep(ann.page, 'join');
    await expectUsable(ann.page);
    const began = Date.now();
    await ann.at('join-enter').click();
    await expect(ann.page).toHaveURL(/\/mediation$/);
    await expectUsable(ann.page);
    await keep(ann.page, 'devices');
    await ann.at('device-go').click();
    await expect(ann.at('consent')).toBeVisible();
    await expectUsable(ann.page);
    await keep(ann.page, 'consent');
    await ann.at('consent-recording').check();
    await ann.at('consent-confidential').check();
    await ann.at('consent-agree').click();
    await expect(ann.at('waiting')).toBeVisible();
    expect(Date.now() - began).toBeLessThan(20_000);
    await expectUsable(ann.page);
    await keep(ann.page, 'waiting');
    await bo.page.goto(links.p2!);
    await bo.at('join-enter').click();
    await expect(bo.at('join-problem')).toHaveAttribute('data-code', 'invitation-used');
    await keep(bo.page, 'used');
  });

  test('the other one is late, and does everything by keyboard on the smallest screen', async () => {
    await mediator.page.locator('[data-admit="p2"]').click();
    await room(ann, 'joint');
    await recorded(ann, true);
    await bo.page.goto('about:blank');
    await bo.page.goto(links.p3!);
    await press(bo, 'join-enter');
    await press(bo, 'device-go');
    await tabTo(bo.page, bo.at('consent-confidential'));
    await bo.page.keyboard.press('Space');
    await tabTo(bo.page, bo.at('consent-recording'));
    await bo.page.keyboard.press('Space');
    await press(bo, 'consent-agree');
    await expect(bo.at('waiting')).toBeVisible();
    await expectUsable(bo.page);
    await mediator.page.locator('[data-admit="p3"]').click();
    await room(bo, 'joint');
    await expect.poll(() => loudest(bo.page, 400)).toBeGreaterThan(AUDIBLE);
    for (const seat of [mediator, ann, bo]) await seesMoving(seat, 2);
    for (const seat of [mediator, ann, bo]) await recorded(seat, true);
    await bo.page.waitForTimeout(TALK_MS);
    await expectUsable(bo.page);
    await keep(bo.page, 'joint-320');
    await keep(mediator.page, 'joint-mediator');
  });

  test('while the mediator talks with one in private, not a packet and not a sound comes to the other', async () => {
    await mediator.page.locator('[data-private="p2"]').click();
    await room(ann, 'p2');
    alone.from = Date.now();
    for (const seat of [mediator, ann, bo]) await recorded(seat, false);
    await expect(ann.at('room')).toHaveText('私下会谈');
    await room(bo, 'joint');
    await expect(bo.at('no-mediator')).toBeVisible();
    const before = await received(bo.page);
    await bo.page.waitForTimeout(PLAYED_OUT_MS);
    const quiet = await loudest(bo.page, 2_000);
    expect(await received(bo.page), 'packets at the other page').toBe(before);
    expect(quiet).toBeLessThan(SILENT);
    await expect(bo.page.locator('figure video')).toHaveCount(1);
    await expect.poll(() => loudest(ann.page, 400)).toBeGreaterThan(AUDIBLE);
    await expectUsable(ann.page);
    await expectUsable(mediator.page);
    await keep(ann.page, 'private-party');
    await keep(mediator.page, 'private-mediator');
    await keep(bo.page, 'private-other-320');
    alone.until = Date.now();
    await mediator.at('together').click();
    await room(ann, 'joint');
    for (const seat of [mediator, ann, bo]) await recorded(seat, true);
    await expect.poll(() => loudest(bo.page, 400)).toBeGreaterThan(AUDIBLE);
    for (const seat of [mediator, ann, bo]) await seesMoving(seat, 2);
    console.log(`at the other page: ${(await received(bo.page)) - before} packets since they are together again, loudest sample during the private talk ${quiet}`);
  });

  test('a private talk is recorded only when the mediator asked and each who is there said yes', async () => {
    await mediator.page.locator('[data-private="p3"]').click();
    await room(bo, 'p3');
    await recorded(bo, false);
    await mediator.at('record-request').click();
    await expect(bo.at('record-ask')).toBeVisible();
    await expectUsable(bo.page);
    await keep(bo.page, 'record-ask-320');
    await recorded(mediator, false);
    await keep(mediator.page, 'record-waits');
    await press(bo, 'record-yes');
    for (const seat of [mediator, bo]) await recorded(seat, true);
    await recorded(ann, false);
    await bo.page.waitForTimeout(TALK_MS);
    await expectUsable(mediator.page);
    await bo.at('record-stop').click();
    for (const seat of [mediator, bo]) await recorded(seat, false);
    await mediator.at('together').click();
    await room(bo, 'joint');
    await recorded(ann, true);
    await ann.at('record-consent').click();
    for (const seat of [mediator, ann, bo]) await recorded(seat, false);
    await expect(mediator.page.locator('[data-row="p2"]')).toContainText('不同意录制');
    await keep(mediator.page, 'taken-back');
    await ann.at('record-consent').click();
    await recorded(bo, true);
    await bo.page.waitForTimeout(TALK_MS);
  });

  test('the agreement is written, read back, signed on each device, and taken home as a paper', async () => {
    await mediator.at('text-draft').click();
    await expect(mediator.at('text-body')).toHaveValue(/院墙/);
    await mediator.at('text-body').fill('一、甲方出材料，乙方出工，十日内修好院墙。\n二、费用各半。');
    await mediator.at('text-save').click();
    await mediator.at('text-read').click();
    await expect(ann.at('texts')).toContainText('十日内修好院墙');
    await signs(ann);
    await expect(ann.at('texts')).toContainText('您已签名');
    await keep(ann.page, 'signed');
    await mediator.at('text-body').fill('一、甲方出材料，乙方出工，七日内修好院墙。\n二、费用各半。');
    await mediator.at('text-save').click();
    await expect(ann.at('texts'), 'of the text before').toHaveCount(0);
    await mediator.at('text-read').click();
    await signs(ann);
    await tabTo(bo.page, bo.at('pad-name'));
    await bo.page.keyboard.type('李某');
    await press(bo, 'pad-sign');
    await expect(bo.at('texts')).toContainText('您已签名');
    await keep(bo.page, 'signed-320');
    await mediator.at('end-agreed').click();
    await expect(mediator.at('texts')).toContainText('还有人没有签名');
    await signs(mediator);
    await mediator.at('end-agreed').click();
    for (const { at } of [mediator, ann, bo]) await expect(at('over')).toHaveText('调解结束：已达成协议');
    await expect(mediator.at('replay-link')).toHaveAttribute('href', /^\/replay\?mediation=m-/);
    await expect(ann.at('replay-link')).toHaveCount(0);
    mediation = (await mediator.at('replay-link').getAttribute('href'))!.split('=')[1]!;
    await expectUsable(ann.page);
    await keep(ann.page, 'over');
    const [download] = await Promise.all([ann.page.waitForEvent('download'), ann.at('paper').click()]);
    const path = `${target}/screens/mediation.pdf`;
    await download.saveAs(path);
    const file = readFileSync(path);
    expect(file.subarray(0, 5).toString()).toBe('%PDF-');
    const code = download.suggestedFilename().replace('.pdf', '');
    const verified = (await (await fetch(`${server.origin}/api/public/agreements/${code}`)).json()) as { sha256: string };
    const digest = await crypto.subtle.digest('SHA-256', file);
    expect(Buffer.from(digest).toString('hex')).toBe(verified.sha256);
  });

  test('a party whose mediator has gone finds herself in the waiting room', async () => {
    const rest = await Rest.signIn(server, 'mediator');
    const seat = (await (await rest.call('POST', '/api/mediations/demo-m2/seat', {})).json()) as { token: string };
    const link = (await (await rest.call('POST', '/api/mediations/demo-m2/people/p2/invitations', {})).json()) as { path: string };
    await ann.at('leave').click();
    await ann.page.goto('about:blank');
    await ann.page.goto(server.origin + link.path);
    await ann.at('join-enter').click();
    await ann.at('device-go').click();
    await ann.at('consent-confidential').check();
    await ann.at('consent-agree').click();
    await expect(ann.at('waiting')).toBeVisible();
    await mediator.at('leave').click();
    await mediator.page.evaluate((token) => sessionStorage.setItem('maplebridge.table', JSON.stringify({ token, title: '相邻采光纠纷', expiresAt: new Date(Date.now() + 3_600_000).toISOString() })), seat.token);
    await mediator.page.reload();
    await mediator.at('device-go').click();
    await mediator.page.locator('[data-private="p2"]').click();
    await room(ann, 'p2');
    await mediator.page.goto('about:blank');
    await expect(ann.at('table')).toHaveAttribute('data-room', 'waiting', { timeout: 60_000 });
    await keep(ann.page, 'mediator-gone');
  });

  test('a telephone whose clock is two years ahead is not sent away when its page is opened again', async () => {
    const rest = await Rest.signIn(server, 'mediator');
    const link = (await (await rest.call('POST', '/api/mediations/demo-m2/people/p3/invitations', {})).json()) as { path: string };
    const early = await sit(TONES.bo, { width: 390, height: 844 });
    await early.page.addInitScript((ahead) => {
      const real = Date;
      const now = (): number => real.now() + ahead;
      window.Date = new Proxy(real, {
        construct: (type, given: [number]) => (given.length > 0 ? new type(...given) : new type(now())),
        get: (type, key) => (key === 'now' ? now : Reflect.get(type, key) as unknown),
      });
    }, 2 * 365 * 86_400_000);
    await early.page.goto(`${server.origin}${link.path}`);
    await early.at('join-enter').click();
    await early.at('device-go').click();
    await early.at('consent-confidential').check();
    await early.at('consent-agree').click();
    await expect(early.at('waiting')).toBeVisible();
    expect(await early.page.evaluate(() => new Date().getFullYear())).toBeGreaterThan(new Date().getFullYear() + 1);
    await early.page.reload();
    await early.at('device-go').click();
    await expect(early.at('waiting')).toBeVisible();
    const kept = await early.page.evaluate(() => JSON.parse(sessionStorage.getItem('maplebridge.table')!) as { expiresAt: string });
    expect(Date.parse(kept.expiresAt), 'by its own clock').toBeGreaterThan(Date.now() + 700 * 86_400_000);
    await early.page.context().close();
  });

  test('it is gone through again by who leads: what was private is on no lane, and all go by one clock', async () => {
    const rest = await Rest.signIn(server, 'mediator');
    const replay = (): Promise<{ recordings: Span[] }> => rest.get(`/api/mediations/${mediation}/replay`);
    await expect.poll(async () => (await replay()).recordings.every(({ until, chains }) => until && chains.length === 2)).toBe(true);
    const spans = (await replay()).recordings;
    const inside = spans.filter(({ from, until }) => Date.parse(from) < alone.until && Date.parse(until) > alone.from + BETWEEN_MS);
    expect(inside, 'of the private talk').toEqual([]);
    expect(new Set(spans.filter(({ room: of }) => of === 'p3').map(({ person }) => person))).toEqual(new Set(['p1', 'p3']));
    expect(spans.filter(({ room: of }) => of === 'p2')).toEqual([]);

    const { page } = mediator;
    await page.evaluate(() => sessionStorage.removeItem('maplebridge.table')).catch(() => undefined);
    await page.goto(`${server.origin}/mediation`);
    await page.evaluate(() => sessionStorage.removeItem('maplebridge.table'));
    await page.reload();
    const link = page.locator(`[data-replay="${mediation}"]`);
    await expectUsable(page);
    await keep(page, 'cases-over');
    await link.click();
    await page.locator('[data-testid=replay][data-ready=true]').waitFor();
    for (const person of ['p1', 'p2', 'p3']) {
      const lane = page.getByTestId(`lane-pictures-${person}`);
      await expect(lane).toHaveAttribute('data-count', String(spans.filter((span) => span.person === person).length));
    }
    await page.getByTestId('replay-skip').click();
    await seek(page, Date.parse(spans.find(({ person, from, until }) => person === 'p3' && Date.parse(until) - Date.parse(from) > TALK_MS * 0.8)!.from) + 1_500);
    const tiles = page.getByTestId('replay-picture');
    await expect(tiles).toHaveCount(3);
    for (let tile = 0; tile < 3; tile++) await expect(tiles.nth(tile)).toHaveAttribute('data-state', 'ready');
    await page.getByTestId('replay-play').click();
    await expect.poll(() => page.evaluate(() => [...document.querySelectorAll<HTMLVideoElement>('[data-testid=replay-picture] video')].filter((video) => !video.paused && video.getVideoPlaybackQuality().totalVideoFrames > 5 && video.videoWidth > 0).length)).toBe(3);
    const looks: { at: number; times: number[] }[] = [];
    for (let look = 0; look < 30; look++) {
      looks.push(await page.evaluate(() => ({
        at: Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at),
        times: [...document.querySelectorAll<HTMLElement>('[data-testid=replay-picture]')].map((tile) => Number(tile.dataset.began) + tile.querySelector('video')!.currentTime * 1000),
      })));
      await page.waitForTimeout(50);
    }
    const between = Math.max(...looks.map(({ times }) => Math.max(...times) - Math.min(...times)));
    const off = Math.max(...looks.flatMap(({ at, times }) => times.map((time) => Math.abs(time - at))));
    expect(looks.at(-1)!.times[0]! - looks[0]!.times[0]!, 'they play meanwhile').toBeGreaterThan(1_000);
    const heard = await tones(page);
    await keep(page, 'replay');
    await expectUsable(page);
    expect(Math.max(between, off)).toBeLessThanOrEqual(DRIFT_MS);
    expect(heard, 'each with the own voice').toEqual([TONES.mediator, TONES.ann, TONES.bo]);

    await page.getByTestId('replay-play').click();
    await seek(page, (alone.from + alone.until) / 2);
    await expect(tiles).toHaveCount(0);
    await keep(page, 'replay-private');
    console.log(`replayed: ${spans.length} stretches, three pictures at most ${between.toFixed(1)} ms apart, ${Math.round(off)} ms off the clock, tones ${heard.join(', ')} Hz`);

    await ann.page.goto(`${server.origin}/replay?mediation=${mediation}`);
    await expect(ann.page.getByTestId('replay'), 'a party has no account').toHaveCount(0);
    for (const stranger of ['zeguo-police', 'daxi-mediator']) {
      const other = await Rest.signIn(server, stranger);
      expect((await other.call('GET', `/api/mediations/${mediation}/replay`)).status).toBe(404);
    }
  });

  async function seek(page: Page, at: number): Promise<void> {
    const board = (await page.getByTestId('replay-board').boundingBox())!;
    const number = async (name: string): Promise<number> => Number(await page.getByTestId('replay').getAttribute(`data-${name}`));
    const [from, until] = [await number('from'), await number('until')];
    await page.mouse.click(board.x + ((at - from) / (until - from)) * board.width, board.y + 40);
    expect(Math.abs((await number('at')) - at)).toBeLessThan(1_000);
  }

  /** The tone that each tile's sound holds, rounded to 100 Hz, by the names beneath them. */
  async function tones(page: Page): Promise<number[]> {
    return page.evaluate(async () => {
      const audio = new AudioContext();
      await audio.resume();
      const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=replay-picture]')].sort((a, b) => a.dataset.unit!.localeCompare(b.dataset.unit!));
      const ears = tiles.map((tile) => {
        const ear = audio.createAnalyser();
        ear.fftSize = 8192;
        audio.createMediaElementSource(tile.querySelector('video')!).connect(ear);
        return ear;
      });
      await new Promise((done) => setTimeout(done, 600));
      const found = ears.map((ear) => {
        const strength = new Float32Array(ear.frequencyBinCount);
        ear.getFloatFrequencyData(strength);
        const peak = strength.indexOf(Math.max(...strength));
        return Math.round((peak * audio.sampleRate) / ear.fftSize / 100) * 100;
      });
      await audio.close();
      return found;
    });
  }
});
