import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../foreign/', import.meta.url));

/** What a client that is not ours tells at its end; see load-tests/foreign. */
export interface ForeignResult {
  connected: boolean;
  framesSent: number;
  packetsSent?: number;
  frames: number;
  damaged: number;
  backwards: number;
  audioFrames: number;
  toneHertz: number;
  deleted: number;
  etag: boolean;
}

export interface ForeignClient {
  connected: Promise<void>;
  result: Promise<ForeignResult>;
}

/** Starts a WHIP publisher or a WHEP player of another make for some seconds. */
export function foreignClient(
  make: 'aiortc' | 'gstreamer',
  role: 'whip' | 'whep',
  url: string,
  token: string,
  seconds: number,
): ForeignClient {
  const child = spawn(
    '/usr/bin/python3',
    [`${FOLDER}${make}_client.py`, role, url, token, String(seconds)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
  let markConnected = () => {};
  const connected = new Promise<void>((done) => (markConnected = done));
  let last: ForeignResult | undefined;
  createInterface(child.stdout).on('line', (line) => {
    const said = JSON.parse(line) as { at: string } & ForeignResult;
    if (said.at === 'connected') markConnected();
    if (said.at === 'end') last = said;
  });
  const result = once(child, 'close').then(([code]) => {
    if (!last) throw new Error(`${make} ${role} ended with ${code}: ${complaints.slice(-2000)}`);
    return last;
  });
  return { connected: Promise.race([connected, result.then(() => {})]), result };
}
