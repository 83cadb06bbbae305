/** Four words for how well somebody is seen and heard. */
import { describe, expect, test } from 'vitest'
import { preferredCodecs } from '#apps/call/codecs.ts'
import { type Heard, listen, qualityOf } from '#apps/call/quality.ts'

const both = { picture: true, voice: true }
const start: Heard = { atMs: 0, cameMs: 0, incoming: { packets: 100, lost: 0, frames: 30, rttMs: 10 } }
const after = (more: Partial<Heard['incoming']>, atMs = 1_000): Heard =>
  listen(start, atMs, { packets: 160, lost: 0, frames: 45, rttMs: 10, ...more })

describe('somebody with a picture and a voice', () => {
  test.each([
    ['good', {}],
    ['fair', { lost: 3 }],
    ['fair', { rttMs: 500 }],
    ['fair', { frames: 38 }],
    ['poor', { lost: 20 }],
    ['poor', { rttMs: 900 }],
    ['poor', { frames: 31 }],
  ])('is %s with %j', (quality, more) => {
    expect(qualityOf(start, after(more), both)).toBe(quality)
  })

  test('is not there once nothing has come for three seconds, and again with the first that comes', () => {
    const still = { packets: 100, lost: 0, frames: 30 }
    const later = after(still, 2_900)
    expect(qualityOf(start, later, both)).not.toBe('none')
    const gone = listen(later, 3_000, { ...still, rttMs: 10 })
    expect(qualityOf(later, gone, both)).toBe('none')
    const back = listen(gone, 4_000, { packets: 160, lost: 0, frames: 45, rttMs: 10 })
    expect(qualityOf(gone, back, both)).toBe('good')
  })
})

test('of somebody who sends no picture none is missed, nor a voice of somebody who is muted', () => {
  expect(qualityOf(start, after({ frames: 30 }), { picture: false, voice: true })).toBe('good')
  const silent = after({ packets: 100, frames: 30 }, 60_000)
  expect(qualityOf(start, silent, { picture: false, voice: false })).toBe('good')
})

describe('pictures are encoded', () => {
  const vp8 = { mimeType: 'video/VP8' }
  const rtx = { mimeType: 'video/rtx', sdpFmtpLine: 'apt=96' }
  const av1 = { mimeType: 'video/AV1' }
  const h264 = (profile: string, mode = 1) => ({
    mimeType: 'video/H264',
    sdpFmtpLine: `level-asymmetry-allowed=1;packetization-mode=${mode};profile-level-id=${profile}`,
  })

  test('by the constrained baseline of H.264 first, VP8 second, and nothing that costs more', () => {
    const all = [vp8, rtx, av1, h264('640034'), h264('42e01f', 0), h264('42001f'), h264('42e01f')]
    expect(preferredCodecs(all)).toEqual([h264('42e01f'), vp8, rtx])
  })

  test('by VP8 where a browser has no H.264, and by whatever it has where it has neither', () => {
    expect(preferredCodecs([av1, vp8, rtx])).toEqual([vp8, rtx])
    expect(preferredCodecs([av1, rtx])).toEqual([])
  })
})
