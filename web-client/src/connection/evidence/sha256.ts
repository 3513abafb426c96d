/**
 * SHA-256 (FIPS 180-4), piece by piece. The browser's own takes a whole file into memory, which a telephone does
 * not have for a video, and is absent on pages without a secure context.
 */
export class Sha256 {
  private readonly state = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19])
  private readonly words = new Uint32Array(64)
  private readonly rest = new Uint8Array(64)
  private resting = 0
  private bytes = 0

  update(bytes: Uint8Array): this {
    this.bytes += bytes.length
    let at = 0
    if (this.resting > 0) {
      at = Math.min(64 - this.resting, bytes.length)
      this.rest.set(bytes.subarray(0, at), this.resting)
      this.resting += at
      if (this.resting < 64) return this
      this.block(this.rest, 0)
      this.resting = 0
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at)
    this.rest.set(bytes.subarray(at))
    this.resting = bytes.length - at
    return this
  }

  /** In lower-case hex; nothing may be added after it. */
  hex(): string {
    const bits = this.bytes * 8
    const tail = new Uint8Array((this.resting < 56 ? 64 : 128) - this.resting)
    tail[0] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(tail.length - 4, bits >>> 0)
    this.update(tail)
    return [...this.state].map((word) => word.toString(16).padStart(8, '0')).join('')
  }

  private block(bytes: Uint8Array, from: number): void {
    const { words, state } = this
    for (let i = 0, at = from; i < 16; i++, at += 4) words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
    for (let i = 16; i < 64; i++) {
      const a = words[i - 15]!
      const b = words[i - 2]!
      const low = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3)
      const high = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10)
      words[i] = words[i - 16]! + low + words[i - 7]! + high
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + words[i]!) | 0
      const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] = state[i]! + word))
  }
}

/** The first 32 bits of the fractions of the cube roots of the first 64 primes. */
const ROUND = new Uint32Array(64)
for (let prime = 2, found = 0; found < 64; prime++) {
  let divisor = 2
  while (divisor * divisor <= prime && prime % divisor !== 0) divisor++
  if (divisor * divisor > prime) ROUND[found++] = rootFraction(BigInt(prime))
}

/** By whole numbers, so that no browser's rounding can matter: the cube root of prime · 2^96, without its whole part. */
function rootFraction(prime: bigint): number {
  const wanted = prime << 96n
  let low = 0n
  let high = 1n << 40n
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (middle * middle * middle <= wanted) low = middle
    else high = middle
  }
  return Number(low & 0xffffffffn)
}

const SLICE_BYTES = 1 << 20

/** Of a file, a megabyte at a time, so that the page goes on answering. */
export async function sha256Of(file: Blob): Promise<string> {
  const sum = new Sha256()
  for (let at = 0; at < file.size; at += SLICE_BYTES) sum.update(new Uint8Array(await file.slice(at, at + SLICE_BYTES).arrayBuffer()))
  return sum.hex()
}
