/**
 * The picture the fake cameras send: 64 large black and white cells in its upper half that carry a
 * frame counter, the wall clock in milliseconds and a check sum; a moving pattern below.
 * A cell is a sixteenth of the width, so it survives VP8 and a reduction to 320×180.
 *
 * Self-contained on purpose: the same function runs in Node (camera files) and inside a page.
 */
export function frameCode() {
  const columns = 16;
  const rows = 4;

  function checkSum(counter: number, clockMs: number): number {
    let low = 1;
    let high = 0;
    for (const value of [counter, clockMs]) {
      for (let shift = 0; shift < 32; shift += 8) {
        low = (low + ((value >>> shift) & 0xff)) % 251;
        high = (high + low) % 251;
      }
    }
    return (high << 8) | low;
  }

  /** One boolean for each cell, row by row; true is white. */
  function cells(counter: number, clockMs: number): boolean[] {
    const clock = clockMs % 2 ** 32 >>> 0;
    const count = counter & 0xffff;
    const bits: boolean[] = [];
    for (let i = 15; i >= 0; i--) bits.push(((count >>> i) & 1) === 1);
    for (let i = 31; i >= 0; i--) bits.push(((clock >>> i) & 1) === 1);
    const sum = checkSum(count, clock);
    for (let i = 15; i >= 0; i--) bits.push(((sum >>> i) & 1) === 1);
    return bits;
  }

  /** The counter and the clock, or null when the check sum says the picture is damaged. */
  function parse(bits: boolean[]): { counter: number; clockMs: number } | null {
    const number = (from: number, to: number) =>
      bits.slice(from, to).reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0);
    const counter = number(0, 16);
    const clockMs = number(16, 48);
    return number(48, 64) === checkSum(counter, clockMs) ? { counter, clockMs } : null;
  }

  return { columns, rows, cells, parse };
}
