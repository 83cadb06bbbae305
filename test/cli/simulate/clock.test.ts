import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDelays } from '#cli/simulate/delays.ts'
import { createSimClock } from '#cli/simulate/sim-clock.ts'

describe('delays', () => {
  it('come in order of time, and of two at the same time the first asked for comes first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(20), calledOff: fc.boolean() }), { maxLength: 60 }),
        (asked) => {
          const delays = createDelays()
          const came: number[] = []
          asked.forEach(({ at, calledOff }, index) => {
            const callOff = delays.add(at, () => came.push(index))
            if (calledOff) callOff()
          })
          for (let next = delays.next(20); next !== undefined; next = delays.next(20)) next.callback?.()
          const wanted = asked
            .map((one, index) => ({ ...one, index }))
            .filter(({ calledOff }) => !calledOff)
            .toSorted((a, b) => a.at - b.at || a.index - b.index)
          expect(came).toEqual(wanted.map(({ index }) => index))
        },
      ),
    )
  })

  it('stay when their time has not come', () => {
    const delays = createDelays()
    delays.add(5, () => undefined)
    expect(delays.next(4)).toBeUndefined()
    expect(delays.next(5)?.at).toBe(5)
    expect(delays.next(9)).toBeUndefined()
  })
})

describe('the simulated clock', () => {
  it('settles everything that was promised before time goes on', async () => {
    const clock = createSimClock(1_000)
    const process = clock.process()
    const told: string[] = []
    const tell = (text: string) => told.push(`${clock.nowMs()} ${text}`)
    process.after(5, () => {
      tell('a')
      let promised = Promise.resolve()
      for (let step = 0; step < 50; step++) promised = promised.then(() => undefined)
      void promised.then(() => tell('promised'))
      process.soon(() => void Promise.resolve().then(() => tell('soon')))
    })
    process.after(6, () => tell('b'))
    await clock.run(10)
    expect(told.slice(1, 3).toSorted()).toEqual(['5 promised', '5 soon'])
    expect([told[0], told[3]]).toEqual(['5 a', '6 b'])
    expect(process.wallMs()).toBe(1_010)
  })

  it('calls nobody back who was killed', async () => {
    const clock = createSimClock(0)
    const process = clock.process()
    let called = 0
    process.after(1, () => {
      called += 1
    })
    process.kill()
    await clock.run(2)
    expect(called).toBe(0)
  })
})
