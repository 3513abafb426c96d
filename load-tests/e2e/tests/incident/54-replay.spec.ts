import AxeBuilder from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { quantile } from '../../lib/figures.ts';
import { within } from '../../lib/patience.ts';
import { assign, BURSTS, burstAt, CAMERAS, javaOf, LENGTH_MS, NOTES, ORDERS, placeOf, seed, UNITS } from '../../lib/replay-seed.ts';
import { Rest } from '../../lib/rest.ts';
import { goLive } from '../../lib/scene.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { photo } from '../../lib/snapshots.ts';
import { target } from '../../playwright.config.ts';

const OPEN_MS = 2_000;
const SEEK_MS = 1_000;
const DRIFT_MS = 200;
const FILM_MS = 20_000;
/** Four cameras show themselves to the incident at its end for so long. */
const FOUR_MS = 45_000;
/** So far from the truth is a place that is 200 ms off, for the fastest of the three. */
const METRES_OF_DRIFT = 3.5;

interface Span {
  unit: string;
  medium: string;
  from: string;
  until?: string;
  chain?: string;
}

interface Incident {
  id: string;
}

/** Two hours of an incident, gone through again in the page, by the clock of who looks on. */
test.describe.serial('replay', () => {
  const server = new Server('replay');
  const figures: Record<string, number> = {};
  let browser: Browser;
  let room: Person;
  let rest: Rest;
  let page: Page;
  let incident = '';
  let quiet = '';
  let java = '';
  let begin = new Date();

  test.beforeAll(async () => {
    await server.start();
    java = javaOf(server);
    browser = await launchChromium();
    rest = await Rest.signIn(server, 'xinhe');
    incident = await open('集市打架', { latitude: 28.375, longitude: 121.372 });
    quiet = await open('路灯不亮', { latitude: 28.375, longitude: 121.372 });
    await send(await blank(), incident);
    await server.stop();
    assign(server, java, incident);
    await server.start();
    rest = await Rest.signIn(server, 'xinhe');
    await film();
    await server.stop();
    begin = new Date(Math.floor(Date.now() / 1000) * 1000 - LENGTH_MS);
    seed(server, java, incident, begin);
    await server.start();
    rest = await Rest.signIn(server, 'xinhe');
    room = await sitDown(browser, { origin: server.origin, password: server.password, name: 'xinhe', viewport: { width: 1440, height: 900 } });
    await room.at(ids.console).waitFor();
  });

  test.afterAll(async () => {
    console.log(`replay (aims: open ${OPEN_MS} ms, seek ${SEEK_MS} ms, drift ${DRIFT_MS} ms)`, figures);
    await browser?.close();
    await server.stop();
  });

  /** Four cameras are live at once while the incident is open, and what they show is recorded. */
  async function film(): Promise<void> {
    const cars = await Promise.all(CAMERAS.map((name, index) => sitDown(browser, {
      origin: server.origin, password: server.password, name, viewport: { width: 412, height: 860 },
      media: { width: 320, height: 192, framesPerSecond: 15, toneHertz: 500 * (index + 1) },
    })));
    for (const car of cars) await goLive(car);
    const spans = (): Promise<Span[]> => rest.get<Span[]>(`/api/incidents/${incident}/recordings`);
    await expect.poll(async () => (await spans()).length).toBe(2 * CAMERAS.length);
    await cars[0]!.page.waitForTimeout(FOUR_MS); // what is recorded takes its time
    for (const car of cars) await car.at(ids.stopLive).click();
    await expect.poll(async () => (await spans()).every(({ chain }) => chain)).toBe(true);
    for (const { unit, from, until } of await spans()) {
      expect(Date.parse(until!) - Date.parse(from), unit).toBeGreaterThan(FOUR_MS * 0.8);
    }
    for (const car of cars) await car.context.close();
  }

  async function blank(): Promise<Buffer> {
    const drawing = await browser.newPage();
    const { buffer } = await photo(drawing, '集市现场', 200, [1600, 1200]);
    await drawing.close();
    return buffer;
  }

  async function open(title: string, point?: object): Promise<string> {
    const answer = await rest.call('POST', '/api/incidents', { clientId: crypto.randomUUID(), title, severity: 'red', place: '新河集市', text: '两人推搡', point });
    expect(answer.status).toBe(201);
    return ((await answer.json()) as Incident).id;
  }

  async function send(file: Buffer, id: string): Promise<void> {
    const said = { incident: id, filetype: 'image/jpeg', sha256: createHash('sha256').update(file).digest('hex') };
    const headers = { authorization: `Bearer ${rest.token}`, 'tus-resumable': '1.0.0' };
    const metadata = Object.entries(said).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join(',');
    const begun = await fetch(`${server.origin}/api/uploads`, { method: 'POST', headers: { ...headers, 'upload-length': `${file.length}`, 'upload-metadata': metadata } });
    expect(begun.status, await begun.text()).toBe(201);
    const sent = await fetch(new URL(begun.headers.get('location')!, server.origin), { method: 'PATCH', headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }, body: new Uint8Array(file) });
    expect(sent.status).toBe(204);
  }

  async function keep(name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/replay-${name}.png` });
  }

  async function expectUsable(): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  const number = async (name: string): Promise<number> => Number(await page.getByTestId('replay').getAttribute(`data-${name}`));

  /** Everything on the page against the page's own clock, all read in one moment. */
  async function drift(): Promise<{ voices: number; voiceMs: number; metres: number; places: number }> {
    const seen = await page.evaluate(() => {
      const elements = (window as unknown as { heard: HTMLAudioElement[] }).heard;
      const at = Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at);
      return {
        at,
        voices: elements.filter((audio) => !audio.paused && audio.readyState > 2 && !audio.seeking).map((audio) => ({ burst: audio.dataset.burst!, ms: audio.currentTime * 1000 })),
        places: [...document.querySelectorAll<HTMLElement>('[data-testid=replay-unit]')].map(({ dataset }) => ({ unit: dataset.unit!, latitude: Number(dataset.latitude), longitude: Number(dataset.longitude) })),
      };
    });
    const ms = seen.at - begin.getTime();
    const offs = seen.voices.map((voice) => Math.abs(burstAt(Number(voice.burst.replace('replay-burst-', ''))).ms + voice.ms - ms));
    const metres = seen.places.map((place) => {
      const truth = placeOf(place.unit, ms);
      return Math.hypot((place.latitude - truth.latitude) * 111_320, (place.longitude - truth.longitude) * 97_900);
    });
    return { voices: offs.length, voiceMs: Math.max(0, ...offs), metres: Math.max(0, ...metres), places: metres.length };
  }

  test('opens within two seconds, from the incident in the console', async () => {
    await room.page.keyboard.press('i');
    await room.at('incidents-all').click();
    await room.at(`incident-${incident}`).click();
    await room.page.keyboard.press('F4');
    await room.context.addInitScript(() => {
      const heard: HTMLAudioElement[] = [];
      const Sound = window.Audio;
      (window as unknown as { heard: HTMLAudioElement[] }).heard = heard;
      window.Audio = class extends Sound {
        constructor(address?: string) {
          super(address);
          heard.push(this);
        }
      };
    });
    const pressed = Date.now();
    [page] = await Promise.all([room.context.waitForEvent('page'), room.at('case-replay').click()]);
    page.setDefaultTimeout(30_000);
    await page.locator('[data-testid=replay][data-ready=true]').waitFor();
    await expect(page.getByTestId('replay-map')).toHaveAttribute('data-units', '3');
    figures.openMs = Date.now() - pressed;
    await expect(page.getByTestId('lane-steps')).toHaveAttribute('data-count', String(NOTES + 2));
    await expect(page.getByTestId('lane-orders')).toHaveAttribute('data-count', String(ORDERS * 5));
    const voices = await page.locator('[data-testid^=lane-voice]').evaluateAll((lanes) => lanes.map((lane) => Number((lane as HTMLElement).dataset.count)));
    expect(voices.reduce((sum, count) => sum + count, 0)).toBe(BURSTS);
    expect((await number('until')) - (await number('from'))).toBe(LENGTH_MS);
    await keep('01-open');
    await expectUsable();
    const again = Date.now();
    await page.reload();
    await page.locator('[data-testid=replay][data-ready=true]').waitFor();
    await expect(page.getByTestId('replay-map')).toHaveAttribute('data-units', '3');
    figures.openAgainMs = Date.now() - again;
    expect(figures.openMs).toBeLessThanOrEqual(within(OPEN_MS));
  });

  test('seeks within a second: the voice sounds there and the cars stand where they were', async () => {
    await page.getByTestId('replay-play').click();
    const times: number[] = [];
    for (const index of [150, 20, 280, 77, 200]) {
      const { ms } = burstAt(index);
      const board = (await page.getByTestId('replay-board').boundingBox())!;
      const before = Date.now();
      await page.mouse.click(board.x + ((ms + 1_500) / LENGTH_MS) * board.width, board.y + 40);
      const there = Math.round((await number('at')) - begin.getTime());
      // A point of the board is some seconds: whatever burst is there has to sound, or the next one.
      await expect.poll(async () => (await drift()).voices + Number(!talksAt(there)), { intervals: [20], timeout: 5_000 }).toBeGreaterThan(0);
      await expect.poll(async () => (await drift()).places, { intervals: [20] }).toBe(UNITS.length);
      times.push(Date.now() - before);
    }
    figures.seekMs = Math.max(...times);
    await keep('02-middle');
    expect(figures.seekMs).toBeLessThanOrEqual(within(SEEK_MS));
  });

  function talksAt(ms: number): boolean {
    return Array.from({ length: BURSTS }, (_, index) => burstAt(index)).some((burst) => burst.ms <= ms && ms < burst.ms + burst.seconds * 1000 - 500);
  }

  test('keeps its lanes together, at every speed', async () => {
    for (const rate of [1, 2, 4, 16]) {
      await page.getByTestId(`replay-rate-${rate}`).click();
      await page.keyboard.press('Home');
      await page.keyboard.press('l');
      await page.waitForFunction((from) => Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at) > from, begin.getTime() + 31_500);
      let [voiceMs, metres, voices] = [0, 0, 0];
      const until = Date.now() + 8_000;
      while (Date.now() < until) {
        const now = await drift();
        voices += now.voices;
        [voiceMs, metres] = [Math.max(voiceMs, now.voiceMs / rate), Math.max(metres, now.metres)];
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      }
      figures[`driftMs${rate}`] = Math.round(voiceMs);
      figures[`metres${rate}`] = Math.round(metres * 100) / 100;
      if (rate <= 4) expect(voices, `voices at ${rate}`).toBeGreaterThan(0); // faster ones are shown only
      expect(voiceMs, `voices at ${rate}`).toBeLessThanOrEqual(within(DRIFT_MS));
      expect(metres, `places at ${rate}`).toBeLessThanOrEqual(METRES_OF_DRIFT);
    }
    const clock = await page.evaluate(async () => {
      const at = (): number => Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at);
      // From one step of the page's clock to another: in between it stands for as long as a frame takes.
      const step = async (): Promise<{ at: number; ms: number }> => {
        const before = at();
        while (at() === before) await new Promise((done) => requestAnimationFrame(done));
        return { at: at(), ms: performance.now() };
      };
      const from = await step();
      await new Promise((done) => setTimeout(done, 2000));
      const until = await step();
      return (until.at - from.at) / (until.ms - from.ms);
    });
    expect(Math.abs(clock - 16)).toBeLessThan(1);
  });

  test('shows what four cameras recorded, each by its own clock and all by one', async () => {
    const spans = (await rest.get<Span[]>(`/api/incidents/${incident}/recordings`)).filter(({ medium }) => medium === 'picture');
    expect(spans.map(({ unit }) => unit).sort()).toEqual([...CAMERAS].sort());
    const all = { from: Math.max(...spans.map(({ from }) => Date.parse(from))), until: Math.min(...spans.map(({ until }) => Date.parse(until!))) };
    await page.getByTestId('replay-rate-1').click();
    if ((await page.getByTestId('replay').getAttribute('data-playing')) === 'true') await page.getByTestId('replay-play').click();
    const tiles = page.getByTestId('replay-picture');
    const ready = async (): Promise<number> => tiles.evaluateAll((found) => found.filter((tile) => {
      const video = tile.querySelector('video');
      const at = Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at);
      return video && video.readyState > 1 && !video.seeking && Math.abs(Number((tile as HTMLElement).dataset.began) + video.currentTime * 1000 - at) < 200;
    }).length);
    const seek = async (at: number): Promise<number> => {
      const board = (await page.getByTestId('replay-board').boundingBox())!;
      const pressed = Date.now();
      await page.mouse.click(board.x + ((at - begin.getTime()) / LENGTH_MS) * board.width, board.y + 40);
      await expect.poll(ready, { intervals: [20] }).toBe(CAMERAS.length);
      return Date.now() - pressed;
    };
    const places = [0.3, 0.7, 0.4, 0.85, 0.25].map((share) => all.from + share * (all.until - all.from));
    figures.fourMadeMs = await seek(places[0]!);
    const times: number[] = [];
    for (const at of places.slice(1)) times.push(await seek(at));
    figures.fourSeekMs = Math.max(...times);

    await page.getByTestId('replay-play').click();
    await expect.poll(() => page.evaluate(() => [...document.querySelectorAll<HTMLVideoElement>('[data-testid=replay-picture] video')].filter((video) => !video.paused && video.getVideoPlaybackQuality().totalVideoFrames > 5).length)).toBe(CAMERAS.length);
    const seen = await page.evaluate(async (lasts) => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>('[data-testid=replay-picture] video')];
      const watched = videos.map((video) => window.probe.watch(video));
      const clock = (): number => Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at);
      const looks: { lanes: number[]; shown: number[] }[] = [];
      for (const ends = performance.now() + lasts; performance.now() < ends; ) {
        await new Promise((done) => requestAnimationFrame(done));
        const [now, at] = [performance.timeOrigin + performance.now(), clock()];
        const last = watched.map((frames) => frames.findLast(({ damaged }) => !damaged));
        if (last.some((frame) => !frame)) continue;
        looks.push({
          lanes: videos.map((video) => Number(video.closest<HTMLElement>('[data-testid=replay-picture]')!.dataset.began) + video.currentTime * 1000 - at),
          // What the camera's own clock said in the picture, against the replay's when that picture came on the screen.
          shown: last.map((frame) => frame!.sentMs - (at - (now - frame!.shownMs))),
        });
      }
      return { looks, frames: watched.map((frames) => frames.length), damaged: watched.map((frames) => frames.filter(({ damaged }) => damaged).length) };
    }, 8_000);
    await keep('03-four');
    await page.getByTestId('replay-play').click();
    const most = (values: number[]): number => Math.round(Math.max(...values));
    const apart = (values: number[]): number => Math.max(...values) - Math.min(...values);
    figures.fourLooks = seen.looks.length;
    const usual = (values: number[]): number => Math.round(quantile(values, 0.5));
    figures.fourOffUsuallyMs = usual(seen.looks.flatMap(({ lanes }) => lanes.map(Math.abs)));
    figures.fourSeenOffUsuallyMs = usual(seen.looks.flatMap(({ shown }) => shown.map(Math.abs)));
    figures.fourOffMs = most(seen.looks.flatMap(({ lanes }) => lanes.map(Math.abs)));
    figures.fourApartMs = most(seen.looks.map(({ lanes }) => apart(lanes)));
    figures.fourSeenOffMs = most(seen.looks.flatMap(({ shown }) => shown.map(Math.abs)));
    figures.fourSeenApartMs = most(seen.looks.map(({ shown }) => apart(shown)));
    console.log('four pictures, frames seen and damaged', seen.frames, seen.damaged);
    expect(Math.min(...seen.frames)).toBeGreaterThan(40);
    for (const apart of [figures.fourApartMs, figures.fourSeenApartMs]) expect(apart).toBeLessThanOrEqual(DRIFT_MS);
    for (const off of [figures.fourOffMs, figures.fourSeenOffMs]) expect(off).toBeLessThanOrEqual(within(DRIFT_MS));
    expect(figures.fourSeekMs).toBeLessThanOrEqual(within(SEEK_MS));
  });

  test('is driven by the keyboard alone', async () => {
    await page.getByTestId('replay-rate-1').click();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Home');
    if ((await page.getByTestId('replay').getAttribute('data-playing')) === 'true') await page.keyboard.press('Space');
    await expect(page.getByTestId('replay')).toHaveAttribute('data-playing', 'false');
    await page.keyboard.press('l');
    expect((await number('at')) - begin.getTime()).toBe(burstAt(0).ms);
    await page.keyboard.press('j');
    expect((await number('at')) - begin.getTime()).toBe(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect((await number('at')) - begin.getTime()).toBe(65_000);
    await page.keyboard.press('ArrowLeft');
    expect((await number('at')) - begin.getTime()).toBe(60_000);
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await expect(page.getByTestId('replay')).toHaveAttribute('data-rate', '4');
    await page.keyboard.press('-');
    await expect(page.getByTestId('replay')).toHaveAttribute('data-rate', '2');
    await page.keyboard.press('End');
    expect((await number('at')) - begin.getTime()).toBe(LENGTH_MS);
    await keep('03-end');
  });

  test('marks a finding and an action for the review, kept in the record', async () => {
    await page.keyboard.press('Home');
    for (let event = 0; event < 3; event++) await page.keyboard.press('l');
    const at = await number('at');
    await page.keyboard.press('m');
    await expect(page.getByTestId('mark-text')).toBeFocused();
    await page.keyboard.type('派警后 55 秒才接受');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('replay-marks')).toHaveAttribute('data-count', '1');
    await page.keyboard.press('l');
    await page.keyboard.press('m');
    await page.getByTestId('mark-action').check();
    await page.getByTestId('mark-text').fill('巡逻车终端提示音调大');
    await page.getByTestId('mark-send').click();
    await expect(page.getByTestId('lane-marks')).toHaveAttribute('data-count', '2');
    const marks = await rest.get<{ at: string; kind: string; text: string }[]>(`/api/incidents/${incident}/marks`);
    expect(marks.map(({ kind }) => kind)).toEqual(['finding', 'action']);
    expect(Date.parse(marks[0]!.at)).toBe(at);
    await keep('04-marks');
    await expectUsable();
    await page.getByTestId('mark-remove').last().click();
    await expect(page.getByTestId('replay-marks')).toHaveAttribute('data-count', '1');
  });

  test('speaks English, says what is not there, and asks which incident where none is named', async () => {
    await page.getByTestId('language').click();
    await expect(page.getByTestId('replay-play')).toContainText('Play');
    await keep('05-english');
    await page.goto(`${server.origin}/replay?incident=${quiet}`);
    await page.locator('[data-testid=replay][data-ready=true]').waitFor();
    await expect(page.getByTestId('replay-map-none')).toBeVisible();
    await expect(page.getByTestId('replay-now')).toBeVisible(); // it goes on
    await page.getByTestId('language').click();
    await keep('06-quiet');
    await expectUsable();
    await page.goto(`${server.origin}/replay`);
    await page.getByTestId('replay-search').fill('集市');
    await expect(page.getByTestId(`replay-pick-${incident}`)).toBeVisible();
    await keep('07-pick');
    await expectUsable();
    await page.getByTestId('replay-search').fill('没有这样的事');
    await expect(page.getByTestId('replay-none')).toBeVisible();
  });

  test('another town replays nothing of it, in the page or by REST', async () => {
    const other = await sitDown(browser, { origin: server.origin, password: server.password, name: 'zeguo', viewport: { width: 1280, height: 800 } });
    await other.page.goto(`${server.origin}/replay?incident=${incident}`);
    await expect(other.page.getByTestId('replay-trouble')).toHaveAttribute('data-code', 'not-visible');
    await other.context.close();
  });

  test('what a car showed for an incident is seen again, kept to the clock', async () => {
    await room.at('incidents-all').click();
    await room.at(`incident-${quiet}`).click();
    await room.page.keyboard.press('n');
    await room.at('nearest').waitFor(); // nobody is near yet
    const car = await sitDown(browser, { origin: server.origin, password: server.password, name: 'car1', viewport: { width: 412, height: 860 }, prepare: stands });
    await room.at('near-car1').waitFor();
    await room.page.keyboard.press('Enter');
    await expect.poll(async () => (await rest.get<{ units: unknown[] }>(`/api/incidents/${quiet}/replay`)).units.length).toBe(1);
    await goLive(car);
    const spans = (): Promise<Span[]> => rest.get<Span[]>(`/api/incidents/${quiet}/recordings`);
    await expect.poll(async () => (await spans()).map(({ medium }) => medium).sort()).toEqual(['picture', 'sound']);
    await car.page.waitForTimeout(FILM_MS); // what is recorded takes its time
    await car.at(ids.stopLive).click();
    await expect.poll(async () => (await spans()).every(({ chain }) => chain)).toBe(true);
    const picture = (await spans()).find(({ medium }) => medium === 'picture')!;
    expect(Date.parse(picture.until!) - Date.parse(picture.from)).toBeGreaterThan(FILM_MS * 0.8);
    await car.context.close();

    await page.goto(`${server.origin}/replay?incident=${quiet}`);
    await page.locator('[data-testid=replay][data-ready=true]').waitFor();
    await expect(page.getByTestId('lane-pictures-car1')).toHaveAttribute('data-count', '1');
    const asked = Date.now();
    const board = (await page.getByTestId('replay-board').boundingBox())!;
    const [from, until] = [await number('from'), await number('until')];
    await page.mouse.click(board.x + ((Date.parse(picture.from) + 3000 - from) / (until - from)) * board.width, board.y + 40);
    await page.getByTestId('replay-skip').click();
    const tile = page.getByTestId('replay-picture');
    await expect(tile).toHaveAttribute('data-state', 'ready');
    figures.pieceMs = Date.now() - asked;
    await page.getByTestId('replay-play').click();
    const film = tile.locator('video');
    await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(1);
    const offs: number[] = [];
    for (let look = 0; look < 40; look++) {
      offs.push(await page.evaluate(() => {
        const shown = document.querySelector<HTMLElement>('[data-testid=replay-picture]')!;
        const at = Number(document.querySelector<HTMLElement>('[data-testid=replay]')!.dataset.at);
        return Math.abs(Number(shown.dataset.began) + shown.querySelector('video')!.currentTime * 1000 - at);
      }));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
    }
    figures.pictureDriftMs = Math.round(Math.max(...offs));
    await keep('08-film');
    await expectUsable();
    expect(figures.pictureDriftMs).toBeLessThanOrEqual(within(DRIFT_MS));
  });

  async function stands(context: BrowserContext): Promise<void> {
    await context.grantPermissions(['geolocation', 'camera', 'microphone']);
    await context.setGeolocation({ latitude: 28.375, longitude: 121.372, accuracy: 5 });
  }

  test('leaves as a sealed package that a JDK alone verifies, and whose time line opens alone', async () => {
    const answer = await rest.call('GET', `/api/incidents/${incident}/export`);
    expect(answer.status).toBe(200);
    const folder = `${target}/package`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/incident.zip`, Buffer.from(await answer.arrayBuffer()));
    execFileSync(java.replace(/java$/, 'jar'), ['xf', 'incident.zip'], { cwd: folder });
    const { key } = await rest.get<{ key: string }>('/api/seal');
    const verdict = execFileSync(java, ['VerifyPackage.java', 'incident.zip', key], { cwd: folder, encoding: 'utf8' });
    console.log(verdict);
    expect(verdict).toContain('OK');
    expect(verdict).toMatch(/entries of the journal as they were sealed: [1-9]/);
    expect(verdict).toMatch(/files whose SHA-256 is in sealed entries: [1-9]/);
    expect(verdict).not.toContain('not sealed yet');
    await server.stop();
    const alone = await browser.newPage();
    await alone.goto(`file://${folder}/timeline.html`);
    expect(await alone.locator('tbody tr').count()).toBeGreaterThanOrEqual(BURSTS + NOTES + 2 + ORDERS * 5);
    await expect(alone.locator('audio')).toHaveCount(BURSTS);
    const picture = alone.locator('img').first();
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1600);
    await alone.evaluate(() => scrollTo(0, 0));
    await alone.screenshot({ path: `${target}/screens/replay-09-package.png` });
  });
});
