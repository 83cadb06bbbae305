/** One sale and its recording over a folder, with a journal that outlives who writes it: a file of lines. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordingNews } from '#hub/recording/port.ts'
import { createRecordingService } from '#hub/recording/service.ts'
import { RecordingSettings } from '#hub/recording/settings.ts'
import { openVaultKeys } from '#hub/recording/vault/keys.ts'
import { Vault } from '#hub/recording/vault/vault.ts'
import { MadeSales } from './made-sales.ts'

export type Line = Partial<Extract<RecordingNews, { name: 'recording.gap' }>> & {
  readonly manifest?: string
  /** Not told to a sale. */
  readonly isNote?: true
}

const fileOf = (directory: string) => join(directory, 'journal.ndjson')

export const linesOf = (directory: string): readonly Line[] =>
  existsSync(fileOf(directory))
    ? readFileSync(fileOf(directory), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Line)
    : []

class KeptSales extends MadeSales {
  readonly #keep: (line: object) => void

  constructor(keep: (line: object) => void) {
    super()
    this.#keep = keep
  }

  override async tell(news: RecordingNews) {
    this.#keep(news)
    await super.tell(news)
  }
}

export interface KeptStart {
  readonly directory: string
  /** As the journal has the sale; one that was told its seal is over. */
  readonly state: 'sealing' | 'over'
  readonly onStep?: () => void
  readonly onTrouble: (fields: object) => void
}

export const startKept = async ({ directory, state, onStep, onTrouble }: KeptStart): Promise<void> => {
  const keep = (line: object) => {
    onStep?.()
    appendFileSync(fileOf(directory), `${JSON.stringify(line)}\n`)
    onStep?.()
  }
  const sales = new KeptSales(keep)
  const isTold = linesOf(directory).some(({ manifest, isNote }) => manifest !== undefined && isNote !== true)
  sales.set('sale-1', { state: isTold ? 'over' : state })
  const vault = new Vault({ directory, keys: await openVaultKeys(directory) })
  const service = createRecordingService({
    branch: 'demo',
    vault,
    settings: RecordingSettings.parse({}),
    sales,
    seats: { seat: () => Promise.reject(new Error('there is no call')), changed: () => undefined },
    clock: {
      monotonicMs: () => performance.now(),
      wallMs: () => Date.now(),
      after: () => () => undefined,
      soon: (callback) => void setImmediate(callback),
    },
    note: async ({ manifest }) => keep({ manifest, isNote: true }),
    keepOutcome: async () => undefined,
    log: { error: onTrouble, warn: onTrouble },
  })
  await service.start()
}
