/** Around everything that may open the dialog for acting; the dialog itself is loaded when it is first opened. */
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { ActContext } from './act-context.ts'
import type { ActPrefill } from './prefill.ts'

const ActDialog = lazy(async () => ({ default: (await import('./act-dialog.tsx')).ActDialog }))

interface Opened {
  readonly prefill: ActPrefill
  /** Another time, another dialog. */
  readonly time: number
}

export const WithAct = ({ children }: { readonly children: ReactNode }) => {
  const [opened, setOpened] = useState<Opened>()
  const [times, setTimes] = useState(0)
  const open = useCallback(
    (prefill: ActPrefill = {}) => {
      setTimes(times + 1)
      setOpened({ prefill, time: times + 1 })
    },
    [times],
  )
  return (
    <ActContext value={open}>
      {children}
      {opened !== undefined && (
        <Suspense>
          <ActDialog key={opened.time} prefill={opened.prefill} onClose={() => setOpened(undefined)} />
        </Suspense>
      )}
    </ActContext>
  )
}
