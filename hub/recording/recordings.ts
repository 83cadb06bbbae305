/** Everything about recordings that a hub has: what is recorded now, and what is kept. */
import type { Tickets } from '../calls/line/ticket.ts'
import type { Keeper } from './keep.ts'
import type { SalesPort } from './port.ts'
import type { RecordingService } from './service.ts'
import type { Vault } from './vault/vault.ts'

export interface Recordings {
  readonly service: RecordingService
  readonly keeper: Keeper
  readonly vault: Vault
  readonly sales: SalesPort
  /** Whose ticket it is. @throws UsherError `call.ticket` */
  readonly readTicket: Tickets['read']
}
