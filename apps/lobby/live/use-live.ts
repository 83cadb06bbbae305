/** What pages read of the branch. Each hook draws its component anew only when what it reads has changed. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Me } from '#protocol/desk/account.ts'
import type { LivePositions } from '#protocol/desk/live/line.ts'
import type { LiveBranch } from '#protocol/desk/live/lobby-rows.ts'
import type { LiveRow, LiveTableName } from '#protocol/desk/live/tables.ts'
import type { Connection } from './connection.ts'
import { useLive } from './context.ts'

/** All rows of a table, by id. */
export const useTable = <Name extends LiveTableName>(name: Name): readonly LiveRow<Name>[] => {
  const { tables } = useLive()
  const subscribe = useCallback((tell: () => void) => tables.subscribe(name, tell), [tables, name])
  return useSyncExternalStore(subscribe, () => tables.rows(name))
}

/** One row; undefined: there is none of this id. */
export const useRow = <Name extends LiveTableName>(
  name: Name,
  id: string | null | undefined,
): LiveRow<Name> | undefined => {
  const { tables } = useLive()
  const subscribe = useCallback((tell: () => void) => tables.subscribe(name, tell), [tables, name])
  return useSyncExternalStore(subscribe, () =>
    id === null || id === undefined ? undefined : tables.row(name, id),
  )
}

/** undefined: nothing has come yet. */
export const useBranch = (): LiveBranch | undefined => useTable('branch')[0]

export const useConnection = (): Connection => {
  const { connection } = useLive()
  return useSyncExternalStore(connection.subscribe, connection.get)
}

/** Hub time in ms, anew each second, on the second. */
export const useNow = (): number => {
  const { clock } = useLive()
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      const at = clock.now()
      setNow(at)
      timer = setTimeout(tick, 1_000 - (at % 1_000))
    }
    tick()
    return () => clearTimeout(timer)
  }, [clock])
  return now
}

/** Where things are, up to ten times a second: drawn by whoever listens, never by React. */
export const usePositions = (listener: (positions: LivePositions) => void): void => {
  const { positions } = useLive()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const known = positions.get()
    if (known !== undefined) latest.current(known)
    return positions.subscribe((now) => latest.current(now))
  }, [positions])
}

/** Who is signed in. */
export const useMe = (): Me => useLive().me
