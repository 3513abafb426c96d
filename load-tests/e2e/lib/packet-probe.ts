import type { BrowserContext } from '@playwright/test';
import type { Person } from './screens.ts';

/** One packet of voice as it came, in front of every buffer. Milliseconds, of the epoch and of its sender's clock. */
export interface Arrival {
  ssrc: number;
  at: number;
  stamp: number;
}

declare global {
  interface Window {
    /** Newest last. */
    arrivals: Arrival[];
  }
}

/**
 * Lets a test see when a page's voice arrives, packet by packet. What is heard depends on the decoder's
 * buffer as well, which steps by 20 ms with everything the machine does; the way's own delay is here alone.
 * The page's context must not heed its content policy, which forbids foreign workers.
 */
export async function addPacketProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript(installPacketProbe);
}

function installPacketProbe(): void {
  window.arrivals = [];
  const follow = `onrtctransform = async ({ transformer }) => {
    const writer = transformer.writable.getWriter();
    for await (const frame of transformer.readable) {
      const { receiveTime, rtpTimestamp, synchronizationSource } = frame.getMetadata();
      writer.write(frame);
      postMessage({ ssrc: synchronizationSource, at: performance.timeOrigin + receiveTime, stamp: rtpTimestamp / 48 });
    }
  }`;
  const worker = new Worker(URL.createObjectURL(new Blob([follow], { type: 'text/javascript' })));
  worker.onmessage = ({ data }: MessageEvent<Arrival>) => window.arrivals.push(data);
  window.RTCPeerConnection = class extends RTCPeerConnection {
    /** Where receivers are made: later a transform would never be asked. */
    override addTransceiver(...given: Parameters<RTCPeerConnection['addTransceiver']>): RTCRtpTransceiver {
      const transceiver = super.addTransceiver(...given);
      if (transceiver.receiver.track.kind === 'audio') {
        transceiver.receiver.transform = new RTCRtpScriptTransform(worker);
      }
      return transceiver;
    }
  };
}

/** What came from one moment to another. */
export async function arrivalsBetween(person: Person, from: number, to: number): Promise<Arrival[]> {
  return person.page.evaluate(({ from, to }) => window.arrivals.filter(({ at }) => at >= from && at < to), { from, to });
}
