import { expect, test } from '@playwright/test';
import { report } from '../lib/figures.ts';
import { foreignClient } from '../lib/foreign.ts';
import { Rest } from '../lib/rest.ts';
import { Server } from '../lib/server.ts';
import { within } from '../lib/patience.ts';

/** Encoders and players of other makes: what leaves one arrives at the other, whole and in order. */
test.describe('clients that are not ours', () => {
  const server = new Server('foreign');
  let key: string;

  test.beforeAll(async () => {
    await server.start();
    key = await (await Rest.signIn(server, 'admin')).machineKey('foreign', '*');
  });
  test.afterAll(async () => void (await server.stop()));

  for (const [publisher, player, tone] of [
    ['gstreamer', 'aiortc', 500],
    ['aiortc', 'gstreamer', 600],
  ] as const) {
    test(`${publisher} publishes by WHIP, ${player} plays by WHEP`, async () => {
      const source = foreignClient(publisher, 'whip', `${server.origin}/whip/car1`, key, 14);
      await source.connected;
      await new Promise((done) => setTimeout(done, 1000));
      const sink = foreignClient(player, 'whep', `${server.origin}/whep/car1`, key, 7);
      const seen = await sink.result;
      const sent = await source.result;
      report(`WHIP ${publisher} to WHEP ${player}`, { sent, seen });

      expect(sent).toMatchObject({ connected: true, etag: true, deleted: 200 });
      expect(seen).toMatchObject({ connected: true, etag: true, deleted: 200 });
      expect(seen.frames).toBeGreaterThan(60);
      expect(seen.damaged).toBeLessThanOrEqual(2);
      expect(seen.backwards).toBe(0);
      expect(seen.audioFrames).toBeGreaterThan(100);
      expect(Math.abs(seen.toneHertz - tone)).toBeLessThan(40);
    });
  }

  test('WHEP without a publisher is answered 404 at once', async () => {
    const started = performance.now();
    const answer = await fetch(`${server.origin}/whep/car2`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
      body: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n',
    });
    expect(answer.status).toBe(404);
    expect(performance.now() - started).toBeLessThan(within(1000));
  });

  test('a key that is not for machines, or no key, is refused', async () => {
    const offer = { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: 'v=0\r\n' };
    expect((await fetch(`${server.origin}/whip/car1`, offer)).status).toBe(401);
    const login = await fetch(`${server.origin}/api/units`, { headers: { authorization: `Bearer ${key}` } });
    expect([401, 403]).toContain(login.status);
  });
});
