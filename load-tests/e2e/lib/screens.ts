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
  tileClose: (tile: number) => `tile-close-${tile}`,
  /** Opens the private call with the unit. */
  callUnit: (unit: string) => `call-unit-${unit}`,
  /** Opens the order form with the unit already chosen. */
  orderUnit: (unit: string) => `order-unit-${unit}`,
  orderText: 'order-text',
  orderSubmit: 'order-submit',
  /** One for each order, newest first; inside, one `order-step` for each assignee with `data-unit` and `data-step`. */
  order: 'order',
  orderStep: 'order-step',

  // Console: map and incidents.
  /** Chooses the map (F1) or the wall (F2) for the middle. */
  centreMap: 'centre-map',
  centreWall: 'centre-wall',
  /** Carries `data-units`, `data-incidents` and `data-drawn`; inside `map-canvas`, `map-filter`, `map-zoom-in`, `map-zoom-out`, `map-fit`. */
  map: 'map',
  /** The map's twin for the keyboard; `data-active` is the row the arrows are at. */
  mapList: 'map-list',
  /** A unit or an incident; carries `data-latitude` and `data-longitude`. */
  mapRow: (id: string) => `map-row-${id}`,
  /** The queue (I); carries `data-count`; holds `incident-search`, `incidents-open|mine|overdue|red|all`, `incident-make` (P) and an `incident-ID` for each. `left-incidents` and `left-units` choose. */
  incidentList: 'incident-list',
  /** Carries `data-incident` and `data-state`; holds `incident-nearest`, `incident-open` and `incident-locate`. */
  incidentCard: 'incident-card',
  /** All of one incident (F4). Carries `data-incident`, `data-state`, `data-step` and `data-version`; holds `step`, `handling`, `attendance`, `callback-made`, `timeline-line`. */
  centreIncident: 'centre-incident',
  incidentPage: 'incident-page',
  /** One for each act that this seat may do; on the page and on the card. What needs words opens `caseSheet`. */
  caseDo: (action: string) => `case-do-${action}`,
  /** Carries `data-action`; holds `case-FIELD` or `case-FIELD-CHOICE`, and `caseSend`. */
  caseSheet: 'case-sheet',
  caseSend: 'case-send',
  // Evidence: `picture-take`, `picture-film` and `picture-choose` take files; a `picture` with `data-state` and `data-code` for each that is sent, an `evidence-item` for each that has arrived.
  /** Why an act is shut: `data-action`, `data-code`; holds `gate-open` where something opens it. */
  gate: 'gate',
  /** Somebody else was first. */
  caseConflict: 'case-conflict',
  /** Holds `make-title`, `make-place`, `make-red|orange|yellow`, `make-name`, `make-phone`, `make-text`, `make-similar`, `make-send`; `make-point` has `data-set`. */
  incidentForm: 'incident-form',
  /** Free units by distance: `near-UNIT` with `data-metres`, and `nearest-take`, which places the order of `nearestText`. */
  nearest: 'nearest',
  nearestText: 'nearest-text',
  unitCard: 'unit-card',

  terminal: 'terminal',
  goLive: 'go-live',
  stopLive: 'stop-live',
  watchers: 'watchers',
  orderAccept: 'order-accept',
  orderRefuse: 'order-refuse',
  orderArrived: 'order-arrived',
  orderDone: 'order-done',

  // Console: talk groups. Chosen ones are what the talk key speaks to.
  /** Carries `data-affiliated`, `data-chosen` and `data-talk` (this group alone, as at `talk`). */
  group: (group: string) => `group-${group}`,
  /** Chooses this group alone; with Ctrl or Shift held as `groupAdd` does. */
  groupChoose: (group: string) => `group-choose-${group}`,
  /** One group more or less. */
  groupAdd: (group: string) => `group-add-${group}`,
  listen: (group: string) => `listen-${group}`,
  /** Opens `groupDetails`: `group-volume`, `group-pan`, `tier-red|orange|yellow`, `affiliate-UNIT`, `unaffiliate-UNIT`, `close-group`. */
  groupMore: (group: string) => `group-more-${group}`,
  groupDetails: 'group-details',
  /** Stands on a group that is joined with others. */
  joined: (group: string) => `joined-${group}`,
  /** Hold to talk over somebody. */
  override: 'override',
  /** The next talk is an order of this severity. */
  orderLatch: (severity: string) => `order-latch-${severity}`,
  /** Opens `make-group-form`: `group-name`, `group-incident`, `group-filter`, `member-UNIT`, `show-area`, `area-drawing`, `corner-text`, `add-corner`, `group-create`. */
  makeGroup: 'make-group',
  /** Carries `data-corners` and `data-inside`. */
  areaPlan: 'area-plan',
  /** Opens `patch-form`: `patch-GROUP`, `patch-make`, and a `patch` with `unpatch` for each that is joined. */
  patchGroups: 'patch-groups',
  /** Opens `broadcast-form`: `broadcast-group`, `broadcast-reach` (`data-units`), `broadcast-key`. */
  broadcast: 'broadcast',
  broadcastKey: 'broadcast-key',
  voiceSettings: 'voice-settings',

  // Console: one unit's card.
  /** Opens `call-form`: `call-turns`, `call-duplex`, `call-auto`, `call-manual`, `call-forced`, `call-start`. */
  callWays: 'call-ways',
  /** Opens `listen-form`: `listen-picture`, `listen-start`. */
  listenIn: 'listen-in',
  /** Carries `data-unit` and `data-state` (`asked`, `on`); inside `listen-stop`. */
  listening: 'listening',
  unitPlace: 'unit-place',
  /** With `regroup-listen` and `regroup-leave`. */
  regroupGroup: 'regroup-group',

  // Console: lists at the side; each tab carries `data-count`.
  tabOrders: 'tab-orders',
  tabBursts: 'tab-bursts',
  tabCallbacks: 'tab-callbacks',
  /** One for each talk, newest first; carries `data-burst` and `data-heard`, holds a `burst-play` with `data-state`. */
  burst: 'burst',
  burstPlay: 'burst-play',
  heardAll: 'heard-all',
  /** Carries `data-callback` and `data-unit`; holds `callback-call` and `callback-done`. */
  callback: 'callback',

  // Console: calls for help, over the whole width.
  /** Carries `data-alert`, `data-unit` and `data-phase`; holds `alert-go`, `alert-take`, `alert-silence`, `alert-close`. */
  alert: 'alert',
  /** After `alert-close`: `close-alert-arrived|solved|mistaken`, `close-alert-reason` + `close-alert-send`. */
  closeAlert: 'close-alert',

  // Both: private calls.
  /** Carries `data-call` and `data-unit`; holds `accept-call`, `decline-call`, at the terminal `decline-busy`. */
  incomingCall: 'incoming-call',
  acceptCall: 'accept-call',
  declineCall: 'decline-call',
  /** Console: carries `data-unit`, `data-call`, `data-ringing`, `data-duplex`; holds `hang-up` and `mute-call`. */
  privateCall: 'private-call',
  hangUp: 'hang-up',
  muteCall: 'mute-call',

  // Terminal.
  /** Held for 1.5 s it calls for help. */
  sos: 'sos',
  /** Carries `data-phase` (`sending`, `pending`, `active`, `refused`); holds `sos-cancel`, `sos-seen`, `sos-mic`, `sos-offline`. */
  sosPanel: 'sos-panel',
  sosCancel: 'sos-cancel',
  chooseGroup: 'choose-group',
  /** Carries `data-unit` and `data-muted`. */
  duplexCall: 'duplex-call',
  outgoingCall: 'outgoing-call',
  /** Carries `data-count`; opens `missed-sheet` with a `burst` for each. */
  missed: 'missed',
  /** Carries `data-asked`. On the console's unit card as well. */
  askCallback: 'ask-callback',
  /** Shown while somebody listens in, where the policy says so. */
  listenedTo: 'listened-to',

  /** Hold to talk. Carries `data-talk` (`idle`, `requesting`, `granted`, `queued`, `taken`, `denied`, `off`). */
  talk: 'talk',
  talker: 'talker',
  /** `data-state` (`connected`, `reconnecting`) of the WebSocket, `data-node`: origin of the server it goes to. */
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
  /** For instruments that the page's content policy would refuse. */
  bypassCSP?: boolean;
  /** More instruments for the pages of this person. */
  prepare?: (context: BrowserContext) => Promise<void>;
}

/** Opens the product's page in a context of its own and signs in. */
export async function sitDown(browser: Browser, seat: Seat): Promise<Person> {
  const context = await browser.newContext({
    locale: seat.locale ?? 'zh-CN',
    viewport: seat.viewport ?? { width: 1280, height: 800 },
    permissions: ['camera', 'microphone'],
    bypassCSP: seat.bypassCSP ?? false,
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
