import { expect, type Browser, type Page } from '@playwright/test';
import type { SeenFrame } from './page-scripts.ts';
import { ids, sitDown, tileVideo, type Person } from './screens.ts';
import type { Server } from './server.ts';

/** The car goes live by one tap. */
export async function goLive(car: Person): Promise<void> {
  await car.at(ids.goLive).click();
  await expect(car.at(ids.stopLive)).toBeVisible();
}

/** The room clicks the unit; answers the milliseconds until the first true frame is on the screen. */
export async function watch(room: Person, unit: string, tile = 0): Promise<number> {
  await room.page.evaluate((id) => {
    const row = document.querySelector(`[data-testid="${id}"]`);
    row?.addEventListener('click', () => Object.assign(window, { clickedMs: Date.now() }), { once: true });
  }, ids.unit(unit));
  await room.at(ids.unit(unit)).click();
  await tileVideo(room, tile).waitFor({ state: 'attached' });
  return tileVideo(room, tile).evaluate(async (video: HTMLVideoElement) => {
    const frames = window.probe.watch(video);
    const patience = Date.now() + 15_000;
    while (!frames.some((frame) => !frame.damaged)) {
      if (Date.now() > patience) throw new Error('no frame within 15 s');
      await new Promise((done) => setTimeout(done, 5));
    }
    const first = frames.find((frame) => !frame.damaged)!;
    return first.shownMs - (window as unknown as { clickedMs: number }).clickedMs;
  });
}

/** The frames a tile shows from now on for some seconds, by whichever video: a lost connection's goes, the next one brings its own. */
export async function framesFor(room: Person, seconds: number, tile = 0): Promise<SeenFrame[]> {
  await tileVideo(room, tile).waitFor({ state: 'attached' });
  return room.page.evaluate(async ({ id, lastsMs }) => {
    const beganMs = Date.now();
    const seen = new Set<SeenFrame[]>();
    while (Date.now() - beganMs < lastsMs) {
      const video = document.querySelector<HTMLVideoElement>(`[data-testid="${id}"] video`);
      if (video) seen.add(window.probe.watch(video));
      await new Promise((done) => setTimeout(done, 20));
    }
    return [...seen].flat().filter(({ shownMs }) => shownMs >= beganMs).sort((a, b) => a.shownMs - b.shownMs);
  }, { id: ids.tile(tile), lastsMs: seconds * 1000 });
}

/** The loudest tone a page hears over the given time. */
export async function loudestTone(page: Page, milliseconds = 800) {
  let loudest = { hertz: 0, decibels: -200, mid: null as string | null };
  const ends = Date.now() + milliseconds;
  while (Date.now() < ends) {
    const now = await page.evaluate(() => window.probe.loudestTone());
    if (now.decibels > loudest.decibels) loudest = now;
  }
  return loudest;
}

/** Louder than this counts as heard; an idle slot shows below -100. */
export const AUDIBLE_DECIBELS = -60;

/** A live car whose camera is 1280 pixels wide, a seat with room for a large tile and one for a small one. */
export async function carAndTwoSeats(browser: Browser, server: Server, framesPerSecond: number): Promise<{ car: Person; large: Person; small: Person }> {
  const seat = { origin: server.origin, password: server.password };
  const car = await sitDown(browser, { ...seat, name: 'car1', viewport: { width: 420, height: 860 }, media: { width: 1280, height: 720, framesPerSecond } });
  const large = await sitDown(browser, { ...seat, name: 'xinhe', viewport: { width: 1600, height: 1000 } });
  const small = await sitDown(browser, { ...seat, name: 'city', viewport: { width: 1000, height: 700 } });
  await goLive(car);
  return { car, large, small };
}

/** Of the picture that a person's first tile shows, in pixels. */
export function pictureWidth(person: Person): Promise<number> {
  return tileVideo(person, 0).evaluate((video: HTMLVideoElement) => video.videoWidth);
}

/** Presses the talk key and keeps it down until the returned function is called. */
export async function holdTalkKey(person: Person): Promise<() => Promise<void>> {
  const box = await person.at(ids.talk).boundingBox();
  if (!box) throw new Error('no talk button on the screen');
  await person.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await person.page.mouse.down();
  return () => person.page.mouse.up();
}

/** The room gives a unit an order. */
export async function placeOrder(room: Person, unit: string, text: string): Promise<void> {
  await room.at(ids.orderUnit(unit)).click();
  await room.at(ids.orderText).fill(text);
  await room.at(ids.orderSubmit).click();
}

/** Waits until an order shows the given step of a unit at the room. */
export async function seesStep(room: Person, text: string, unit: string, step: string | RegExp): Promise<void> {
  const order = room.at(ids.order).filter({ hasText: text });
  await expect(order.locator(`[data-testid="${ids.orderStep}"][data-unit="${unit}"]`)).toHaveAttribute(
    'data-step',
    step,
  );
}
