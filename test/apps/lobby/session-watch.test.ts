/** Who works stays signed in, who does not is told before it ends, and what the page does by itself counts for nothing. */
import { describe, expect, test } from 'vitest'
import { warnBeforeMs, watchSession } from '#apps/lobby/live/session-watch.ts'
import type { Me } from '#protocol/desk/account.ts'

const minute = 60_000
const idleMs = 15 * minute

const open = (untilMs = 600 * minute) => {
  let now = 1_000_000
  let timers: { at: number; call: () => void }[] = []
  let asked = 0
  let isReached = true
  const started = now
  const me = (): Me => ({
    name: 'manager-1',
    title: {},
    roles: ['manager'],
    idleUntil: now + idleMs,
    until: started + untilMs,
  })
  const watch = watchSession({
    me: me(),
    now: () => now,
    ask: () => {
      asked += 1
      return isReached ? Promise.resolve(me()) : Promise.reject(new Error('not reached'))
    },
    after: (ms, call) => {
      const timer = { at: now + ms, call }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
  })
  let told = 0
  watch.subscribe(() => {
    told += 1
  })
  const pass = (ms: number) => {
    now += ms
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { call } of due) call()
  }
  /** Until answers have come. */
  const settled = () => Promise.resolve().then(() => undefined)
  return {
    watch,
    pass,
    settled,
    asked: () => asked,
    told: () => told,
    cut: (isCut: boolean) => {
      isReached = !isCut
    },
  }
}

describe('the session of a page', () => {
  test('is about to end when nobody touches it, and a touch keeps it', async () => {
    const { watch, pass, settled, told } = open()
    pass(idleMs - warnBeforeMs - 1)
    expect(watch.get()).toBeUndefined()
    pass(1)
    expect(watch.get()).toEqual({ at: 1_000_000 + idleMs, why: 'idle' })
    expect(told()).toBe(1)
    watch.touched()
    await settled()
    expect(watch.get()).toBeUndefined()
    pass(idleMs - warnBeforeMs)
    expect(watch.get()?.why).toBe('idle')
  })

  test('is kept by touches, and the hub is asked once a minute for all of them', async () => {
    const { watch, pass, settled, asked } = open()
    for (let touch = 0; touch < 600; touch += 1) {
      pass(3_000)
      watch.touched()
      await settled()
      expect(watch.get()).toBeUndefined()
    }
    expect(asked()).toBe(30)
  })

  test('ends with the day whatever one does, and says so', async () => {
    const { watch, pass, settled } = open(10 * minute)
    pass(8 * minute)
    expect(watch.get()).toEqual({ at: 1_000_000 + 10 * minute, why: 'day' })
    pass(61_000)
    watch.touched()
    await settled()
    expect(watch.get()?.why).toBe('day')
  })

  test('is asked for again where the hub was not reached', async () => {
    const { watch, pass, settled, asked, cut } = open()
    pass(2 * minute)
    cut(true)
    watch.touched()
    await settled()
    await settled()
    cut(false)
    watch.touched()
    await settled()
    expect(asked()).toBe(2)
    pass(idleMs - warnBeforeMs - 1)
    expect(watch.get()).toBeUndefined()
  })
})
