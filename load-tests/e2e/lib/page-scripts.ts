import type { BrowserContext } from '@playwright/test';
import { frameCode } from './frame-code.ts';

/** What the scripts below leave in `window`; tests reach it through `page.evaluate`. */
export interface Probe {
  connections: RTCPeerConnection[];
  sockets: WebSocket[];
  mediaRequests: MediaStreamConstraints[];
  watch(video: HTMLVideoElement): SeenFrame[];
  loudestTone(): Promise<{ hertz: number; decibels: number; mid: string | null }>;
  stats(type: string): Promise<Record<string, number | string | boolean>[]>;
}

/** One rendered frame: what it says of itself and when the screen showed it (epoch milliseconds). */
export interface SeenFrame {
  counter: number;
  sentMs: number;
  shownMs: number;
  damaged: boolean;
  width: number;
}

declare global {
  interface Window {
    probe: Probe;
    frameCode: ReturnType<typeof frameCode>;
    /** What the page itself shows to tests; see web-client/src/debug.ts. */
    __maplebridge?: { floors: Record<string, string>; link: string; media: string; debug?: Record<string, () => unknown> };
  }
}

export interface SyntheticMedia {
  toneHertz: number;
  width: number;
  height: number;
  framesPerSecond: number;
  /** How much grain of the kind that no encoder can foresee lies over the lower half, 0 to 1: then it takes all it may. */
  grain?: number;
}

/** Lets tests see into every page of a context: peer connections, sockets, frames and tones. */
export async function addProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: `window.frameCode = (${frameCode.toString()})()` });
  await context.addInitScript(installProbe);
}

/** Gives the pages of a context a camera that shows the true time and a microphone with one tone. */
export async function addSyntheticMedia(context: BrowserContext, media: SyntheticMedia) {
  await context.addInitScript(installSyntheticMedia, media);
}

function installProbe() {
  const connections: RTCPeerConnection[] = [];
  const sockets: WebSocket[] = [];
  const mediaRequests: MediaStreamConstraints[] = [];
  const heard = new Map<string, { analyser: AnalyserNode; mid: string | null }>();
  const watched = new WeakMap<HTMLVideoElement, SeenFrame[]>();
  let audio: AudioContext | undefined;

  const seen = (made: typeof RTCPeerConnection) =>
    class extends made {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
      override close() {
        // One that only asked which networks there are.
        const at = connections.indexOf(this);
        if (!this.remoteDescription && at >= 0) connections.splice(at, 1);
        super.close();
      }
    };
  window.RTCPeerConnection = seen(window.RTCPeerConnection);
  // Pages make connections in empty windows of their own too.
  const inside = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow')!.get!;
  const looked = new WeakSet<Window>();
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {
    get(this: HTMLIFrameElement) {
      const found = inside.call(this) as (Window & typeof globalThis) | null;
      if (found?.RTCPeerConnection && !looked.has(found)) {
        looked.add(found);
        found.RTCPeerConnection = seen(found.RTCPeerConnection);
      }
      return found;
    },
  });
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      sockets.push(this);
    }
  };

  function watch(video: HTMLVideoElement): SeenFrame[] {
    const known = watched.get(video);
    if (known) return known;
    const frames: SeenFrame[] = [];
    watched.set(video, frames);
    const { columns, rows, parse } = window.frameCode;
    const canvas = document.createElement('canvas');
    canvas.width = columns * 4;
    canvas.height = rows * 4;
    const pen = canvas.getContext('2d', { willReadFrequently: true })!;
    const look: VideoFrameRequestCallback = (_now, metadata) => {
      video.requestVideoFrameCallback(look);
      pen.drawImage(
        video, 0, 0, video.videoWidth, video.videoHeight / 2, 0, 0, canvas.width, canvas.height);
      const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
      const bits: boolean[] = [];
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          let sum = 0;
          for (const [dx, dy] of [[1, 1], [2, 1], [1, 2], [2, 2]] as const) {
            sum += pixels[((row * 4 + dy) * canvas.width + column * 4 + dx) * 4 + 1] ?? 0;
          }
          bits.push(sum / 4 > 127);
        }
      }
      const shownMs = performance.timeOrigin + metadata.expectedDisplayTime;
      const code = parse(bits);
      frames.push({
        counter: code?.counter ?? -1,
        sentMs: code ? Math.floor(shownMs / 2 ** 32) * 2 ** 32 + code.clockMs : 0,
        shownMs,
        damaged: code === null,
        width: video.videoWidth,
      });
    };
    video.requestVideoFrameCallback(look);
    return frames;
  }

  function listen() {
    audio ??= new AudioContext();
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const transceiver of connection.getTransceivers()) {
        const { track } = transceiver.receiver;
        if (track.kind !== 'audio' || heard.has(track.id)) continue;
        const stream = new MediaStream([track]);
        // A remote track is only decoded when something plays it.
        const player = new Audio();
        player.muted = true;
        player.srcObject = stream;
        void player.play();
        const analyser = audio.createAnalyser();
        analyser.fftSize = 4096;
        analyser.smoothingTimeConstant = 0.3;
        audio.createMediaStreamSource(stream).connect(analyser);
        heard.set(track.id, { analyser, mid: transceiver.mid });
      }
    }
  }

  async function loudestTone() {
    listen();
    await audio!.resume();
    await new Promise((done) => setTimeout(done, 150));
    let loudest = { hertz: 0, decibels: -200, mid: null as string | null };
    for (const { analyser, mid } of heard.values()) {
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(spectrum);
      spectrum.forEach((decibels, bin) => {
        if (decibels > loudest.decibels && bin > 4) {
          const hertz = (bin * audio!.sampleRate) / analyser.fftSize;
          loudest = { hertz, decibels, mid };
        }
      });
    }
    return loudest;
  }

  async function stats(type: string) {
    const found: Record<string, number | string | boolean>[] = [];
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      (await connection.getStats()).forEach((entry) => {
        if (entry.type === type) found.push(entry);
      });
    }
    return found;
  }

  window.probe = { connections, sockets, mediaRequests, watch, loudestTone, stats };
}

