/** The camera and the microphone of a page: what of them does not work is said for as long as it is wanted. */
import { afterEach, expect, test, vi } from 'vitest'
import { OwnMedia } from '#apps/call/own-media.ts'

afterEach(() => vi.unstubAllGlobals())

/** A machine of which some devices do not open. */
const machine = () => {
  const broken = new Map<string, string>()
  const track = (kind: string) => ({
    kind,
    enabled: true,
    stop: vi.fn<() => void>(),
    addEventListener: vi.fn<() => void>(),
  })
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly tracks: readonly unknown[]
      constructor(tracks: readonly unknown[]) {
        this.tracks = tracks
      }
    },
  )
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: ({ video }: MediaStreamConstraints) => {
        const kind = video === undefined ? 'microphone' : 'camera'
        const why = broken.get(kind)
        if (why !== undefined) return Promise.reject(new DOMException('', why))
        return Promise.resolve({ getTracks: () => [track(kind)] })
      },
    },
  })
  return broken
}

test('a camera that does not open is said, also where the microphone beside it does', async () => {
  machine().set('camera', 'NotFoundError')
  const own = new OwnMedia(() => undefined)
  await Promise.all([own.set('camera', true), own.set('microphone', true)])
  expect(own.shown()).toEqual({ camera: false, microphone: true })
  expect(own.trouble).toBe('camera-missing')
})

test('it is said no more once it opens, or is not wanted any more', async () => {
  const broken = machine()
  broken.set('camera', 'NotAllowedError')
  const own = new OwnMedia(() => undefined)
  await own.set('camera', true)
  expect(own.trouble).toBe('camera-denied')
  await own.set('camera', false)
  expect(own.trouble).toBeNull()
  await own.set('camera', true)
  expect(own.trouble).toBe('camera-denied')
  broken.clear()
  await own.set('camera', true)
  expect(own.trouble).toBeNull()
  expect(own.shown()).toEqual({ camera: true, microphone: false })
})
