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

export interface TelephoneCall {
  id: string;
  state: 'dialling' | 'ringing' | 'notice' | 'recording' | 'seated' | 'over';
  number?: string;
  said: number;
  say: { version: string; zh: string; en: string; keys: { key: string; does: string }[] };
  connect: boolean;
}

/** What a caller hears: packets so far, and the tones of the last half second with their amplitudes. */
export interface Hearing { packets: number; tones: Record<string, number> }

/** What the server said, or the gateway itself. */
export interface GatewayAnswer { status: number; code?: string; id?: string; packets?: number }

/** A gateway to the telephone network, of another make; see load-tests/foreign. */
export class TelephoneGateway {
  calls: TelephoneCall[] = [];
  /** Whether the server has answered once. */
  known = false;
  hearing: Hearing = { packets: 0, tones: {} };
  private readonly child;
  private readonly answers = new Map<number, (answer: GatewayAnswer) => void>();
  private asked = 0;
  private complaints = '';

  constructor(origin: string, key: string, toneHertz: number) {
    this.child = spawn('/usr/bin/python3', [`${FOLDER}telephone_gateway.py`, origin, key, String(toneHertz)], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stderr.on('data', (text: Buffer) => (this.complaints += text.toString()));
    createInterface(this.child.stdout).on('line', (line) => {
      const said = JSON.parse(line) as { at: string; id: number; status: number; body: Omit<GatewayAnswer, 'status'>; calls: TelephoneCall[] } & Hearing;
      if (said.at === 'calls') [this.calls, this.known] = [said.calls, true];
      if (said.at === 'sound') this.hearing = { packets: said.packets, tones: said.tones };
      if (said.at === 'done') this.answers.get(said.id)?.({ status: said.status, ...said.body });
    });
  }

  /** The refusal's code, or nothing. */
  async state(call: string, state: string): Promise<string | undefined> {
    return (await this.ask({ do: 'say', path: `/${call}/state`, body: { state } })).code;
  }

  async keys(call: string, keys: string): Promise<string | undefined> {
    return (await this.ask({ do: 'say', path: `/${call}/keys`, body: { keys } })).code;
  }

  /** Connects the caller's voice by one offer and answer. */
  async connect(call: string): Promise<string | undefined> {
    return (await this.ask({ do: 'connect', call })).code;
  }

  /** That have come to the caller so far. */
  async packets(): Promise<number> {
    return (await this.ask({ do: 'count' })).packets!;
  }

  async disconnect(): Promise<void> {
    await this.ask({ do: 'close' });
  }

  /** Somebody called and keyed in a code. */
  enter(code: string, caller: string): Promise<GatewayAnswer> {
    return this.ask({ do: 'say', path: '', body: { code, caller } });
  }

  stop(): void {
    this.child.kill();
  }

  private async ask(order: object): Promise<GatewayAnswer> {
    const id = ++this.asked;
    const answer = new Promise<GatewayAnswer>((done, failed) => {
      this.answers.set(id, done);
      setTimeout(() => failed(new Error(`the gateway does not answer: ${this.complaints.slice(-2000)}`)), 30_000).unref();
    });
    this.child.stdin.write(`${JSON.stringify({ id, ...order })}\n`);
    return answer;
  }
}
