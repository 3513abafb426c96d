import { test, type Browser } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { launchChromium } from '../lib/browser.ts';
import { connectDirectly, DIRECT_TILE } from './direct.ts';
import { motionOf, quantile } from '../lib/figures.ts';
import { NarrowLink } from '../lib/narrow.ts';
import type { SeenFrame } from '../lib/page-scripts.ts';
import { framesFor, goLive, watch } from '../lib/scene.ts';
import { ids, type Person } from '../lib/screens.ts';
import { Server } from '../lib/server.ts';
import { overKey, talkState, VoiceScene } from '../lib/voice-scene.ts';

const QUICK = process.env.QUICK === '1';
/** The same once more over a connection from page to page, without us. */
const COMPARED = process.env.COMPARED === '1';
const RATES = QUICK ? [300, 1000, 10_000] : [150, 300, 600, 1000, 2500, 10_000];
const LOSSES = QUICK ? [0, 10] : [0, 5, 10, 20];
/** Until the way is found out; the talker notices loss by reports that come every few seconds. */
const SETTLE_MS = 8_000;
const SEEN_SECONDS = 10;
/** A picture of a street: 1.5 Mbit/s where there is room. */
const CAMERA = { width: 640, height: 480, framesPerSecond: 20, grain: 0.3 };
const OUT = process.env.TABLE_FOLDER ?? 'target/bench';

type Between = 'relay' | 'direct';

interface Cell {
  between: Between;
  way: 'down' | 'up';
  kbitPerSecond: number;
  lossPercent: number;
  framesPerSecond: number;
  width: number;
  longestGapMs: number;
  frozenMs: number;
  delayMedianMs: number;
  delayP95Ms: number;
  concealedPercent: number;
}

/** What a room gets of a car over one narrow, lossy way, its own or the car's. */
test('links', async () => {
  const server = new Server('links-table');
  const rooms = new NarrowLink(1);
  const cars = new NarrowLink(2);
  const browsers: Browser[] = [];
  const cells: Cell[] = [];
  rooms.lay();
  cars.lay();
  await server.start('--server.address=0.0.0.0', '--maplebridge.demo.expose=true');
  try {
    const seat = async (link: NarrowLink) => {
      const at = link.behind(server.port);
      browsers.push(await launchChromium({}, at));
      return { scene: new VoiceScene(browsers.at(-1)!, server), origin: at.origin };
    };
    const far = await seat(cars);
    const near = await seat(rooms);
    const car = await far.scene.terminal('car1', 1000, { origin: far.origin, media: CAMERA });
    const room = await near.scene.console('xinhe', 700, { origin: near.origin });
    await car.page.evaluate(() => window.mouth.always(true));
    rooms.widen();
    cars.widen();
    await goLive(car);
    await watch(room, 'car1');
    await overKey(car);
    await framesFor(room, 6);
    const between = async (what: Between) => {
      for (const way of ['down', 'up'] as const) {
        for (const lossPercent of LOSSES) {
          for (const kbitPerSecond of RATES) {
            rooms.widen();
            cars.widen();
            if (way === 'down') rooms.narrow(kbitPerSecond);
            else cars.narrowBack(kbitPerSecond);
            (way === 'down' ? rooms : cars).lose(way, lossPercent);
            const figures = await (what === 'relay' ? throughUs(car, room) : measured(room, DIRECT_TILE));
            const cell = { between: what, way, kbitPerSecond, lossPercent, ...figures };
            cells.push(cell);
            console.log(JSON.stringify(cell));
          }
        }
      }
    };
    await between('relay');
    if (COMPARED) {
      rooms.widen();
      cars.widen();
      await room.at(ids.tileClose(0)).click();
      await car.at(ids.stopLive).click();
      NarrowLink.join(rooms, cars);
      await connectDirectly(car, room);
      await framesFor(room, 6, DIRECT_TILE);
      await between('direct');
    }
  } finally {
    for (const browser of browsers) await browser.close();
    await server.stop();
    rooms.takeUp();
    cars.takeUp();
  }
  mkdirSync(OUT, { recursive: true });
  writeFileSync(`${OUT}/links.json`, JSON.stringify({ scenario: 'links', commit: process.env.COMMIT ?? 'unknown', cells }, null, 1));
  writeFileSync(`${OUT}/links.html`, page(cells));
});

