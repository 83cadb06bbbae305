/** The tablet as a whole. */
import { BranchPage } from './branch-page.tsx'
import { Frame } from './frame/frame.tsx'
import { WithAct } from './pages/act/with-act.tsx'
import { WithWhy } from './why/with-why.tsx'
import { lobbyWorker } from './worker-link.ts'

export const Lobby = () => (
  <BranchPage worker={lobbyWorker}>
    <WithWhy>
      <WithAct>
        <Frame />
      </WithAct>
    </WithWhy>
  </BranchPage>
)
