/** Around everything that may open the dialog for acting; the dialog itself is loaded when it is first opened. */
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { useSay } from '../../../ui/words.ts'
import { Fault, Faults } from '../../frame/faults.tsx'
import { ActContext } from './act-context.ts'
import type { ActPrefill } from './prefill.ts'
import { actWords } from './words.ts'

const ActDialog = lazy(async () => ({ default: (await import('./act-dialog.tsx')).ActDialog }))

interface Opened {
  readonly prefill: ActPrefill
  /** Another one, another dialog. */
  readonly time: number
}

const Broken = ({ onClose }: { readonly onClose: () => void }) => {
  const say = useSay()
  return (
    <Dialog title={say(actWords.title)} isOpen onClose={onClose}>
      <Fault />
    </Dialog>
  )
}

export const WithAct = ({ children }: { readonly children: ReactNode }) => {
  const [opened, setOpened] = useState<Opened>()
  const open = useCallback(
    (prefill: ActPrefill = {}) => setOpened((before) => ({ prefill, time: (before?.time ?? 0) + 1 })),
    [],
  )
  const close = () => setOpened(undefined)
  return (
    <ActContext value={open}>
      {children}
      {opened !== undefined && (
        <Faults key={opened.time} instead={<Broken onClose={close} />}>
          <Suspense>
            <ActDialog prefill={opened.prefill} onClose={close} />
          </Suspense>
        </Faults>
      )}
    </ActContext>
  )
}
