import type { BrowserContext, Page } from '@playwright/test';

/** What a page with a voice instrument leaves in `window`. Times are epoch milliseconds with fractions. */
export interface Mouth {
  /** When something was really said, as it left for the encoder. */
  said: { from: number; to: number }[];
  /** The tone sounds until it is told otherwise, whatever the key does. */
  always(on: boolean): void;
  /** From now on each press of a talk key says something: so long after it, for so long. */
  afterPress(plan: { delayMs: number; durationMs: number } | null): void;
  /** Says some short sounds at equal distances from now on; answers when each begins. */
  pips(count: number, everyMs: number, durationMs: number): number[];
  /** From now on each release of a talk key ends what is said at that moment. */
  untilRelease(on: boolean): void;
}

export interface Ear {
  /** When a tone was loud enough to be one, in any of the voices that the page is sent. */
  heard: { at: number; decibels: number }[];
  /** Pieces of sound looked at, silent ones too. */
  looked: number;
  listen(hertz: number): void;
}

/** What keys and cue tones did, and what the server said. */
export interface Witness {
  pressed: number[];
  released: number[];
  /** Cue tones of the page itself. */
  cues: { at: number; hertz: number }[];
  /** What the server said of floors, calls and media, newest last. */
  told: { at: number; message: Record<string, unknown> & { type: string } }[];
}

declare global {
  interface Window {
    mouth: Mouth;
    ear: Ear;
    witness: Witness;
  }
}

/** Gives the pages of a context a microphone whose tone is timed, an ear, and a witness. */
export async function addVoiceProbe(context: BrowserContext, hertz: number): Promise<void> {
  await context.addInitScript(installVoiceProbe, hertz);
}

