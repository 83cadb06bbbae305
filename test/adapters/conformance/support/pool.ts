/** Runs jobs a few at a time: examinations mostly wait. */
export const inPool = async <K, V>(
  keys: readonly K[],
  { atOnce, run }: { atOnce: number; run: (key: K) => Promise<V> },
): Promise<Map<K, V>> => {
  const results = new Map<K, V>()
  const left = [...keys]
  const work = async () => {
    for (let key = left.shift(); key !== undefined; key = left.shift()) results.set(key, await run(key))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}
