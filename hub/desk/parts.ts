/** What the desk works with once it is open. */
import type { IssueTicket } from '../calls/ticket.ts'
import type { ContentFiles } from '../content/files.ts'
import type { LookParts } from '../look/parts.ts'
import type { Pairing } from '../pairing/pairing.ts'
import type { Recordings } from '../recording/recordings.ts'
import type { AccountStore } from './account-store.ts'
import type { Accounts } from './accounts.ts'
import type { Audit } from './audit.ts'
import type { Sessions } from './sessions.ts'
import type { SignIn } from './sign-in.ts'

/** What the desk knows of the branch. */
export interface BranchSide {
  readonly branch: string
  /** As the branch file has the person; empty for who is not in it. */
  titleOf(name: string): Readonly<Record<string, string>>
  timeZone(): string
}

export interface OpenDesk {
  readonly store: AccountStore
  readonly sessions: Sessions
  readonly accounts: Accounts
  readonly signIn: SignIn
  readonly audit: Audit
  readonly side: BranchSide
  readonly look: LookParts
  readonly pairing: Pairing
  /** Of the content library. */
  readonly files: ContentFiles
  /** @throws UsherError `call.ticket` where this hub has no line for calls. */
  readonly issueTicket: IssueTicket
  /** @throws UsherError `recording.closed` where this hub has no line for calls. */
  readonly recordings: () => Recordings
  readonly wallMs: () => number
}
