/** Around everything that may open the dialog for acting; the dialog itself is loaded when it is first opened. */
import { lazy, type ReactNode, useCallback, useState } from 'react'
import { useSay } from '../../../ui/words.ts'
import { LoadedDialog } from '../../frame/loaded-dialog.tsx'
import { ActContext } from './act-context.ts'
import type { ActPrefill } from './prefill.ts'
import { actWords } from './words.ts'

const ActDialog = lazy(async () => ({ default: (await import('./act-dialog.tsx')).ActDialog }))

interface Opened {
  readonly prefill: ActPrefill
  /** Another one, another dialog. */
  readonly time: number
}

export const WithAct = ({ children }: { readonly children: ReactNode }) => {
  const say = useSay()
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
        <LoadedDialog key={opened.time} title={say(actWords.title)} onClose={close}>
          <ActDialog prefill={opened.prefill} onClose={close} />
        </LoadedDialog>
      )}
    </ActContext>
  )
}
