import { describe, expect, it } from 'vitest'
import { tileWidth } from '@/console/wall/tile-width'
import { CAMERA_LAYERS, fitLayers } from './layers'

describe('simulcast layers', () => {
  it('have the lowest first, each with more than the one before', () => {
    expect(CAMERA_LAYERS.map(({ rid }) => rid)).toEqual(['q', 'h', 'f'])
    for (let i = 1; i < CAMERA_LAYERS.length; i++) {
      expect(CAMERA_LAYERS[i]!.maxBitrate!).toBeGreaterThan(CAMERA_LAYERS[i - 1]!.maxBitrate!)
      expect(CAMERA_LAYERS[i]!.scaleResolutionDownBy!).toBeLessThan(CAMERA_LAYERS[i - 1]!.scaleResolutionDownBy!)
    }
  })

  it('are 320 and 640 pixels long and the whole, and fewer of a small camera', () => {
    const sent = (width: number, height: number): string =>
      [...fitLayers(width, height)].filter(([, { sent }]) => sent).map(([rid, { scale }]) => `${rid} ${width / scale}×${height / scale}`).join(', ')
    expect(sent(1280, 720)).toBe('q 320×180, h 640×360, f 1280×720')
    expect(sent(720, 1280)).toBe('q 180×320, h 360×640, f 720×1280')
    expect(sent(640, 480)).toBe('q 320×240, f 640×480')
    expect(sent(320, 240)).toBe('q 320×240')
    expect([...fitLayers().values()].map(({ scale }) => scale), 'of a size that is not known yet').toEqual([4, 2, 1])
  })

  it('are chosen by device pixels, at most two for each of the page', () => {
    expect(tileWidth(300, 1)).toBe(300)
    expect(tileWidth(300, 3)).toBe(600)
    expect(tileWidth(0, 1)).toBe(1)
  })
})
