import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { launchChromium } from '../../lib/browser.ts';
import { Rest } from '../../lib/rest.ts';
import { goLive } from '../../lib/scene.ts';
import { ids, sitDown, type Person } from '../../lib/screens.ts';
import { Server } from '../../lib/server.ts';
import { target } from '../../playwright.config.ts';

const FORMULA = '=1+1';
/** What a person may wait for a message to leave: it is looked for every two seconds. */
const MESSAGE_MS = 10_000;

interface Incident {
  id: string;
  version: number;
  may: string[];
}

/** Duty, figures and what people outside are told, in the pages of those who need them. */
test.describe.serial('figures', () => {
  const server = new Server('figures');
  let browser: Browser;
  let room: Person;
  let centre: Person;
  let rest: Rest;
  let receipt: string;

  test.beforeAll(async () => {
    await server.start();
    browser = await launchChromium();
    rest = await Rest.signIn(server, 'xinhe');
    const seat = { origin: server.origin, password: server.password, viewport: { width: 1440, height: 900 } };
    room = await sitDown(browser, { ...seat, name: 'xinhe' });
    centre = await sitDown(browser, { ...seat, name: 'city' });
    for (const { page } of [room, centre]) page.setDefaultTimeout(30_000);
    await room.at(ids.unit('car1')).waitFor();
    await centre.at(ids.console).waitFor();
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  async function keep(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: `${target}/screens/figures-${name}.png` });
  }

  async function expectUsable(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
  }

  async function act(id: string, action: string, more: Record<string, unknown> = {}): Promise<Incident> {
    const { version } = await rest.get<Incident>(`/api/incidents/${id}`);
    const answer = await rest.call('POST', `/api/incidents/${id}/actions`, { clientId: crypto.randomUUID(), version, action, ...more });
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as Incident;
  }

  /** A citizen's report, through all steps to the closing. */
  async function closed(): Promise<string> {
    const report = await rest.call('POST', '/api/public/reports', { code: 'xinhe-changyu', clientId: crypto.randomUUID(), text: '挖掘机带泥，弄脏院子', phone: '13800001234' });
    ({ receipt } = (await report.json()) as { receipt: string });
    const { number } = await rest.get<{ number: string }>(`/api/public/reports/${receipt}`);
    const id = (await rest.get<Incident[]>(`/api/incidents?q=${number}`))[0]!.id;
    let incident = await act(id, 'accept');
    while (incident.may.includes('advance')) incident = await act(id, 'advance', { note: '路面已冲洗' });
    await act(id, 'callback', { how: 'call', text: '满意' });
    await act(id, 'close', { result: '路面已冲洗，双方和解' });
    return number;
  }

  test('the figures page shows a matter that was closed and rated', async () => {
    await room.page.keyboard.press('F8');
    await expect(room.at('figures-page')).toHaveAttribute('data-period', 'day');
    await closed();
    expect((await rest.call('POST', `/api/public/reports/${receipt}/rating`, { stars: 5 })).status).toBe(204);
    await rest.call('POST', '/api/incidents', { clientId: crypto.randomUUID(), title: '井盖', severity: 'yellow', place: '村口', kind: FORMULA });
    await room.page.keyboard.press('F1');
    await room.page.keyboard.press('F8');
    await expect(room.at('figure-satisfaction')).toHaveAttribute('data-value', '100%');
    await expect(room.at('figure-first')).toHaveAttribute('data-value', '100%');
    await expect(room.at('figure-handling')).toContainText('办结 1');
    await expect(room.at('figure-execution')).toHaveAttribute('data-value', '–');
    await expect(room.at('figure-table').locator('[data-key="general"]')).toContainText('群众报事');
    await expectUsable(room.page);
    await keep(room.page, '01-day');
    await room.at('figures-bySeat').click();
    await expect(room.at('figure-seats').locator('[data-key="xinhe-seat"]')).toBeVisible();
    await keep(room.page, '02-seats');
    await room.at('period-month').click();
    await expect(room.at('figures-page')).toHaveAttribute('data-period', 'month');
    await expect(room.at('figures-page')).toHaveAttribute('data-from', /-01$/);
    for (let month = 0; month < 3; month++) {
      const before = await room.at('figures-page').getAttribute('data-from');
      await room.at('period-before').click();
      await expect(room.at('figures-page')).not.toHaveAttribute('data-from', before!);
    }
    await expect(room.at('figures-empty')).toBeVisible(); // what is open now is no matter of that month
    await keep(room.page, '03-past-month');
  });

  test('an export is a file that is read again and runs nothing', async () => {
    await room.at('period-day').click();
    await room.page.getByRole('button', { name: '今天' }).click();
    const [csv] = await Promise.all([room.page.waitForEvent('download'), room.at('export-csv').click()]);
    expect(csv.suggestedFilename()).toMatch(/^figures-xinhe-day-\d{4}-\d\d-\d\d\.csv$/);
    const text = readFileSync(await csv.path(), 'utf8');
    expect(text).toContain(`类型,'${FORMULA},1`);
    expect(text).toMatch(/^合计,,\d+,\d+,\d+\.\d%/m);
    const [xlsx] = await Promise.all([room.page.waitForEvent('download'), room.at('export-xlsx').click()]);
    expect(readFileSync(await xlsx.path()).subarray(0, 2).toString()).toBe('PK');
  });

  test('the centre compares towns, a town sees its own', async () => {
    await centre.page.keyboard.press('F8');
    await expect(centre.at('figure-table').locator('[data-key="xinhe"]')).toBeVisible();
    await expect(centre.at('figure-table').locator('[data-key="daxi"]')).toBeVisible();
    await expectUsable(centre.page);
    await keep(centre.page, '04-county');
    await expect(room.at('figures-byNode')).toHaveCount(0);
    await centre.at('figures-node').selectOption('xinhe');
    await expect(centre.at('figure-table').locator('[data-key="daxi"]')).toHaveCount(0);
  });

  test('the outbox has the message, masked, and its link opens the rating page', async () => {
    await centre.at('outbox-open').click();
    const message = centre.at('outbox-message').first();
    await expect(message).toHaveAttribute('data-state', 'sent', { timeout: MESSAGE_MS });
    await expect(message).toContainText('*******1234');
    await expect(message).not.toContainText('13800001234');
    await expect(message).toContainText('路面已冲洗，双方和解');
    await expectUsable(centre.page);
    await keep(centre.page, '05-outbox');
    const [page] = await Promise.all([centre.page.context().waitForEvent('page'), centre.at('outbox-link').first().click()]);
    await expect(page.getByTestId('report-state')).toHaveAttribute('data-state', 'closed');
    expect(page.url()).toBe(`${server.origin}/report/r/${receipt}`);
    await page.close();
    await centre.page.keyboard.press('Escape');
    await expect(room.at('outbox-open')).toHaveCount(0);
  });

  test('a room keeps its roster; who is on duty stands above', async () => {
    await expect(room.at('on-duty')).toContainText('未排值班');
    await room.page.keyboard.press('F9');
    await room.at('roster').waitFor();
    const today = room.page.locator('[data-post="coordination"] td.today');
    await today.getByTestId('shift-add').click();
    await room.at('shift-person').fill('张三');
    await dayLong(room);
    await room.at('shift-save').click();
    await expect(today.getByTestId('shift')).toContainText('张三');
    await expect(room.at('on-duty')).toContainText('值班：张三');
    await room.page.locator('[data-post="dutyCommander"] td.today').getByTestId('shift-add').click();
    await room.at('shift-person').fill('李书记');
    await dayLong(room);
    await expectUsable(room.page);
    await keep(room.page, '06-shift');
    await room.at('shift-save').click();
    await expect(room.at('on-duty')).toContainText('带班：李书记');
    await expectUsable(room.page);
    await keep(room.page, '07-roster');
  });

  /** On duty whenever this test runs. */
  async function dayLong(person: Person): Promise<void> {
    const day = (await person.at('shift-from').inputValue()).slice(0, 10);
    const next = new Date(`${day}T00:00:00Z`);
    next.setUTCDate(next.getUTCDate() + 1);
    await person.at('shift-from').fill(`${day}T00:00`);
    await person.at('shift-until').fill(`${next.toISOString().slice(0, 10)}T00:00`);
  }

  test('of two who change a shift the second is told who was first, and keeps the words', async () => {
    const today = room.page.locator('[data-post="coordination"] td.today');
    await today.getByTestId('shift').click();
    await room.at('shift-person').fill('王五');
    const other = await Rest.signIn(server, 'xinhe-emergency');
    const { shifts } = await other.get<{ shifts: { id: string; post: string; from: string; until: string; version: number }[] }>('/api/duty');
    const shift = shifts.find(({ post }) => post === 'coordination')!;
    expect((await other.call('POST', `/api/duty/shifts/${shift.id}`, { ...shift, person: '赵六' })).status).toBe(200);
    await room.at('shift-save').click();
    await expect(room.at('shift-trouble')).toContainText('应急机动岗');
    await expect(room.at('shift-person')).toHaveValue('王五');
    await keep(room.page, '08-conflict');
    await room.at('shift-save').click();
    await expect(today.getByTestId('shift')).toContainText('王五');
  });

  test('a shift tells the next, which takes over once', async () => {
    await room.at('note-write').click();
    await room.at('note-from').fill('张三');
    await room.at('note-text').fill('东海大道封路到 22:00\n挖掘机一事已回访');
    await room.at('note-send').click();
    const note = room.at('note').first();
    await expect(note).toHaveAttribute('data-taken', 'false');
    await room.at('note-to').first().fill('张三');
    await room.at('note-take').first().click();
    await expect(room.at('note-trouble')).toContainText('不能自己接自己的班');
    await room.at('note-to').first().fill('李四');
    await room.at('note-take').first().click();
    await expect(note).toHaveAttribute('data-taken', 'true');
    await expect(note).toContainText('李四');
    await note.scrollIntoViewIfNeeded();
    await expectUsable(room.page);
    await keep(room.page, '09-handed-over');
    const sheet = { name: 'week.csv', mimeType: 'text/csv', buffer: Buffer.from('日期,岗位,姓名,开始,结束\n2026-01-01,综合协调岗,=cmd(),8:00,20:00\n') };
    await room.at('duty-import').setInputFiles(sheet);
    await expect(room.at('duty-said')).toContainText('第 2 行含公式');
    await centre.page.keyboard.press('F9');
    await centre.at('duty-node').selectOption('xinhe');
    await expect(centre.page.locator('[data-post="coordination"] td.today').getByTestId('shift')).toContainText('王五');
    await expect(centre.at('shift-add')).toHaveCount(0);
    await keep(centre.page, '10-centre-reads');
  });

  test('the big screen rotates by itself, pauses on a key and survives a lost line', async () => {
    const seat = { origin: server.origin, password: server.password };
    const car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 412, height: 860 } });
    await goLive(car);
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
    const wall = await context.newPage();
    await wall.goto(`${server.origin}/wall?seconds=10&debug=1`);
    await wall.getByTestId(ids.signInName).fill('city');
    await wall.getByTestId(ids.signInPassword).fill(server.password);
    await wall.getByTestId(ids.signInSubmit).click();
    const big = wall.getByTestId('big');
    await expect(big).toHaveAttribute('data-panel', 'map');
    await expect(big).toHaveAttribute('data-connected', 'true');
    await wall.waitForTimeout(2_000); // what is drawn on the map
    await keep(wall, '11-wall-map');
    await expectUsable(wall);
    await expect(big).toHaveAttribute('data-panel', 'pictures', { timeout: 15_000 });
    await wall.keyboard.press('Space');
    await expect(big).toHaveAttribute('data-paused', 'true');
    await expect(wall.locator('[data-testid^="tile-"][data-unit="car1"]').first()).toHaveAttribute('data-state', 'live');
    await expect.poll(() => wall.locator('video').first().evaluate((video: HTMLVideoElement) => video.currentTime), { timeout: 15_000 }).toBeGreaterThan(0.3);
    await keep(wall, '12-wall-pictures');
    await expectUsable(wall);
    await wall.keyboard.press('ArrowRight');
    await expect(big).toHaveAttribute('data-panel', 'incidents');
    await expect(wall.getByTestId('big-incidents')).toContainText('烟感报警');
    await keep(wall, '13-wall-incidents');
    await expectUsable(wall);
    await wall.keyboard.press('ArrowRight');
    await expect(wall.getByTestId('big-figures').getByTestId('figure-satisfaction')).toHaveAttribute('data-value', '100%');
    await keep(wall, '14-wall-figures');
    await expectUsable(wall);
    await wall.keyboard.press('+');
    await expect(big).toHaveAttribute('data-pace', '15');
    await wall.keyboard.press('-');
    await wall.keyboard.press('Space');
    await context.setOffline(true);
    await wall.evaluate(() => (window as unknown as { __maplebridge: { debug: { dropSocket(): void } } }).__maplebridge.debug.dropSocket());
    await expect(wall.getByTestId('big-lost')).toBeVisible();
    await expect(big).toHaveAttribute('data-panel', 'map', { timeout: 15_000 }); // it goes on
    await keep(wall, '15-wall-lost');
    await context.setOffline(false);
    await expect(big).toHaveAttribute('data-connected', 'true', { timeout: 20_000 });
    await expect(wall.getByTestId('big-lost')).toHaveCount(0);
    await context.close();
    await car.context.close();
  });

  test('all of it speaks English', async () => {
    await centre.page.getByRole('button', { name: 'English' }).click();
    await centre.page.keyboard.press('F8');
    await expect(centre.at('figures-page')).toContainText('Closure rate');
    await keep(centre.page, '16-english');
    await expectUsable(centre.page);
    await centre.page.emulateMedia({ media: 'print' });
    await keep(centre.page, '17-print');
  });
});
