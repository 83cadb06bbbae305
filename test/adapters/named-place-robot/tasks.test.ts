/** Every task, with either vendor's robot and over every transport. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStand, type Stand } from './support/stand.ts'

const words = [
  { language: 'zh', text: '您好，欢迎光临。' },
  { language: 'en', text: 'Welcome.' },
]

/** An answer is waited for from the end of what was said, which is reckoned by its length. */
const shortWords = [{ language: 'zh', text: '您好' }]

describe.each([
  ['temi', 'websocket'],
  ['temi', 'http'],
  ['temi', 'webhook'],
  ['orionstar', 'websocket'],
  ['orionstar', 'http'],
])('%s over %s', (vendor, transport) => {
  let stand: Stand
  beforeAll(async () => {
    stand = await createStand({ environment: { ROBOT_VENDOR: vendor, ROBOT_TRANSPORT: transport } })
    await stand.up()
  }, 90_000)
  afterAll(() => stand?.stop())

  test('it leads somebody to a zone, and says so on the way', async () => {
    const guide = stand.give('guide', { to: { zone: 'waiting' }, words })
    expect(await guide.ended()).toMatchObject({ status: 'done', result: { arrived: true, said: [words[0]] } })
    expect(await stand.simulate()).toMatchObject({ at: 'Sofa', moving: false, spoken: [words[0]?.text] })
    await stand.until(() => expect(stand.state()).toMatchObject({ spot: { zone: 'waiting' } }))
  }, 90_000)

  test('it greets, asks, and understands the answer without telling it', async () => {
    await stand.simulate({ answer: '我的银行卡丢了' })
    const greet = stand.give('greet', { at: { zone: 'entrance' }, words, party: 1, askIntent: true })
    expect(await greet.ended()).toMatchObject({
      status: 'done',
      result: { intent: 'card', answered: true, language: 'zh' },
    })
    expect((await stand.simulate()).at).toBe('Front Door')
    expect(JSON.stringify([stand.hub.sent, stand.lines])).not.toContain('银行卡丢了')
  }, 90_000)

  test('nobody answers: it says that, too', async () => {
    await stand.simulate({ answer: null })
    const greet = stand.give('greet', { at: {}, words: shortWords, party: 1, askIntent: true })
    const { result } = await greet.ended()
    expect(result).toMatchObject({ answered: false })
    expect(result).not.toHaveProperty('intent')
  }, 90_000)

  test('it announces in the language that it speaks', async () => {
    const announce = stand.give('announce', { at: { zone: 'waiting' }, words: words.slice(1) })
    expect(await announce.ended()).toMatchObject({ status: 'done', result: { said: [words[1]] } })
    expect((await stand.simulate()).spoken.at(-1)).toBe('Welcome.')
  }, 90_000)

  test('it goes to its base and charges there', async () => {
    const dock = stand.give('dock', { to: { place: 'charger-1' }, charge: true })
    expect(await dock.ended()).toMatchObject({ status: 'done', result: { arrived: true } })
    await stand.until(() =>
      expect(stand.state()).toMatchObject({
        battery: { charging: true },
        spot: { place: 'charger-1', zone: 'kiosks' },
      }),
    )
  }, 90_000)

  test('what it does not know is refused before anything is promised', async () => {
    const refused = { status: 'refused', code: 'unsupported' }
    expect(await stand.give('guide', { to: { zone: 'cellar' } }).ended()).toMatchObject(refused)
    expect(await stand.give('guide', { to: {} }).ended()).toMatchObject(refused)
    const nearby = { to: { place: 'kiosk-place-9', zone: 'kiosks' }, charge: false }
    expect(await stand.give('dock', nearby).ended()).toMatchObject(refused)
    const french = [{ language: 'fr', text: 'Bonjour.' }]
    expect(await stand.give('announce', { at: {}, words: french }).ended()).toMatchObject(refused)
  })

  test('cancelled on its way it stops, and says so when it stands', async () => {
    // One that takes its time: it is still on its way when it is told.
    const slow = await createStand({
      environment: { ROBOT_VENDOR: vendor, ROBOT_TRANSPORT: transport, ROBOT_SPEED: '0.4' },
    })
    try {
      await slow.up()
      const guide = slow.give('guide', { to: { zone: 'counters' } })
      await slow.until(async () => expect((await slow.simulate()).moving).toBe(true))
      guide.cancel()
      expect(await guide.ended()).toMatchObject({ status: 'cancelled', code: 'not-needed' })
      expect((await slow.simulate()).moving).toBe(false)
    } finally {
      await slow.stop()
    }
  }, 90_000)
})
