/** Camera, microphone and line of a call follow what the visitor agreed to, also where what carries them comes late. */
import { expect, test } from 'vitest'
import type { CallMedia, CallOptions, CallView } from '#apps/call/port.ts'
import { createCallSide, type Pass } from '#apps/kiosk/outside/call-side.ts'

const blank: CallView = {
  call: null,
  me: null,
  line: 'connecting',
  others: [],
  own: { stream: null, shown: { camera: true, microphone: true, held: false } },
  recording: null,
  over: null,
  trouble: null,
}

const stage = () => {
  const said: string[] = []
  const carried: boolean[] = []
  const state = { pass: null as Pass | null, isGone: false, fails: false }
  const openCall = ({ ticket, camera, microphone }: CallOptions): CallMedia => {
    said.push(`open ${ticket} ${camera} ${microphone}`)
    return {
      watch(callback) {
        callback(blank)
        return () => said.push('unwatched')
      },
      view: () => blank,
      browse: { send: () => false, hear: () => () => undefined, onOpen: () => () => undefined },
      setCamera: () => Promise.resolve(),
      setMicrophone: () => Promise.resolve(),
      hold: () => undefined,
      use: () => Promise.resolve(),
      async hangUp() {
        said.push('hung up')
      },
      close: () => void said.push('closed'),
    }
  }
  const side = createCallSide({
    wanted: () => state.pass,
    isGone: () => state.isGone,
    onMedia: (media) => void carried.push(media !== null),
    load: () => (state.fails ? Promise.reject(new Error('not there')) : Promise.resolve({ openCall })),
  })
  /** Until everything that was set off has been done. */
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return { said, carried, state, side, settled }
}
const first = { key: 'call-1/wang', ticket: 'one' }

test('opens once for one expert, and leaves for good with whoever goes', async () => {
  const { said, state, side, settled } = stage()
  state.pass = first
  side.look()
  side.look()
  await settled()
  expect(said).toEqual(['open one true true'])
  expect(side.view.get()).toBe(blank)
  state.pass = null
  state.isGone = true
  side.look()
  await settled()
  expect(said.slice(1)).toEqual(['unwatched', 'hung up', 'closed'])
  expect(side.view.get()).toBeNull()
})

test('another expert is another line: the call is not hung up for it', async () => {
  const { said, carried, state, side, settled } = stage()
  state.pass = first
  side.look()
  await settled()
  state.pass = { key: 'call-1/zhao', ticket: 'one' }
  side.look()
  await settled()
  expect(said).toEqual(['open one true true', 'unwatched', 'closed', 'open one true true'])
  expect(carried).toEqual([true, false, true])
})

test('who has gone before it was loaded is never seen', async () => {
  const { said, state, side, settled } = stage()
  state.pass = first
  side.look()
  state.pass = null
  side.look()
  await settled()
  expect(said).toEqual([])
})

test('what cannot be loaded is said, and tried again', async () => {
  const { said, state, side, settled } = stage()
  Object.assign(state, { pass: first, fails: true })
  side.look()
  await settled()
  expect(side.isBroken.get()).toBe(true)
  state.fails = false
  side.look()
  await settled()
  expect(said).toEqual(['open one true true'])
  expect(side.isBroken.get()).toBe(false)
})

test('whoever tries again comes by the ticket of now, and nobody is hung up for it', async () => {
  const { said, state, side, settled } = stage()
  state.pass = first
  side.look()
  await settled()
  // The hub gave another one for the same expert; the line that is there does not notice.
  state.pass = { ...first, ticket: 'two' }
  side.look()
  side.again()
  await settled()
  expect(said).toEqual(['open one true true', 'unwatched', 'closed', 'open two true true'])
})
