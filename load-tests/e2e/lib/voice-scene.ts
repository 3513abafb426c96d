import { expect, type Browser } from '@playwright/test';
import { quantile } from './figures.ts';
import { ids, sitDown, type Person, type Seat } from './screens.ts';
import type { Server } from './server.ts';
import { addVoiceProbe, listenFor, soundsHeard, type Sound } from './voice-probe.ts';

/** A frame, a codec and a jitter buffer cannot be faster. */
const SHORTEST_DELAY_MS = 20;

const TERMINAL = { viewport: { width: 420, height: 860 } };

/** Seats people at one server, each with a microphone of its own tone and an ear. */
export class VoiceScene {
  constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  async console(name: string, toneHertz: number, seat: Partial<Seat> = {}): Promise<Person> {
    return this.sit(name, toneHertz, seat);
  }

  async terminal(name: string, toneHertz: number, seat: Partial<Seat> = {}): Promise<Person> {
    return this.sit(name, toneHertz, { ...TERMINAL, ...seat });
  }

  private async sit(name: string, toneHertz: number, seat: Partial<Seat>): Promise<Person> {
    const person = await sitDown(this.browser, {
      origin: this.server.origin,
      password: this.server.password,
      name,
      prepare: (context) => addVoiceProbe(context, toneHertz),
      ...seat,
    });
    await mediaFlow(person);
    return person;
  }
}

/** Waits until a page's peer connection stands. */
export async function mediaFlow(person: Person): Promise<void> {
  await person.page.waitForFunction(
    () => window.probe.connections.at(-1)?.connectionState === 'connected',
    undefined,
    { timeout: 60_000 },
  );
}

/** Puts the pointer on the talk key, so that pressing it is one event and nothing else. */
export async function overKey(person: Person, key: string = ids.talk): Promise<void> {
  const box = await person.at(key).boundingBox();
  if (!box) throw new Error(`no ${key} on the screen`);
  await person.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** Holds the key under the pointer for a while. */
export async function hold(person: Person, milliseconds: number): Promise<void> {
  await person.page.mouse.down();
  await person.page.waitForTimeout(milliseconds);
  await person.page.mouse.up();
}

export async function talkState(person: Person, state: string | RegExp, key: string = ids.talk): Promise<void> {
  await expect(person.at(key)).toHaveAttribute('data-talk', state);
}

/** The page has said something after each press; here is what another page heard of each. */
export interface Trial {
  /** From the first sample that was said to the first that was heard. */
  delayMs: number;
  saidMs: number;
  /** All that was heard of it; a hole that a decoder put in between is none of it. */
  heardMs: number;
}

/** Pairs what one page said since a moment with what another one heard. */
export async function trialsSince(
  talker: Person,
  listener: Person,
  since: number,
): Promise<{ trials: Trial[]; unheard: number }> {
  const said: Sound[] = await talker.page.evaluate(
    (from) => window.mouth.said.filter((sound) => sound.from >= from),
    since,
  );
  const heard = await soundsHeard(listener.page, since, -35, 15);
  // Voices are never heard before they are said, and come in their order.
  const owner = (sound: Sound) => said.findLastIndex((candidate) => candidate.from <= sound.from - SHORTEST_DELAY_MS);
  const pieces = said.map((_, index) => heard.filter((sound) => owner(sound) === index));
  const trials = said.flatMap((sound, index) => {
    const parts = pieces[index]!;
    if (parts.length === 0) return [];
    return [{
      delayMs: parts[0]!.from - sound.from,
      saidMs: sound.to - sound.from,
      heardMs: parts.reduce((sum, part) => sum + part.to - part.from, 0),
    }];
  });
  return { trials, unheard: said.length - trials.length };
}

/** Milliseconds from each press to the first cue tone after it. */
export async function pressToCue(person: Person, since: number): Promise<number[]> {
  return person.page.evaluate((from) => {
    const { pressed, cues } = window.witness;
    return pressed
      .filter((at) => at >= from)
      .map((at) => (cues.find((cue) => cue.at >= at)?.at ?? Infinity) - at)
      .filter((wait) => wait < 2000);
  }, since);
}

/** Server messages of a type that a page was told since a moment. */
export async function toldSince(person: Person, since: number, type: string): Promise<Record<string, unknown>[]> {
  return person.page.evaluate(
    ({ since, type }) => window.witness.told.filter((t) => t.at >= since && t.message.type === type).map((t) => t.message),
    { since, type },
  );
}

/** Waits until a page is told something. */
export async function awaitTold(
  person: Person,
  since: number,
  type: string,
  fields: Record<string, unknown> = {},
  timeout = 20_000,
): Promise<Record<string, unknown>> {
  const handle = await person.page.waitForFunction(
    ({ since, type, fields }) =>
      window.witness.told.find(
        (t) =>
          t.at >= since &&
          t.message.type === type &&
          Object.entries(fields).every(([key, value]) => t.message[key] === value),
      )?.message,
    { since, type, fields },
    { timeout },
  );
  return (await handle.jsonValue()) as Record<string, unknown>;
}

/** Whether a page hears a talker's tone within some time. */
export async function hears(listener: Person, hertz: number, milliseconds = 1500): Promise<boolean> {
  await listenFor(listener.page, hertz);
  const since = Date.now();
  const until = since + milliseconds;
  while (Date.now() < until) {
    if ((await soundsHeard(listener.page, since)).some((sound) => sound.to - sound.from > 100)) return true;
    await listener.page.waitForTimeout(50);
  }
  return false;
}

/** Percentiles as whole milliseconds, for a report. */
export function spread(values: number[]): { p50: number; p95: number; max: number; count: number } {
  return {
    p50: Math.round(quantile(values, 0.5)),
    p95: Math.round(quantile(values, 0.95)),
    max: Math.round(Math.max(...values)),
    count: values.length,
  };
}

/**
 * Says a message over a page's own WebSocket, past its buttons, and answers `ok` or the code of the
 * refusal: what somebody gets who has no button for it.
 */
export async function sayPastThePage(person: Person, message: Record<string, unknown>): Promise<string> {
  return person.page.evaluate(async (message) => {
    const socket = window.probe.sockets.find((one) => one.readyState === WebSocket.OPEN)!;
    const id = `test-${crypto.randomUUID()}`;
    return new Promise<string>((done, fail) => {
      setTimeout(() => fail(new Error(`no answer to ${message.type}`)), 10_000);
      socket.addEventListener('message', (event) => {
        const answer = JSON.parse(event.data as string);
        if (answer.re === id) done(answer.type === 'refused' ? answer.code : 'ok');
      });
      socket.send(JSON.stringify({ ...message, id }));
    });
  }, message);
}
