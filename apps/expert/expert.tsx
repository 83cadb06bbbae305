/** The console as a whole. */
import { expertRoles } from '#protocol/desk/shell-routes.ts'
import { BranchPage } from '../lobby/branch-page.tsx'
import { Console } from './console.tsx'
import { expertWorker } from './worker-link.ts'

export const Expert = () => (
  <BranchPage worker={expertWorker} admitted={expertRoles}>
    <Console />
  </BranchPage>
)
