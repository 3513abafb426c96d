import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { Rest } from '../../lib/rest.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

/** Of full scale. */
const AUDIBLE = 0.01;
const NAMES = ['xinhe-secretary', 'xinhe-chief', 'xinhe-deputy'] as const;
const TONES = [500, 1000, 1500];

/** A page in the room of a meeting. */
interface Seat {
  page: Page;
  at(id: string): Locator;
}

/** One press from an incident's page: a town's three leaders ring, come by one press each, and see and hear each other. */
test.describe.serial('a consultation by one press', () => {
  const server = new Server('consultation');
  let browser: Browser;
  let room: Person;
  let second: Person;
  let stranger: Person;
  const told: string[] = [];
  let leaders: Person[] = [];
  let seats: Seat[] = [];
  let incident: string;

  test.beforeAll(async () => {
    await server.start('--maplebridge.mediation.ring-seconds=60');
    browser = await launchChromium();
    const rest = await Rest.signIn(server, 'xinhe');
    const opened = await rest.call('POST', '/api/incidents', { clientId: `i-${process.pid}`, title: '三家店面堵塞消防通道', severity: 'orange', place: '新河镇中心大道' });
    incident = ((await opened.json()) as { id: string }).id;
    room = await sit('xinhe', 1440, 440);
    second = await sit('xinhe-emergency', 1280, 440);
    stranger = await sitDown(browser, {
      origin: server.origin, password: server.password, name: 'zeguo',
      prepare: async (context) => void context.on('page', (page) => page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told.push(String(payload))))),
    });
    leaders = [];
    for (const [index, name] of NAMES.entries()) leaders.push(await sit(name, 1280, TONES[index]!));
    for (const one of [room, second, stranger, ...leaders]) await one.at(ids.console).waitFor();
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  function sit(name: string, width: number, toneHertz: number): Promise<Person> {
    return sitDown(browser, { origin: server.origin, password: server.password, name, viewport: { width, height: 900 }, media: { toneHertz, width: 320, height: 240, framesPerSecond: 10 } });
  }

  async function keep(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/consultation-${name}.png`, fullPage: true });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide, 'nothing sticks out at the side').toBeLessThanOrEqual(0);
  }

  /** One press, and the page that it opens goes straight in. */
  async function comes(person: Person, button: string): Promise<Seat> {
    const [page] = await Promise.all([person.page.waitForEvent('popup'), person.at(button).click()]);
    page.setDefaultTimeout(30_000);
    await expect(page.getByTestId('table')).toHaveAttribute('data-room', 'joint');
    return { page, at: (id) => page.getByTestId(id) };
  }

  async function state(person: Person, account: string, wanted: string): Promise<void> {
    await expect(person.at('consult').locator(`[data-member="${account}"]`)).toHaveAttribute('data-state', wanted);
  }

  /** Waits until that many others are seen moving. */
  async function seesMoving({ page }: Seat, others: number): Promise<void> {
    await expect.poll(() => page.evaluate(async () => {
      const videos = [...document.querySelectorAll<HTMLVideoElement>('figure video')].filter((video) => !video.muted);
      const before = videos.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
      await new Promise((done) => setTimeout(done, 700));
      return videos.filter((video, index) => video.getVideoPlaybackQuality().totalVideoFrames > before[index]!).length;
    }), { timeout: 30_000 }).toBe(others);
  }

  /** How loud each of these tones is in all that the page receives, of full scale. */
  async function hears({ page }: Seat, hertz: number[]): Promise<number[]> {
    return page.evaluate(async (wanted) => {
      const audio = new AudioContext();
      await audio.resume();
      const tracks = window.probe.connections.filter(({ connectionState }) => connectionState !== 'closed').flatMap((connection) => connection.getReceivers().map(({ track }) => track)).filter(({ kind }) => kind === 'audio');
      const ears = tracks.map((track) => {
        const ear = audio.createAnalyser();
        ear.fftSize = 8192;
        audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
        return ear;
      });
      await new Promise((done) => setTimeout(done, 700));
      const levels = wanted.map((tone) => {
        const bin = Math.round((tone * 8192) / audio.sampleRate);
        return Math.max(0, ...ears.map((ear) => {
          const all = new Float32Array(ear.frequencyBinCount);
          ear.getFloatFrequencyData(all);
          return 10 ** (Math.max(...all.slice(bin - 2, bin + 3)) / 20);
        }));
      });
      await audio.close();
      return levels;
    }, hertz);
  }

  test('three ring at one press, and two seats that press are in one meeting', async () => {
    for (const one of [room, second]) {
      await one.page.keyboard.press('i');
      await one.at(`incident-${incident}`).click();
      await one.page.keyboard.press('F4');
      await expect(one.at('consult-call')).toHaveText(/铁三角会商/);
    }
    await expectUsable(room.page);
    await keep(room.page, '1-button');
    const began = Date.now();
    await Promise.all([room.at('consult-call').click(), second.page.keyboard.press('F6')]);
    for (const leader of leaders) {
      await expect(leader.at('expert-rung')).toContainText('请您参加会商：铁三角会商：三家店面堵塞消防通道');
    }
    console.log(`three leaders ring ${Date.now() - began} ms after the press`);
    for (const one of [room, second]) {
      await expect(one.at('consult')).toHaveCount(1);
      for (const name of NAMES) await state(one, name, 'ringing');
    }
    expect(await room.at('consult').getAttribute('data-id')).toBe(await second.at('consult').getAttribute('data-id'));
    await keep(room.page, '2-rings');
    await keep(leaders[0]!.page, '3-rung');
    await expectUsable(leaders[0]!.page);
  });

  test('one declines and that is shown; the others come by one press each', async () => {
    const [secretary, chief, deputy] = leaders as [Person, Person, Person];
    await chief.at('expert-decline').click();
    for (const one of [room, second, secretary]) await state(one, 'xinhe-chief', 'declined');
    const began = Date.now();
    seats = [await comes(secretary, 'expert-accept')];
    console.log(`from the press to the meeting: ${Date.now() - began} ms`);
    seats.push(await comes(deputy, 'expert-accept'));
    await expect(seats[0]!.at('consult-panel').locator('[data-member="xinhe-chief"]')).toHaveAttribute('data-state', 'declined');
    await state(room, 'xinhe-secretary', 'here');
    await keep(room.page, '4-declined');
    await room.at('consult-again').click();
    await expect(chief.at('expert-rung')).toBeVisible();
    await expect(secretary.at('expert-rung')).toHaveCount(0);
    seats.push(await comes(chief, 'expert-accept'));
    for (const name of NAMES) await state(room, name, 'here');
  });

  test('each sees and hears the two others, and nothing is recorded', async () => {
    for (const seat of seats) await seesMoving(seat, 2);
    // As they came: secretary, deputy, chief.
    const own = [TONES[0]!, TONES[2]!, TONES[1]!];
    for (const [index, seat] of seats.entries()) {
      const others = own.filter((_, at) => at !== index);
      await expect.poll(async () => Math.min(...(await hears(seat, others)))).toBeGreaterThan(AUDIBLE);
      const [self] = await hears(seat, [own[index]!]);
      expect(self, 'nobody hears themselves').toBeLessThan(AUDIBLE);
      await expect(seat.at('recorded')).toHaveText('没有录音录像');
      await expect(seat.at('record-consent')).toHaveCount(0);
      await expect(seat.at('texts')).toHaveCount(0);
    }
    const caller = await comes(room, 'consult-sit');
    await seesMoving(caller, 3);
    await expectUsable(seats[0]!.page);
    await keep(seats[0]!.page, '5-meeting');
    await caller.page.getByRole('button', { name: 'English' }).click();
    await expect(caller.at('room')).toHaveText('Meeting');
    await expect(caller.at('consult-panel')).toContainText('here');
    await keep(caller.page, '6-english');
    await expectUsable(caller.page);
    await caller.at('leave').click();
    // Whoever leaves may be back within 30 s.
    await expect(room.at('consult').locator('[data-member="xinhe"]')).toHaveAttribute('data-state', 'away', { timeout: 45_000 });
  });

  test('whoever sits there ends it for all, and the time line says who was there', async () => {
    const end = seats[1]!.at('consult-end');
    await end.focus();
    await seats[1]!.page.keyboard.press('Enter');
    for (const seat of seats) await expect(seat.at('over')).toBeVisible();
    for (const one of [room, second, ...leaders]) await expect(one.at('consult')).toHaveCount(0);
    await keep(seats[0]!.page, '7-over');
    const lines = room.at('timeline-line');
    await expect(lines.filter({ hasText: '召集“铁三角会商：三家店面堵塞消防通道”' })).toHaveCount(1);
    const over = lines.filter({ hasText: '”结束。在场：' });
    await expect(over).toContainText('新河镇党委副书记');
    await expect(over).toContainText('新河镇分管副镇长');
    await expect(over).toContainText('新河指挥室座席');
    await expect(over).toContainText('未到场：无');
    await over.scrollIntoViewIfNeeded();
    await keep(room.page, '8-time-line');
    await expectUsable(room.page);
  });

  test('another town has learned nothing of it', async () => {
    const text = told.join('\n');
    expect(told.length).toBeGreaterThan(0);
    for (const word of ['铁三角', 'consultation.state', 'expert.rung', '消防通道']) expect(text).not.toContain(word);
    await stranger.page.keyboard.press('F6');
    await expect(stranger.at('consult')).toContainText('铁三角会商');
    await expect(stranger.at('consult').locator('[data-member="zeguo-chief"]')).toHaveAttribute('data-state', 'absent');
    await expect(room.at('consult')).toHaveCount(0);
    await keep(stranger.page, '9-other-town');
    await stranger.at('consult-end').click();
    await expect(stranger.at('consult')).toHaveCount(0);
  });

  test('a weekly meeting has the figures on its agenda, and opens by one press', async () => {
    await room.page.keyboard.press('F8');
    const meetings = room.at('meeting');
    await expect(meetings).toHaveCount(3);
    const weekly = room.page.locator('[data-testid="meeting"][data-preset="weekly"]');
    await expect(weekly).toContainText('周会商');
    await expect(weekly).toContainText('下一次');
    await weekly.getByTestId('meeting-agenda').focus();
    await room.page.keyboard.press('Enter');
    const agenda = weekly.getByTestId('agenda');
    await expect(agenda.getByTestId('agenda-item').first()).toBeVisible();
    const from = await agenda.getAttribute('data-from');
    const rest = await Rest.signIn(server, 'xinhe');
    const { total } = await rest.get<{ total: { received: number; receivedClosed: number; overdue: number } }>(`/api/figures?period=week&from=${from}`);
    console.log(`the week from ${from}: ${JSON.stringify(total)}`);
    expect(total.received + total.overdue, 'the demo county has figures').toBeGreaterThan(0);
    const closure = agenda.locator('[data-topic="closure"]');
    if (total.received > 0) await expect(closure).toContainText(`收到 ${total.received} 件，已办结 ${total.receivedClosed} 件`);
    else await expect(closure).toHaveCount(0);
    await expect(agenda.locator('[data-topic="overdue"]')).toHaveCount(total.overdue > 0 ? 1 : 0);
    if (total.overdue > 0) await expect(agenda.locator('[data-topic="overdue"]')).toHaveAttribute('data-count', String(total.overdue));
    await agenda.scrollIntoViewIfNeeded();
    await keep(room.page, '10-agenda');
    await expectUsable(room.page);
    await weekly.getByTestId('meeting-open').click();
    for (const leader of leaders) await expect(leader.at('expert-rung')).toContainText('请您参加会商：周会商');
    await room.at('consult-end').click();
    for (const leader of leaders) await expect(leader.at('expert-rung')).toHaveCount(0);
    await expect(room.at('consult')).toHaveCount(0);
  });
});
