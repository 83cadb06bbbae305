/** Around a dialog that is loaded when it is first opened: where that fails, it says so in its place. */
import { type ReactNode, Suspense } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { Fault, Faults } from './faults.tsx'

export interface LoadedDialogProps {
  /** Of what cannot be shown. */
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export const LoadedDialog = ({ title, onClose, children }: LoadedDialogProps) => (
  <Faults
    instead={
      <Dialog title={title} isOpen onClose={onClose}>
        <Fault />
      </Dialog>
    }
  >
    <Suspense>{children}</Suspense>
  </Faults>
)
