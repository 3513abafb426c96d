/** Device pixels of a tile; more than twice those of the page are not seen. */
export function tileWidth(cssPixels: number, ratio: number): number {
  return Math.max(1, Math.min(16_384, Math.round(cssPixels * Math.min(ratio, 2))))
}
