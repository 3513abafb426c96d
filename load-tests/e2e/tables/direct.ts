import type { Person } from '../lib/screens.ts';

/** What the receiving page shows it in, for `framesFor`. */
export const DIRECT_TILE = 99;

/**
 * Joins two pages by a connection of their own, without a relay: what the browsers alone make of the way between them.
 * The signalling is done by hand. Both pages must reach each other's addresses.
 */
export async function connectDirectly(from: Person, to: Person): Promise<void> {
  const offer = await from.page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    const connection = new RTCPeerConnection();
    for (const track of stream.getTracks()) connection.addTrack(track, stream);
    Object.assign(window, { direct: connection });
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete') await new Promise((done) => setTimeout(done, 20));
    return connection.localDescription!.sdp;
  });
  const answer = await to.page.evaluate(async ({ sdp, tile }) => {
    const connection = new RTCPeerConnection();
    const frame = document.createElement('div');
    frame.dataset.testid = `tile-${tile}`;
    Object.assign(frame.style, { position: 'fixed', inset: '0 auto auto 0', width: '640px', zIndex: '9999' });
    const video = document.createElement('video');
    video.autoplay = true;
    frame.append(video);
    document.body.append(frame);
    connection.ontrack = ({ streams }) => (video.srcObject = streams[0]!);
    await connection.setRemoteDescription({ type: 'offer', sdp });
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete') await new Promise((done) => setTimeout(done, 20));
    return connection.localDescription!.sdp;
  }, { sdp: offer, tile: DIRECT_TILE });
  await from.page.evaluate(async (sdp) => {
    const connection = (window as unknown as { direct: RTCPeerConnection }).direct;
    await connection.setRemoteDescription({ type: 'answer', sdp });
    const patience = Date.now() + 15_000;
    while (connection.connectionState !== 'connected') {
      if (Date.now() > patience) throw new Error(`the pages do not reach each other: ${connection.iceConnectionState}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    window.mouth.always(true);
  }, answer);
}
