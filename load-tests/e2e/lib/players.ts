import type { Page } from '@playwright/test';

/** One WHEP player inside a page, as `watchByWhep` leaves it in `window.players`. */
export interface PlayerReport {
  firstFrameMs: number;
  framesDecoded: number;
  keyFramesDecoded: number;
  bytesReceived: number;
  nackCount: number;
  frameWidth: number;
}

interface Player {
  connection: RTCPeerConnection;
  started: number;
  firstFrameMs: number;
  resource: string;
}

declare global {
  interface Window {
    players: Player[];
  }
}

/** Starts plain WHEP players in a page of the server's origin; resolves when each shows a picture. */
export async function watchByWhep(page: Page, unit: string, token: string, count: number): Promise<number[]> {
  return page.evaluate(
    async ({ unit, token, count }) => {
      window.players ??= [];
      const one = async () => {
        const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
        const video = document.createElement('video');
        video.muted = true;
        video.width = 80;
        document.body.append(video);
        const player: Player = { connection, started: performance.now(), firstFrameMs: -1, resource: '' };
        window.players.push(player);
        const shown = new Promise<void>((done, fail) => {
          video.requestVideoFrameCallback(() => {
            player.firstFrameMs = performance.now() - player.started;
            done();
          });
          setTimeout(() => fail(new Error('no frame within 60 s')), 60_000);
        });
        connection.ontrack = (event) => {
          if (event.track.kind !== 'video') return;
          video.srcObject = new MediaStream([event.track]);
          void video.play();
        };
        connection.addTransceiver('video', { direction: 'recvonly' });
        connection.addTransceiver('audio', { direction: 'recvonly' });
        await connection.setLocalDescription();
        const answer = await fetch(`/whep/${unit}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' },
          body: connection.localDescription!.sdp,
        });
        if (answer.status !== 201) throw new Error(`WHEP: ${answer.status} ${await answer.text()}`);
        player.resource = answer.headers.get('location') ?? '';
        await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
        await shown;
        return player.firstFrameMs;
      };
      return Promise.all(Array.from({ length: count }, one));
    },
    { unit, token, count },
  );
}

/** What each player of the page has received so far. */
export async function playerReports(page: Page): Promise<PlayerReport[]> {
  return page.evaluate(async () => {
    const reports: PlayerReport[] = [];
    for (const player of window.players) {
      const report: PlayerReport = {
        firstFrameMs: player.firstFrameMs,
        framesDecoded: 0,
        keyFramesDecoded: 0,
        bytesReceived: 0,
        nackCount: 0,
        frameWidth: 0,
      };
      (await player.connection.getStats()).forEach((entry) => {
        if (entry.type !== 'inbound-rtp' || entry.kind !== 'video') return;
        report.framesDecoded = entry.framesDecoded ?? 0;
        report.keyFramesDecoded = entry.keyFramesDecoded ?? 0;
        report.bytesReceived = entry.bytesReceived ?? 0;
        report.nackCount = entry.nackCount ?? 0;
        report.frameWidth = entry.frameWidth ?? 0;
      });
      reports.push(report);
    }
    return reports;
  });
}

/** Ends every player of the page, the proper way. */
export async function stopPlayers(page: Page, token: string): Promise<void> {
  await page.evaluate(async (token) => {
    for (const player of window.players) {
      player.connection.close();
      if (player.resource) {
        await fetch(player.resource, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
      }
    }
    window.players = [];
  }, token);
}

export interface Uplink {
  bytesSent: number;
  keyFramesEncoded: number;
  pliCount: number;
  firCount: number;
  framesEncoded: number;
  retransmittedPacketsSent: number;
  nackCount: number;
  frameWidth: number;
}

/** Sums what a publishing page has sent, over all layers of its picture. */
export async function uplinkOf(page: Page): Promise<Uplink> {
  const entries = await page.evaluate(() => window.probe.stats('outbound-rtp'));
  const sum: Uplink = {
    bytesSent: 0,
    keyFramesEncoded: 0,
    pliCount: 0,
    firCount: 0,
    framesEncoded: 0,
    retransmittedPacketsSent: 0,
    nackCount: 0,
    frameWidth: 0,
  };
  for (const entry of entries.filter((e) => e.kind === 'video')) {
    for (const key of Object.keys(sum) as (keyof Uplink)[]) sum[key] += Number(entry[key] ?? 0);
  }
  return sum;
}

/** Kilobits each second a page's picture takes on its uplink, measured over some seconds. */
export async function uplinkKbps(page: Page, seconds: number): Promise<number> {
  const before = (await uplinkOf(page)).bytesSent;
  const started = performance.now();
  await page.waitForTimeout(seconds * 1000);
  const bytes = (await uplinkOf(page)).bytesSent - before;
  return (bytes * 8) / (performance.now() - started);
}