function installSyntheticMedia(media: SyntheticMedia) {
  function camera(): MediaStreamTrack {
    const { columns, rows, cells } = window.frameCode;
    const canvas = document.createElement('canvas');
    canvas.width = media.width;
    canvas.height = media.height;
    const pen = canvas.getContext('2d', { willReadFrequently: true })!;
    // @ts-expect-error not in TypeScript's DOM library: Chromium's way to feed frames into a track
    const track = new MediaStreamTrackGenerator({ kind: 'video' });
    const sink = track.writable.getWriter();
    const grains = document.createElement('canvas');
    grains.width = media.width;
    grains.height = media.height;
    const scatter = new ImageData(media.width, media.height);
    for (let i = 0; i < scatter.data.length; i++) scatter.data[i] = i % 4 === 3 ? 255 : Math.random() * 255;
    grains.getContext('2d')!.putImageData(scatter, 0, 0);
    let counter = 0;
    const timer = setInterval(() => {
      if (track.readyState === 'ended') {
        clearInterval(timer);
        return;
      }
      counter++;
      const width = media.width / columns;
      const height = media.height / 2 / rows;
      cells(counter, Date.now()).forEach((white, index) => {
        pen.fillStyle = white ? '#ebebeb' : '#101010';
        pen.fillRect((index % columns) * width, Math.floor(index / columns) * height, width, height);
      });
      for (let bar = 0; bar < 8; bar++) {
        pen.fillStyle = `hsl(${(bar * 45 + counter * 3) % 360} 70% 50%)`;
        pen.fillRect((bar * media.width) / 8, media.height / 2, media.width / 8, media.height / 2);
      }
      if (media.grain) {
        pen.globalAlpha = media.grain;
        const [left, top] = [(counter * 97) % 400, (counter * 61) % 200];
        pen.drawImage(grains, left, top, 800, 300, 0, media.height / 2, media.width, media.height / 2);
        pen.globalAlpha = 1;
      }
      const frame = new VideoFrame(canvas, { timestamp: Math.round(performance.now() * 1000) });
      sink.write(frame).catch(() => frame.close());
    }, 1000 / media.framesPerSecond);
    return track;
  }

  function microphone(): MediaStreamTrack {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    tone.frequency.value = media.toneHertz;
    const loudness = audio.createGain();
    loudness.gain.value = 0.3;
    const output = audio.createMediaStreamDestination();
    tone.connect(loudness).connect(output);
    tone.start();
    void audio.resume();
    return output.stream.getAudioTracks()[0]!;
  }

  navigator.mediaDevices.getUserMedia = async (constraints = {}) => {
    window.probe.mediaRequests.push(constraints);
    const stream = new MediaStream();
    if (constraints.video) stream.addTrack(camera());
    if (constraints.audio) stream.addTrack(microphone());
    return stream;
  };
}