function installVoiceProbe(hertz: number): void {
  const TALK_KEYS = '[data-testid="talk"], [data-testid="override"], [data-testid="broadcast-key"]';
  const epoch = (now: number) => performance.timeOrigin + now;

  // ---- the witness ------------------------------------------------------------------------------
  const witness: Witness = { pressed: [], released: [], cues: [], told: [] };
  window.witness = witness;
  const isKey = (event: Event) => event.target instanceof Element && event.target.closest(TALK_KEYS) !== null;
  let held = false;
  document.addEventListener('pointerdown', (event) => {
    if (!isKey(event)) return;
    held = true;
    witness.pressed.push(epoch(event.timeStamp));
    if (plan) say(epoch(event.timeStamp) + plan.delayMs, plan.durationMs);
  }, true);
  document.addEventListener('pointerup', (event) => {
    if (!held) return;
    held = false;
    witness.released.push(epoch(event.timeStamp));
    if (endsWithKey) silence(epoch(event.timeStamp));
  }, true);

  let ours = false;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when = 0) {
    if (!ours) {
      const wait = Math.max(0, when - this.context.currentTime) * 1000;
      witness.cues.push({ at: epoch(performance.now()) + wait, hertz: this.frequency.value });
    }
    start.call(this, when);
  };

  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('message', (event) => {
        const message = JSON.parse(event.data as string);
        if (/^(floor|call|voice|media\.state|ambient|alert|burst|group)/.test(message.type)) {
          witness.told.push({ at: epoch(performance.now()), message });
        }
      });
    }
  };

  // ---- the mouth --------------------------------------------------------------------------------
  let plan: { delayMs: number; durationMs: number } | null = null;
  let endsWithKey = false;
  let microphone: { audio: AudioContext; gate: GainNode } | undefined;
  const said: Mouth['said'] = [];

  /** The moment at which the context renders what it calls `contextTime`. */
  function renderedAt(audio: AudioContext, contextTime: number): number {
    return epoch(performance.now()) + (contextTime - audio.currentTime) * 1000;
  }

  function say(atEpoch: number, durationMs: number): void {
    if (!microphone) return;
    const { audio, gate } = microphone;
    const from = Math.max(audio.currentTime + 0.003, audio.currentTime + (atEpoch - epoch(performance.now())) / 1000);
    const to = from + durationMs / 1000;
    gate.gain.setValueAtTime(1, from);
    gate.gain.setValueAtTime(0, to);
    said.push({ from: renderedAt(audio, from), to: renderedAt(audio, to) });
  }

  function silence(atEpoch: number): void {
    if (!microphone) return;
    const { audio, gate } = microphone;
    gate.gain.cancelScheduledValues(0);
    gate.gain.setValueAtTime(0, audio.currentTime);
    const last = said.at(-1);
    if (last) last.to = Math.max(atEpoch, renderedAt(audio, audio.currentTime));
  }

  window.mouth = {
    said,
    always(on) {
      microphone?.gate.gain.cancelScheduledValues(0);
      microphone?.gate.gain.setValueAtTime(on ? 1 : 0, microphone.audio.currentTime);
    },
    afterPress(next) {
      plan = next;
    },
    pips(count, everyMs, durationMs) {
      const before = said.length;
      const first = epoch(performance.now()) + 50;
      for (let pip = 0; pip < count; pip++) say(first + pip * everyMs, durationMs);
      return said.slice(before).map((sound) => sound.from);
    },
    untilRelease(on) {
      endsWithKey = on;
    },
  };

  const others = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    if (!constraints.audio) return others(constraints);
    const audio = new AudioContext({ latencyHint: 'interactive' });
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    const loudness = audio.createGain();
    loudness.gain.value = 0.3;
    const gate = audio.createGain();
    gate.gain.value = 0;
    const output = audio.createMediaStreamDestination();
    tone.connect(loudness).connect(gate).connect(output);
    ours = true;
    tone.start();
    ours = false;
    await audio.resume();
    microphone = { audio, gate };
    const stream = constraints.video ? await others({ video: constraints.video }) : new MediaStream();
    stream.addTrack(output.stream.getAudioTracks()[0]!);
    return stream;
  };

  // ---- the ear ----------------------------------------------------------------------------------
  const heard: Ear['heard'] = [];
  const BLOCKS_PER_SECOND = 400;
  const FAINTEST = -60;

  /** Power of one frequency in a block (Goertzel), as decibels of full scale. */
  function loudnessOf(samples: Float32Array, from: number, length: number, rate: number, frequency: number): number {
    const turn = 2 * Math.cos((2 * Math.PI * frequency) / rate);
    let before = 0;
    let last = 0;
    for (let i = from; i < from + length; i++) [last, before] = [samples[i]! + turn * last - before, last];
    const power = last * last + before * before - turn * last * before;
    return 10 * Math.log10((4 * power) / (length * length) + 1e-12);
  }

  async function follow(track: MediaStreamTrack, frequency: number): Promise<void> {
    // A remote track is only decoded when something plays it.
    const player = new Audio();
    player.muted = true;
    player.srcObject = new MediaStream([track]);
    void player.play();
    // @ts-expect-error not in TypeScript's DOM library: Chromium's way to read a track's frames
    const reader: ReadableStreamDefaultReader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    let offset = Infinity; // between the frames' clock and ours, less what waits for us
    for (;;) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      const samples = new Float32Array(frame.numberOfFrames);
      frame.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      const stamp = frame.timestamp / 1000;
      const rate = frame.sampleRate;
      frame.close();
      offset = Math.min(offset, performance.now() - stamp);
      const block = Math.round(rate / BLOCKS_PER_SECOND);
      for (let from = 0; from + block <= samples.length; from += block) {
        const at = epoch(stamp + offset) + (from * 1000) / rate;
        const decibels = loudnessOf(samples, from, block, rate, frequency);
        if (decibels > FAINTEST) heard.push({ at, decibels });
        window.ear.looked++;
      }
    }
  }

  const followed = new Set<string>();
  window.ear = {
    heard,
    looked: 0,
    listen(frequency) {
      for (const connection of window.probe.connections) {
        if (connection.connectionState === 'closed') continue;
        for (const { receiver, mid } of connection.getTransceivers()) {
          const { track } = receiver;
          if (track.kind !== 'audio' || followed.has(`${track.id} ${mid}`)) continue;
          followed.add(`${track.id} ${mid}`);
          void follow(track, frequency);
        }
      }
    },
  };
}

/** A stretch of time in which a tone was heard. */
export interface Sound {
  from: number;
  to: number;
}

/** What a page has heard since a moment, as stretches above a loudness; short holes are bridged. */
export async function soundsHeard(page: Page, since: number, decibels = -35, bridgeMs = 60): Promise<Sound[]> {
  return page.evaluate(
    ({ since, decibels, bridgeMs }) => {
      const sounds: { from: number; to: number }[] = [];
      const blocks = window.ear.heard
        .filter((block) => block.at >= since && block.decibels > decibels)
        .sort((a, b) => a.at - b.at);
      for (const { at } of blocks) {
        const last = sounds.at(-1);
        if (last && at - last.to < bridgeMs) last.to = Math.max(last.to, at + 2.5);
        else sounds.push({ from: at, to: at + 2.5 });
      }
      return sounds;
    },
    { since, decibels, bridgeMs },
  );
}

/** Lets a page listen for a tone from now on; waits until its voices flow into the instrument. */
export async function listenFor(page: Page, hertz: number): Promise<void> {
  await page.evaluate((frequency) => window.ear.listen(frequency), hertz);
  await page.waitForFunction(() => window.ear.looked > 0);
}

/** The longest time, in milliseconds, between two pieces of a row in which there was nothing. */
export function longestPause(pieces: number[][], from: number, to: number): number {
  let silentFrom = from;
  let longest = 0;
  for (const [begins, ends] of pieces as [number, number][]) {
    if (ends < from || begins > to) continue;
    longest = Math.max(longest, begins - silentFrom);
    silentFrom = Math.max(silentFrom, ends);
  }
  return Math.round(Math.max(longest, to - silentFrom));
}
