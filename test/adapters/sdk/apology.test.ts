/** A task is cancelled with an apology: the device has stopped, and says it as long as a sentence takes, or cannot. */
import { expect, test } from 'vitest'
import { cancel, offer } from '../../simulators/support/rig.ts'
import { createHeld, createRig } from './support/rig.ts'

const said = { said: [] }
const sorry = {
  ...cancel(),
  onCancel: {
    capability: 'announce',
    command: { at: {}, words: [{ language: 'en', text: 'Sorry, I am needed elsewhere.' }] },
  },
}

test('an apology that fails at once is no reason to stay taken', async () => {
  const guide = createHeld({ arrived: true })
  const announce = () => {
    throw new Error('no voice')
  }
  const rig = await createRig({ side: { capabilities: { guide: guide.obedient, announce } } })
  await rig.task(offer('guide', { start: true }))
  await rig.task(sorry)
  expect(rig.last()).toMatchObject({ status: 'cancelled' })
  expect(rig.sentOn('/state').at(-1)?.body).toMatchObject({ busy: false })
})

test('an apology takes as long as a sentence does: the device has stopped, and is not said to go on', async () => {
  const guide = createHeld({ arrived: true })
  const announce = createHeld(said)
  const rig = await createRig({
    side: { capabilities: { guide: guide.obedient, announce: announce.handler } },
  })
  await rig.task(offer('guide', { start: true }))
  await rig.task(sorry)
  await rig.clock.pass(8_000)
  announce.calls[0]?.finish()
  await rig.clock.pass(0)
  expect(rig.last()).toMatchObject({ status: 'cancelled', code: 'visitor-left' })
  expect(rig.lines.filter(({ level }) => level === 'error')).toEqual([])
})
