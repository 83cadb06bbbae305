/** The same object while it says the same: rows change with each second, most of what is made of them does not. */
import { useMemo } from 'react'

export const useSame = <Value>(value: Value): Value => {
  const key = JSON.stringify(value)
  return useMemo(() => JSON.parse(key) as Value, [key])
}