type Figures = Omit<Cell, 'between' | 'way' | 'kbitPerSecond' | 'lossPercent'>;

async function throughUs(car: Person, room: Person): Promise<Figures> {
  await car.page.mouse.down();
  await talkState(car, /granted|queued|idle|denied/);
  const figures = await measured(room, 0);
  await car.page.mouse.up();
  await room.page.waitForTimeout(1_000); // sooner it would be the same talk
  return figures;
}

async function measured(room: Person, tile: number): Promise<Figures> {
  await room.page.waitForTimeout(SETTLE_MS);
  const before = await decoded(room);
  const beganMs = Date.now();
  const frames = await framesFor(room, SEEN_SECONDS, tile);
  const endedMs = Date.now();
  const after = await decoded(room);
  const motion = motionOf(frames);
  const gaps = gapsOf(frames, beganMs, endedMs);
  const samples = after.samples - before.samples;
  return {
    framesPerSecond: round(motion.frames / SEEN_SECONDS),
    width: quantile(frames.map(({ width }) => width), 0.5) || 0,
    longestGapMs: Math.max(...gaps),
    frozenMs: gaps.filter((gap) => gap > 1_000).reduce((sum, gap) => sum + gap, 0),
    delayMedianMs: Math.round(motion.delayMedianMs),
    delayP95Ms: Math.round(motion.delayP95Ms),
    concealedPercent: samples > 0 ? round((100 * (after.concealed - before.concealed)) / samples) : 100,
  };
}

/** Between pictures, and from the beginning to the first and from the last to the end. */
function gapsOf(frames: SeenFrame[], beganMs: number, endedMs: number): number[] {
  const moments = [beganMs, ...frames.filter(({ damaged }) => !damaged).map(({ shownMs }) => shownMs), endedMs];
  return moments.slice(1).map((moment, index) => Math.round(moment - moments[index]!));
}

async function decoded(person: Person): Promise<{ samples: number; concealed: number }> {
  const sum = { samples: 0, concealed: 0 };
  for (const entry of await person.page.evaluate(() => window.probe.stats('inbound-rtp'))) {
    if (entry.kind !== 'audio' || !entry.packetsReceived) continue;
    sum.samples += Number(entry.totalSamplesReceived ?? 0);
    sum.concealed += Number(entry.concealedSamples ?? 0) - Number(entry.silentConcealedSamples ?? 0);
  }
  return sum;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A table for each figure and way, from red to green. */
function page(cells: Cell[]): string {
  const FIGURES: [keyof Cell, string, (value: number) => boolean][] = [
    ['framesPerSecond', 'pictures a second', (value) => value >= 10],
    ['longestGapMs', 'longest pause of the picture, ms', (value) => value <= 1_000],
    ['delayMedianMs', 'delay of the picture, ms (median)', (value) => value <= 400],
    ['width', 'width of the picture', (value) => value >= 320],
    ['concealedPercent', 'voice made up by the decoder, %', (value) => value <= 2],
  ];
  const WAYS = (COMPARED ? ['relay', 'direct'] as const : ['relay'] as const).flatMap((between) => [{ between, way: 'down' }, { between, way: 'up' }] as const);
  const tables = FIGURES.flatMap(([key, title, well]) => WAYS.map(({ between, way }) => {
    const rows = LOSSES.map((loss) => {
      const row = RATES.map((rate) => {
        const value = Number(cells.find((cell) => cell.between === between && cell.way === way && cell.kbitPerSecond === rate && cell.lossPercent === loss)?.[key]);
        return `<td class="${well(value) ? 'well' : 'ill'}">${value}</td>`;
      });
      return `<tr><th>${loss} %</th>${row.join('')}</tr>`;
    });
    const heads = RATES.map((rate) => `<th>${rate}</th>`).join('');
    return `<h2>${way === 'down' ? 'The room’s way' : 'The car’s way'}, ${between === 'relay' ? 'through us' : 'from page to page'}: ${title}</h2><table><tr><th>loss \\ kbit/s</th>${heads}</tr>${rows.join('')}</table>`;
  }));
  return `<!doctype html><meta charset="utf-8"><title>Links</title><style>body{font:15px system-ui;margin:2em}td,th{padding:.3em .8em;text-align:right}.well{background:#d9f2df}.ill{background:#fbdcdc}</style><h1>A car over narrow and lossy ways</h1>${tables.join('')}`;
}
