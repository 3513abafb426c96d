import { describe, expect, it } from 'vitest'
import { tileWidth } from '@/console/wall/tile-width'
import { CAMERA_LAYERS } from './layers'

describe('simulcast layers', () => {
  it('have the lowest first, each with more than the one before', () => {
    expect(CAMERA_LAYERS.map(({ rid }) => rid)).toEqual(['q', 'h', 'f'])
    for (let i = 1; i < CAMERA_LAYERS.length; i++) {
      expect(CAMERA_LAYERS[i]!.maxBitrate!).toBeGreaterThan(CAMERA_LAYERS[i - 1]!.maxBitrate!)
      expect(CAMERA_LAYERS[i]!.scaleResolutionDownBy!).toBeLessThan(CAMERA_LAYERS[i - 1]!.scaleResolutionDownBy!)
    }
  })

  it('are chosen by device pixels, at most two for each of the page', () => {
    expect(tileWidth(300, 1)).toBe(300)
    expect(tileWidth(300, 3)).toBe(600)
    expect(tileWidth(0, 1)).toBe(1)
  })
})
