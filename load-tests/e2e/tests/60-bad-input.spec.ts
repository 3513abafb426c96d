import { expect, test, type Browser, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { launchChromium } from '../lib/browser.ts';
import { report } from '../lib/figures.ts';
import { login, Rest } from '../lib/rest.ts';
import { Server } from '../lib/server.ts';
import { bindingRequest } from '../lib/stun.ts';

/** Whatever is thrown at the server gets its clear refusal, and the server goes on as before. */
test.describe.serial('bad input', () => {
  const server = new Server('bad-input');
  let browser: Browser;
  let page: Page;
  let admin: Rest;
  let room: Rest;
  let zeguo: Rest;
  let key: string;

  test.beforeAll(async () => {
    await server.start();
    admin = await Rest.signIn(server, 'admin');
    room = await Rest.signIn(server, 'xinhe');
    zeguo = await Rest.signIn(server, 'zeguo');
    key = await admin.machineKey('bad input', 'car1');
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`${server.origin}/actuator/health/liveness`);
  });

  test.afterAll(async () => {
    await browser?.close();
    await server.stop();
  });

  test('a wrong password is refused in words, and guessing is slowed down', async () => {
    const wrong = await login(server, 'xinhe', 'not the password');
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('content-type')).toContain('application/problem+json');
    expect(await wrong.json()).toMatchObject({ status: 401 });
    const unknown = await login(server, 'nobody-of-that-name', 'x');
    expect(unknown.status).toBe(401);
    let slowed = false;
    for (let guess = 0; guess < 30 && !slowed; guess++) {
      slowed = (await login(server, 'xinhe-police', `guess ${guess}`)).status === 429;
    }
    expect(slowed).toBe(true);
  });

  for (const [what, token] of [
    ['no token', ''],
    ['a made-up token', 'abc.def.ghi'],
    ['a very long token', 'x'.repeat(20_000)],
  ] as const) {
    test(`${what} opens nothing`, async () => {
      const answer = await fetch(`${server.origin}/api/units`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
      });
      expect([401, 431]).toContain(answer.status);
    });
  }

  for (const [what, body, expected] of [
    ['malformed JSON', '{"username":', [400]],
    ['JSON of another shape', '[1,2,3]', [400]],
    ['a number for a name', '{"username":{"a":1},"password":[]}', [400]],
    ['two megabytes of JSON', `{"username":"${'x'.repeat(2_000_000)}","password":"y"}`, [400, 401, 413]],
    ['a hundred thousand brackets', '['.repeat(100_000), [400, 413]],
  ] as const) {
    test(`${what} at sign-in is refused as the client's fault`, async () => {
      const answer = await fetch(`${server.origin}/api/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      expect(expected).toContain(answer.status);
    });
  }

  const offers: [string, (good: string) => string, number[]][] = [
    ['nothing', () => '', [400, 415, 422]],
    ['no SDP at all', () => 'hello', [400, 422]],
    ['no ICE', (good) => good.replace(/a=ice-(ufrag|pwd):.*\r\n/g, ''), [400, 422]],
    ['no fingerprint', (good) => good.replace(/a=fingerprint:.*\r\n/g, ''), [400, 422]],
    [
      'unknown codecs only',
      (good) => good.replace(/a=rtpmap:(\d+) [^/]+\//g, 'a=rtpmap:$1 NOSUCH/'),
      [400, 422],
    ],
    ['5,000 lines', (good) => good + 'a=x-filler:1\r\n'.repeat(5000), [400, 413, 422]],
    ['half of an offer', (good) => good.slice(0, good.length / 2), [201, 400, 422]],
  ];
  for (const [what, spoil, expected] of offers) {
    test(`an offer with ${what} is refused`, async () => {
      const answer = await fetch(`${server.origin}/whip/car1`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
        body: spoil(await goodOffer(page)),
      });
      expect(expected).toContain(answer.status);
      await endSession(answer);
    });
  }

  test('an offer of another content type, or a unit that is not there, is refused', async () => {
    const post = (unit: string, type: string, body: string) =>
      fetch(`${server.origin}/whip/${unit}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body,
      });
    expect((await post('car1', 'application/json', '{}')).status).toBe(415);
    const good = await goodOffer(page);
    expect([403, 404]).toContain((await post('no-such-unit', 'application/sdp', good)).status);
    expect([403, 404]).toContain((await post('car2', 'application/sdp', good)).status);
  });

  test('the signalling socket refuses bad messages by code and lives on', async () => {
    const answers = await talk(page, room.token, [
      JSON.stringify({ type: 'hello', device: 'console' }),
      'no json',
      '[]',
      JSON.stringify({ type: 'no.such.type', id: 'a' }),
      JSON.stringify({ type: 'watch.start', id: 'b', tile: 'left', unit: 5 }),
      JSON.stringify({ type: 'watch.start', id: 'c', tile: 0, unit: 'no-such-unit' }),
      JSON.stringify({ type: 'order.place', id: 'd', order: 'o', units: ['car1'], text: 'x'.repeat(50_000), severity: 'red' }),
      JSON.stringify({ type: 'ping', id: 'z', seq: 0 }),
    ]);
    const refused = Object.fromEntries(
      answers.messages.filter((m) => m.type === 'refused').map((m) => [m.re ?? 'none', m.code]),
    );
    report('refusals', refused);
    expect(refused).toMatchObject({ a: 'unknown-type', b: 'malformed', c: 'not-visible', d: 'too-large' });
    expect(answers.messages.some((m) => m.type === 'pong' || m.re === 'z')).toBe(true);
  });

  test("another town's unit looks as if it were not there", async () => {
    const answers = await talk(page, zeguo.token, [
      JSON.stringify({ type: 'hello', device: 'console' }),
      JSON.stringify({ type: 'watch.start', id: 'theirs', tile: 0, unit: 'car1' }),
      JSON.stringify({ type: 'watch.start', id: 'nobodys', tile: 0, unit: 'no-such-unit' }),
    ]);
    const of = (id: string) => answers.messages.find((m) => m.re === id);
    expect(of('theirs')).toMatchObject({ type: 'refused', code: 'not-visible' });
    expect({ ...of('theirs'), re: '', seq: 0 }).toEqual({ ...of('nobodys'), re: '', seq: 0 });
  });

  test('a message above the limit, a flood and a wrong token close the socket with their codes', async () => {
    const hello = JSON.stringify({ type: 'hello', device: 'console' });
    const large = await talk(page, room.token, [hello, 'x'.repeat(300_000)]);
    expect([4413, 1009]).toContain(large.closed);
    const flood = await talk(page, room.token, [hello, ...Array.from({ length: 3000 }, () => '{}')]);
    expect([4400, 4429]).toContain(flood.closed);
    const stranger = await talk(page, 'nonsense', [hello]);
    expect(stranger.messages).toHaveLength(0);
    expect(stranger.closed).not.toBe(0);
  });

  test('datagrams of strangers are dropped in silence and leave nothing behind', async () => {
    const offered = await fetch(`${server.origin}/whip/car1`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
      body: await goodOffer(page),
    });
    expect(offered.status).toBe(201);
    const ufrag = /a=ice-ufrag:(\S+)/.exec(await offered.text())![1]!;

    await throwDatagrams(server.mediaPort, ufrag, 20); // whatever is made lazily is there now
    const before = server.footprint();
    const answered = await throwDatagrams(server.mediaPort, ufrag, 400);
    const after = server.footprint();
    report('bad datagrams', { before, after, answered });
    expect(answered).toBe(0);
    expect(after.openFiles).toBeLessThanOrEqual(before.openFiles + 5);
    expect(after.residentMib).toBeLessThan(before.residentMib + 60);
    await endSession(offered);
    expect(await server.ready()).toBe(true);
  });

  async function endSession(answer: Response): Promise<void> {
    const location = answer.headers.get('location');
    if (answer.status !== 201 || !location) return;
    await fetch(new URL(location, server.origin), {
      method: 'DELETE',
      headers: { authorization: `Bearer ${key}` },
    });
  }
});

