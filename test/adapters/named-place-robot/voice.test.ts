/** Words in a queue that is not ours alone. */
import { expect, test } from 'vitest'
import { createTemi } from '#adapters/named-place-robot/dialects/temi.ts'
import { createVoice } from '#adapters/named-place-robot/voice.ts'
import { createFakeClock } from '../../simulators/support/fake-clock.ts'

const words = { id: 'ours', text: '您好', voice: 'ZH_CN' }

const speaking = () => {
  const clock = createFakeClock()
  const orders: string[] = []
  const controller = new AbortController()
  const voice = createVoice({
    dialect: createTemi('home base'),
    clock,
    listenMs: 8_000,
    order({ command }) {
      orders.push(command)
      return Promise.resolve()
    },
  })
  let began = 0
  const on = { signal: controller.signal, began: () => void (began += 1) }
  const settled: string[] = []
  const said = voice.say(words, on).then(
    () => settled.push('said'),
    (error: { code?: string; message: string }) => settled.push(error.code ?? error.message),
  )
  return { clock, orders, controller, voice, settled, said, began: () => began }
}

test('words of others on the robot neither begin nor end ours', async () => {
  const { clock, voice, settled, began } = speaking()
  await clock.pass(0)
  voice.news({ kind: 'voice', id: 'theirs', state: 'speaking' })
  voice.news({ kind: 'voice', id: 'theirs', state: 'spoken' })
  await clock.pass(0)
  expect([settled, began()]).toEqual([[], 0])
  voice.news({ kind: 'voice', id: 'ours', state: 'speaking' })
  voice.news({ kind: 'voice', id: 'ours', state: 'spoken' })
  await clock.pass(0)
  expect([settled, began()]).toEqual([['said'], 1])
})

test('a robot that tells no ids is believed', async () => {
  const { clock, voice, settled } = speaking()
  await clock.pass(0)
  voice.news({ kind: 'voice', state: 'spoken' })
  await clock.pass(0)
  expect(settled).toEqual(['said'])
})

test('an end that is never reported is not made up', async () => {
  const { clock, settled } = speaking()
  await clock.pass(60_000)
  expect(settled).toEqual(['speech-unconfirmed'])
})

test('words that failed are not said', async () => {
  const { clock, voice, settled } = speaking()
  await clock.pass(0)
  voice.news({ kind: 'voice', id: 'ours', state: 'failed' })
  await clock.pass(0)
  expect(settled).toEqual(['speech-failed'])
})

test('told to stop it is hushed', async () => {
  const { clock, controller, settled, orders } = speaking()
  await clock.pass(0)
  controller.abort(new Error('enough'))
  await clock.pass(0)
  expect(settled).toEqual(['enough'])
  expect(orders).toEqual(['speak', 'cancelAllTtsRequests'])
})
