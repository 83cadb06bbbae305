/**
 * How long this process had to wait for a processor. What it measures by the clock has that much in it which is none of
 * the product's: a machine that does much else is no fault of it, and its own patience stays as short as it has to be.
 */
const everyMs = 20

export const watchLostTime = () => {
  const began = performance.now()
  let [last, lost] = [began, 0]
  const timer = setInterval(() => {
    const now = performance.now()
    lost += Math.max(0, now - last - everyMs)
    last = now
  }, everyMs)
  return {
    /** Since it began, without what was lost. */
    ownMs: () => performance.now() - began - lost,
    lostMs: () => lost,
    stop: () => clearInterval(timer),
  }
}
