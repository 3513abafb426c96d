/** 20 ms of silence as Opus says it (RFC 6716: configuration 31, one frame, nothing in it). */
const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);
const SAMPLES = 960;
const FRAMES_A_PAGE = 50;

const CRC = Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 24;
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x80000000 ? (rest << 1) ^ 0x04c11db7 : rest << 1;
  return rest >>> 0;
});

/** One Ogg page (RFC 3533). */
function page(kind: number, granule: number, number: number, packets: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(27 + packets.length);
  head.write('OggS', 0, 'latin1');
  head.writeUInt8(kind, 5);
  head.writeBigUInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(1, 14);
  head.writeUInt32LE(number, 18);
  head.writeUInt8(packets.length, 26);
  packets.forEach(({ length }, index) => head.writeUInt8(length, 27 + index));
  const whole = Buffer.concat([head, ...packets]);
  whole.writeUInt32LE(whole.reduce((crc, byte) => ((crc << 8) ^ CRC[((crc >>> 24) ^ byte) & 0xff]!) >>> 0, 0), 22);
  return whole;
}

/** So many seconds of silence in an Ogg file (RFC 7845), as the relay keeps a burst of talk. */
export function silentOpus(seconds: number): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 0, 'latin1');
  head.writeUInt8(1, 8);
  head.writeUInt8(1, 9);
  head.writeUInt32LE(48_000, 12);
  const tags = Buffer.alloc(16);
  tags.write('OpusTags', 0, 'latin1');
  const pages = [page(2, 0, 0, [head]), page(0, 0, 1, [tags])];
  const frames = Math.round(seconds * 50);
  for (let done = 0; done < frames; ) {
    const some = Math.min(FRAMES_A_PAGE, frames - done);
    done += some;
    pages.push(page(done === frames ? 4 : 0, done * SAMPLES, pages.length, Array(some).fill(SILENCE)));
  }
  return Buffer.concat(pages);
}
