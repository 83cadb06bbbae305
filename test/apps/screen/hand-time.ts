import type { Time } from '#apps/screen/time.ts'

/** Goes where it is told to. */
export const handTime = () => {
  let at = 0
  const due: { at: number; call: () => void }[] = []
  const time: Time = {
    now: () => 1_000_000 + at,
    elapsedMs: () => at,
    after: (ms, call) => {
      const one = { at: at + ms, call }
      due.push(one)
      return () => void due.splice(due.indexOf(one), due.includes(one) ? 1 : 0)
    },
  }
  const settle = async () => {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
  }
  const go = async (ms: number) => {
    const end = at + ms
    for (;;) {
      await settle()
      const next = due.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      due.splice(due.indexOf(next), 1)
      at = next.at
      next.call()
    }
    at = end
    await settle()
  }
  return { time, go, settle }
}