async function goodOffer(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    connection.addTransceiver('video', { direction: 'sendonly' });
    connection.addTransceiver('audio', { direction: 'sendonly' });
    await connection.setLocalDescription();
    const { sdp } = connection.localDescription!;
    connection.close();
    return sdp;
  });
}

interface Said {
  type: string;
  re?: string;
  code?: string;
}

/** Says some texts over a socket of its own and hears what comes back within a second of silence. */
async function talk(page: Page, token: string, texts: string[]): Promise<{ messages: Said[]; closed: number }> {
  return page.evaluate(
    async ({ token, texts }) => {
      const messages: Said[] = [];
      let closed = 0;
      let lastWord = Date.now();
      const socket = new WebSocket(`ws://${location.host}/ws`, ['maplebridge.v1', `bearer.${token}`]);
      socket.onmessage = (event) => {
        messages.push(JSON.parse(event.data as string));
        lastWord = Date.now();
      };
      socket.onclose = (event) => (closed = event.code);
      socket.onopen = () => {
        lastWord = Date.now();
        for (const text of texts) socket.send(text);
      };
      while (closed === 0 && Date.now() - lastWord < 1500) await new Promise((done) => setTimeout(done, 50));
      socket.close();
      return { messages, closed };
    },
    { token, texts },
  );
}

/** Sends rounds of worthless datagrams from a fresh port; answers how many came back. */
async function throwDatagrams(port: number, ufrag: string, rounds: number): Promise<number> {
  const socket = createSocket('udp4');
  let answered = 0;
  socket.on('message', () => answered++);
  const clientHello = Buffer.concat([
    Buffer.from('16fefd0000000000000000', 'hex'), Buffer.from([0, 100]), randomBytes(100)]);
  const rtp = (length: number) => Buffer.concat([Buffer.from('80e0', 'hex'), randomBytes(length)]);
  const lyingRtcp = Buffer.concat([Buffer.from('81c9ffff', 'hex'), randomBytes(40)]);
  const brokenExtension = Buffer.concat([Buffer.from('90e0', 'hex'), randomBytes(10), Buffer.from('bedeffff', 'hex')]);
  for (let round = 0; round < rounds; round++) {
    for (const datagram of [
      bindingRequest(`${ufrag}:stranger`),
      bindingRequest(`${ufrag}:stranger`, 'the wrong password of a stranger'),
      bindingRequest('nobody:stranger', 'the wrong password of a stranger'),
      bindingRequest(`${ufrag}:stranger`, 'short').subarray(0, 30),
      clientHello, rtp(200), rtp(3), lyingRtcp, brokenExtension, randomBytes(1 + (round % 1400)),
    ]) {
      socket.send(datagram, port, '127.0.0.1');
    }
    if (round % 20 === 0) await new Promise((done) => setTimeout(done, 10));
  }
  await new Promise((done) => setTimeout(done, 500));
  socket.close();
  return answered;
}
