/** Opens the recordings of a hub: keys and folder, the port to the sales, what records and what keeps. */
import type { Tickets } from '../calls/line/ticket.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Engine } from '../engine/open-engine.ts'
import { createEnginePort } from './engine-port.ts'
import { Keeper, type KeepNote } from './keep.ts'
import type { Recordings } from './recordings.ts'
import type { Seats } from './seats.ts'
import { createRecordingService } from './service.ts'
import type { RecordingSettings } from './settings.ts'
import { openVaultKeys } from './vault/keys.ts'
import { Vault } from './vault/vault.ts'

export interface OpenRecordingsParts {
  readonly branch: string
  readonly directory: string
  readonly settings: RecordingSettings
  readonly engine: Engine
  readonly watch: Parameters<typeof createEnginePort>[0]['watch']
  readonly seats: Seats
  readonly tickets: Pick<Tickets, 'read'>
  readonly clock: Clock
  readonly note: (note: KeepNote | (Omit<KeepNote, 'act'> & { act: 'recording-sealed' })) => Promise<unknown>
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

export const openRecordings = async (parts: OpenRecordingsParts): Promise<Recordings> => {
  const { branch, directory, settings, engine, watch, seats, tickets, clock, note, log } = parts
  const vault = new Vault({ directory, keys: await openVaultKeys(directory) })
  const sales = createEnginePort({ engine, watch })
  const keeper = new Keeper({ vault, clock, now: () => sales.now(), note, log })
  const service = createRecordingService({
    branch,
    vault,
    settings,
    sales,
    seats,
    clock,
    note: (params) => note({ act: 'recording-sealed', by: 'hub', params }),
    keepOutcome: (recording, outcome) => keeper.keepOutcome(recording, outcome),
    log,
  })
  return { service, keeper, vault, sales, readTicket: (ticket) => tickets.read(ticket) }
}
