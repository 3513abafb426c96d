import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { report } from '../../lib/figures.ts';
import { TelephoneGateway, type TelephoneCall } from '../../lib/foreign.ts';
import { addProbe, addSyntheticMedia } from '../../lib/page-scripts.ts';
import { Rest } from '../../lib/rest.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

const TONES = { mediator: 500, phone: 800, bo: 1500 };
/** What was in the listener's own buffers has been played by then. */
const PLAYED_OUT_MS = 1_500;
const MEASURED_MS = 2_500;
/** Decibels of full scale, at a tone's own frequency. */
const AUDIBLE = -45;
/** What another tone at full voice leaves at this one's frequency by codec and window: measured at -66 to -75. */
const SILENT = -58;

interface Seat {
  page: Page;
  at(id: string): Locator;
}

/** A party by an ordinary telephone: called from the table, asked by keys, heard in the joint room, deaf and dumb to the other side's private talk. The gateway is aiortc's. */
test.describe.serial('a party by telephone', () => {
  const server = new Server('telephone');
  let browser: Browser;
  let mediator: Seat;
  let bo: Seat;
  let gateway: TelephoneGateway | undefined;
  let key: string;
  let mediation = '';
  let call = '';
  const figures: Record<string, unknown> = {};

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    mediator = await sit(TONES.mediator, { width: 1440, height: 900 });
    bo = await sit(TONES.bo, { width: 390, height: 844 });
    const made = await (await Rest.signIn(server, 'admin')).call('POST', '/api/keys', { name: 'PBX', scopes: ['telephone'] });
    key = ((await made.json()) as { token: string }).token;
  });

  test.afterAll(async () => {
    report('a party by telephone', figures);
    gateway?.stop();
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
    await page.screenshot({ path: `${target}/screens/telephone-${name}.png`, fullPage: true });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  /** How loud each tone ever was at a page within the given time, in decibels. */
  async function levels(seat: Seat, milliseconds: number): Promise<Record<keyof typeof TONES, number>> {
    return seat.page.evaluate(async ({ lasts, tones }) => {
      const audio = new AudioContext();
      await audio.resume();
      const tracks = window.probe.connections.filter(({ connectionState }) => connectionState !== 'closed').flatMap((connection) => connection.getReceivers().map(({ track }) => track)).filter(({ kind }) => kind === 'audio');
      const ears = tracks.map((track) => {
        const ear = audio.createAnalyser();
        ear.fftSize = 8192;
        ear.smoothingTimeConstant = 0;
        audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
        return ear;
      });
      const loudest = Object.fromEntries(Object.keys(tones).map((name) => [name, -200])) as Record<keyof typeof tones, number>;
      const spectrum = new Float32Array(4096);
      for (const ends = performance.now() + lasts; performance.now() < ends; await new Promise((done) => setTimeout(done, 100))) {
        for (const ear of ears) {
          ear.getFloatFrequencyData(spectrum);
          for (const [name, hertz] of Object.entries(tones) as [keyof typeof tones, number][]) {
            const bin = Math.round((hertz * ear.fftSize) / audio.sampleRate);
            loudest[name] = Math.max(loudest[name], ...spectrum.slice(bin - 2, bin + 3));
          }
        }
      }
      await audio.close();
      return loudest;
    }, { lasts: milliseconds, tones: TONES });
  }

  async function received(page: Page): Promise<number> {
    return page.evaluate(async () => (await window.probe.stats('inbound-rtp')).reduce((sum, entry) => sum + (entry.packetsReceived as number), 0));
  }

  /** How many voices come to a page: streams that get packets within the given time. */
  async function voices(page: Page, milliseconds: number): Promise<number> {
    return page.evaluate(async (lasts) => {
      const count = async () => (await window.probe.stats('inbound-rtp')).filter(({ kind }) => kind === 'audio').map(({ id, packetsReceived }) => [id, packetsReceived] as const);
      const before = new Map(await count());
      await new Promise((done) => setTimeout(done, lasts));
      return (await count()).filter(([id, packets]) => packets !== (before.get(id) ?? 0)).length;
    }, milliseconds);
  }

  const hears = (...wanted: number[]) => async (): Promise<boolean> => {
    const tones = Object.keys(gateway!.hearing.tones).map(Number);
    return wanted.every((hertz) => tones.some((tone) => Math.abs(tone - hertz) <= 10)) && tones.every((tone) => wanted.some((hertz) => Math.abs(tone - hertz) <= 10));
  };

  async function told(id: string, wanted: (one: TelephoneCall) => boolean): Promise<TelephoneCall> {
    await expect.poll(() => gateway!.calls.some((one) => one.id === id && wanted(one))).toBe(true);
    return gateway!.calls.find((one) => one.id === id)!;
  }

  async function placed(): Promise<string> {
    await expect.poll(() => gateway!.calls.filter(({ state, number }) => state === 'dialling' && number).length).toBe(1);
    const one = gateway!.calls.find(({ state }) => state === 'dialling')!;
    expect(one.number).toBe('13800000001');
    return one.id;
  }

  async function sees(word: string): Promise<void> {
    await expect(mediator.page.locator('[data-row="p2"] [data-testid="phone-call"]')).toHaveAttribute('data-call', word);
  }

  async function room(seat: Seat, word: string): Promise<void> {
    await expect(seat.at('table')).toHaveAttribute('data-room', word);
  }

  test('a number is kept with the case; the other party comes by a page', async () => {
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
    await at('case-phone-first').fill('138 0000 0001');
    await expectUsable(page);
    await keep(page, 'new-case');
    await page.getByRole('button', { name: '建立' }).click();
    const own = page.locator('li.card').filter({ hasText: '院墙纠纷' });
    mediation = (await own.getAttribute('data-case'))!;
    await own.locator('[data-invite="p3"]').click();
    const link = (await at('invite-text').inputValue()).match(/https?:\S+/)![0];
    await page.keyboard.press('Escape');
    await own.getByTestId('case-sit').click();
    await at('device-go').click();
    await room(mediator, 'joint');
    await bo.page.goto(link);
    await bo.at('join-enter').click();
    await bo.at('device-go').click();
    await bo.at('consent-recording').check();
    await bo.at('consent-confidential').check();
    await bo.at('consent-agree').click();
    await page.locator('[data-admit="p3"]').click();
    await room(bo, 'joint');
  });

  test('without a telephone network nobody is called, and the page says so', async () => {
    await mediator.page.locator('[data-dial="p2"]').click();
    await expect(mediator.at('phone-problem')).toHaveText('现在没有接上电话网，不能拨打。');
    await expect(mediator.page.locator('[data-dial="p3"]'), 'no number is kept').toHaveCount(0);
  });

  test('busy, then called again by one press; answered, asked by keys, seated in the waiting room', async () => {
    gateway = new TelephoneGateway(server.origin, key, TONES.phone);
    await expect.poll(() => gateway!.known).toBe(true);
    await mediator.page.locator('[data-dial="p2"]').click();
    await sees('dialling');
    let id = await placed();
    expect(await gateway.state(id, 'dialling')).toBeUndefined();
    expect(await gateway.state(id, 'ringing')).toBeUndefined();
    await sees('ringing');
    await expect(mediator.page.locator('[data-row="p2"]')).toContainText('正在响铃');
    expect(await gateway.state(id, 'busy')).toBeUndefined();
    await sees('busy');
    await keep(mediator.page, 'busy');
    await mediator.page.locator('[data-dial="p2"]').click();
    id = await placed();
    await gateway.state(id, 'dialling');
    await gateway.state(id, 'answered');
    await sees('notice');
    const notice = await told(id, ({ state }) => state === 'notice');
    expect(notice.say.zh).toContain('张某');
    expect(notice.say.zh, 'nothing of the matter before they agreed').not.toContain('院墙');
    expect(notice.say.en).toContain('press 1');
    expect(await gateway.connect(id)).toBe('consent-required');
    await gateway.disconnect();
    expect(await gateway.keys(id, '5')).toBe('no-such-key');
    expect(await gateway.keys(id, '1')).toBeUndefined();
    await told(id, ({ state }) => state === 'recording');
    expect(await gateway.keys(id, '1')).toBeUndefined();
    await told(id, ({ connect, say }) => connect && say.zh.includes('请稍等'));
    expect(await gateway.connect(id)).toBeUndefined();
    await sees('seated');
    await expect(mediator.page.locator('[data-by-phone="p2"]')).toHaveText('☎ 电话');
    await expect(mediator.page.locator('[data-row="p2"]')).toContainText('在等候室');
    await mediator.page.waitForTimeout(PLAYED_OUT_MS);
    expect(gateway.hearing, 'who waits hears nobody').toEqual({ packets: 0, tones: {} });
    call = id;
  });

  test('let in, they are heard by both and hear both, with a mark and without a picture', async () => {
    await mediator.page.locator('[data-admit="p2"]').click();
    await told(call, ({ say }) => say.zh.includes('共同调解'));
    await expect.poll(hears(TONES.mediator, TONES.bo)).toBe(true);
    for (const seat of [mediator, bo]) {
      await expect.poll(async () => (await levels(seat, 600)).phone).toBeGreaterThan(AUDIBLE);
      const tile = seat.page.locator('figure[data-person="p2"]');
      await expect(tile.getByTestId('by-telephone')).toContainText('电话');
      await expect(tile.getByTestId('no-picture')).toHaveCount(0);
    }
    figures.joint = { mediator: await levels(mediator, 1_000), bo: await levels(bo, 1_000), telephone: gateway!.hearing };
    await expect(mediator.at('recorded')).toHaveAttribute('data-on', 'true');
    await told(call, ({ say }) => say.zh.includes('正在录音'));
    await expect(mediator.at('cannot-sign')).toContainText('张某 以电话参加');
    await expectUsable(mediator.page);
    await expectUsable(bo.page);
    await keep(mediator.page, 'joint-mediator');
    await keep(bo.page, 'joint-party');
  });

  test('while the mediator talks with the other side, the telephone gets nothing and nothing of it gets there', async () => {
    await mediator.page.locator('[data-private="p3"]').click();
    await room(bo, 'p3');
    const before = await gateway!.packets();
    await mediator.page.waitForTimeout(PLAYED_OUT_MS);
    const [there, lead, ...others] = await Promise.all([levels(bo, MEASURED_MS), levels(mediator, MEASURED_MS), voices(bo.page, MEASURED_MS), voices(mediator.page, MEASURED_MS)]);
    expect(others, 'each gets the other one alone').toEqual([1, 1]);
    expect(await gateway!.packets(), 'at the telephone, since the move was told').toBe(before);
    expect(gateway!.hearing, 'at the telephone').toEqual({ packets: before, tones: {} });
    expect(there.phone).toBeLessThan(SILENT);
    expect(lead.phone).toBeLessThan(SILENT);
    expect(there.mediator, 'they hear each other').toBeGreaterThan(AUDIBLE);
    expect(lead.bo).toBeGreaterThan(AUDIBLE);
    figures.apart = { packetsAtTelephoneInPrivateTalk: (await gateway!.packets()) - before, there, lead };
    await keep(mediator.page, 'private-mediator');
    await mediator.at('together').click();
    await room(bo, 'joint');
    await expect.poll(hears(TONES.mediator, TONES.bo)).toBe(true);
    for (const seat of [mediator, bo]) await expect.poll(async () => (await levels(seat, 600)).phone).toBeGreaterThan(AUDIBLE);
  });

  test('and the other way round: in private with the telephone, the page of the other side gets nothing', async () => {
    await mediator.page.locator('[data-private="p2"]').click();
    await room(mediator, 'p2');
    await told(call, ({ say }) => say.zh.includes('私下会谈'));
    await expect.poll(hears(TONES.mediator)).toBe(true);
    await bo.page.waitForTimeout(PLAYED_OUT_MS);
    const before = await received(bo.page);
    const quiet = await levels(bo, MEASURED_MS);
    expect(await received(bo.page)).toBe(before);
    expect(Math.max(...Object.values(quiet))).toBeLessThan(SILENT);
    expect((await levels(mediator, 800)).phone).toBeGreaterThan(AUDIBLE);
    await mediator.at('together').click();
    await expect.poll(hears(TONES.mediator, TONES.bo)).toBe(true);
  });

  test('muted at the relay: heard by nobody, hears everybody', async () => {
    await mediator.page.locator('[data-mute="p2"]').click();
    await expect(mediator.page.locator('[data-mute="p2"]')).toHaveAttribute('aria-pressed', 'true');
    await mediator.page.waitForTimeout(PLAYED_OUT_MS);
    for (const seat of [mediator, bo]) {
      expect((await levels(seat, 1_000)).phone).toBeLessThan(SILENT);
      expect(await voices(seat.page, 1_000), 'the other page alone').toBe(1);
    }
    expect(await hears(TONES.mediator, TONES.bo)()).toBe(true);
    await mediator.page.locator('[data-mute="p2"]').click();
    await expect.poll(async () => (await levels(mediator, 600)).phone).toBeGreaterThan(AUDIBLE);
  });

  test('who hangs up is away, is called again by one press, and is hung up on', async () => {
    await gateway!.disconnect();
    expect(await gateway!.state(call, 'hung-up')).toBeUndefined();
    await sees('hungUp');
    await expect(mediator.page.locator('[data-row="p2"]')).toContainText('没有连线');
    await expect(bo.page.locator('figure[data-person="p2"]')).toHaveCount(0);
    await keep(mediator.page, 'hung-up');
    await mediator.page.locator('[data-dial="p2"]').click();
    const again = await placed();
    await gateway!.state(again, 'dialling');
    await gateway!.state(again, 'answered');
    expect(await gateway!.keys(again, '12')).toBeUndefined();
    expect(await gateway!.connect(again)).toBeUndefined();
    await mediator.page.locator('[data-admit="p2"]').click();
    await expect.poll(hears(TONES.mediator, TONES.bo)).toBe(true);
    await expect(mediator.at('recorded'), 'they did not agree this time').toHaveAttribute('data-on', 'false');
    await mediator.page.locator('[data-hang-up="p2"]').click();
    await told(again, ({ state }) => state === 'over');
    await sees('ended');
    await gateway!.disconnect();
    await gateway!.state(again, 'hung-up');
  });

  test('by a code somebody calls in, once; wrong and used ones are refused by name', async () => {
    const desk = await sit(TONES.mediator, { width: 1280, height: 900 });
    await desk.page.goto(`${server.origin}/mediation`);
    await desk.page.getByLabel('账号').fill('mediator');
    await desk.page.getByLabel('密码').fill(server.password);
    await desk.page.getByRole('button', { name: '登录' }).click();
    await desk.page.locator(`[data-case="${mediation}"] [data-invite="p2"]`).click();
    await desk.at('code-make').click();
    const code = (await desk.at('code').textContent())!.replaceAll(' ', '');
    expect(code).toMatch(/^\d{9}$/);
    await expectUsable(desk.page);
    await keep(desk.page, 'code');
    const wrong = code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    expect(await gateway!.enter(wrong, '13900000009')).toMatchObject({ status: 404, code: 'code-unknown' });
    const entered = await gateway!.enter(code, '13900000009');
    expect(entered.status).toBe(201);
    expect(await gateway!.enter(code, '13900000009')).toMatchObject({ status: 409, code: 'code-used' });
    await sees('notice');
    expect(await gateway!.keys(entered.id!, '11')).toBeUndefined();
    expect(await gateway!.connect(entered.id!)).toBeUndefined();
    await mediator.page.locator('[data-admit="p2"]').click();
    await expect.poll(hears(TONES.mediator, TONES.bo)).toBe(true);
    await expect.poll(async () => (await levels(bo, 600)).phone).toBeGreaterThan(AUDIBLE);
    for (let i = 0; i < 5; i++) expect((await gateway!.enter(`00000000${i}`, '13900000066')).code).toBe('code-unknown');
    expect(await gateway!.enter('000000005', '13900000066')).toMatchObject({ status: 429, code: 'code-locked' });
  });
});
