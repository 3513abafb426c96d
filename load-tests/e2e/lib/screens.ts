import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { addProbe, addSyntheticMedia, type SyntheticMedia } from './page-scripts.ts';

/**
 * What the browser tests hold on to: `data-testid` names of the pages, one place for all of them.
 * `unit` stands for a unit id such as `car1`, `tile` for a tile's number from 0.
 */
export const ids = {
  signInName: 'sign-in-name',
  signInPassword: 'sign-in-password',
  signInSubmit: 'sign-in-submit',
  signInError: 'sign-in-error',

  console: 'console',
  /** One click shows the unit's picture in a tile. Carries `data-online` and `data-live`. */
  unit: (unit: string) => `unit-${unit}`,
  /** Holds one `<video>`. Carries `data-unit` and `data-state` (`free`, `waiting`, `live`, `ended`). */
  tile: (tile: number) => `tile-${tile}`,
  tileQuality: (tile: number) => `tile-quality-${tile}`,
  /** Opens the private call with the unit. */
  callUnit: (unit: string) => `call-unit-${unit}`,
  /** Opens the order form with the unit already chosen. */
  orderUnit: (unit: string) => `order-unit-${unit}`,
  orderText: 'order-text',
  orderSubmit: 'order-submit',
  /** One for each order, newest first; inside, one `order-step` for each assignee with `data-unit` and `data-step`. */
  order: 'order',
  orderStep: 'order-step',

  terminal: 'terminal',
  goLive: 'go-live',
  stopLive: 'stop-live',
  watchers: 'watchers',
  orderAccept: 'order-accept',
  orderRefuse: 'order-refuse',
  orderArrived: 'order-arrived',
  orderDone: 'order-done',

  /** Hold to talk. Carries `data-talk` (`idle`, `requesting`, `granted`, `queued`, `taken`, `denied`, `off`). */
  talk: 'talk',
  talker: 'talker',
  /** `data-state` (`connected`, `reconnecting`) of the WebSocket. */
  link: 'link',
  language: 'language',
  signOut: 'sign-out',
} as const;

/** A person at a screen: one browser context with its own sign-in. */
export interface Person {
  context: BrowserContext;
  page: Page;
  at(id: string): Locator;
}

export interface Seat {
  origin: string;
  name: string;
  password: string;
  media?: Partial<SyntheticMedia>;
  genuineDevices?: boolean;
  viewport?: { width: number; height: number };
  locale?: string;
  /** More instruments for the pages of this person. */
  prepare?: (context: BrowserContext) => Promise<void>;
}

/** Opens the product's page in a context of its own and signs in. */
export async function sitDown(browser: Browser, seat: Seat): Promise<Person> {
  const context = await browser.newContext({
    locale: seat.locale ?? 'zh-CN',
    viewport: seat.viewport ?? { width: 1280, height: 800 },
    permissions: ['camera', 'microphone'],
  });
  await addProbe(context);
  if (!seat.genuineDevices) {
    await addSyntheticMedia(context, {
      toneHertz: 1000,
      width: 640,
      height: 360,
      framesPerSecond: 20,
      ...seat.media,
    });
  }
  await seat.prepare?.(context);
  const page = await context.newPage();
  const at = (id: string) => page.getByTestId(id);
  await page.goto(seat.origin);
  await at(ids.signInName).fill(seat.name);
  await at(ids.signInPassword).fill(seat.password);
  await at(ids.signInSubmit).click();
  await at(ids.signInName).waitFor({ state: 'detached' });
  return { context, page, at };
}

/** The video of a console tile. */
export function tileVideo(person: Person, tile: number): Locator {
  return person.at(ids.tile(tile)).locator('video');
}
