/** The same object while it says the same: rows change with each second, most of what is made of them does not. */
import { useMemo, useState } from 'react'

export const useSame = <Value>(value: Value): Value => {
  const key = JSON.stringify(value)
  return useMemo(() => JSON.parse(key) as Value, [key])
}

/**
 * Of each row a part, the same list while the parts say the same. A row that did not change is not looked at again.
 * @param partOf written once, outside of what is drawn
 */
export const useSameParts = <Row extends object, Part>(
  rows: readonly Row[],
  partOf: (row: Row) => Part,
): readonly Part[] => {
  const [known] = useState(() => new WeakMap<Row, string>())
  const key = useMemo(() => {
    const texts = rows.map((row) => {
      const text = known.get(row) ?? JSON.stringify(partOf(row))
      known.set(row, text)
      return text
    })
    return `[${texts.join(',')}]`
  }, [rows, partOf, known])
  return useMemo(() => JSON.parse(key) as readonly Part[], [key])
}

type AnyMap<Value> = ReadonlyMap<string, Value>

const holdsSame = <Value>(a: AnyMap<Value>, b: AnyMap<Value>) =>
  a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)

/** The same map while it holds the same rows: most tasks that change are nobody's just now. */
export const useSteadyMap = <Value>(map: AnyMap<Value>): AnyMap<Value> => {
  const [held, setHeld] = useState(map)
  if (held === map || holdsSame(held, map)) return held
  setHeld(map)
  return map
}
