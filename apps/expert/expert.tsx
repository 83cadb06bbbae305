/** The console as a whole. */
import { BranchPage } from '../lobby/branch-page.tsx'
import { Console } from './console.tsx'
import { expertWorker } from './worker-link.ts'

export const Expert = () => (
  <BranchPage worker={expertWorker}>
    <Console />
  </BranchPage>
)
