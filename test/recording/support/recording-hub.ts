/** The hub of calls whose branch records sales, and how a call in it comes to a recorded sale. */
import { readFileSync } from 'node:fs'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { SaleRow } from '#protocol/recording/sale.ts'
import { HubProcess } from '../../calls/support/hub-process.ts'
import type { Party } from '../../calls/support/parties.ts'
import { recordingPlan } from './plan.ts'

export const ids = ['kiosk:kiosk-1', 'expert:expert-1'] as const
const seller = { by: 'expert-1', leads: false }
const accounts = (['auditor', 'admin'] as const).map((role) => ({
  name: `${role}-1`,
  roles: [role],
  password: 'an evening by the river',
}))

export class RecordingHub extends HubProcess {
  constructor(recordings: object = {}, calls?: object) {
    super({ recording: recordingPlan, recordings, accounts, ...(calls && { calls }) })
  }

  async sale(): Promise<SaleRow> {
    return (await this.ask()).sales.at(-1) as SaleRow
  }

  /** The process of the recorder; undefined: there is none now. */
  recorderPid(): number | undefined {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, 'utf8').trim().split(' ')
    const isRecorder = (one: string) =>
      readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('recorder.main.ts')
    const found = children.find((one) => one !== '' && isRecorder(one))
    return found === undefined ? undefined : Number(found)
  }

  /** The kiosk asks, the expert accepts, both stand in it. @returns the call */
  async call(parties: readonly Party[]): Promise<string> {
    await this.#expertIsThere()
    await this.ask({
      kind: 'event',
      device: 'kiosk-1',
      name: 'help.requested',
      data: { reason: 'expert', language: 'en' },
    })
    const { id, ring } = (await this.ask()).calls.at(-1) as CallRow
    await this.command({ name: 'call.accept', call: id, ring: ring?.id ?? '', by: 'expert-1' })
    for (const party of parties) await party.join(await this.ticket(id, party.id))
    return id
  }

  /** @returns the sale, once the customer has said yes */
  async beginSale(call: string, termEnds: string | null = null): Promise<string> {
    await this.command({ name: 'sale.begin', call, device: null, product: 'fund-a', termEnds, ...seller })
    const { id } = await this.sale()
    const data = { sale: id, given: true }
    await this.ask({ kind: 'event', device: 'kiosk-1', name: 'recording.answered', data })
    return id
  }

  async endSale(sale: string): Promise<void> {
    await this.command({ name: 'sale.end', sale, ...seller })
  }

  async expertBack(): Promise<void> {
    await this.command({ name: 'expert.line', expert: 'expert-1', here: true, by: 'hub' })
  }

  async #expertIsThere() {
    const presence = { presence: 'available', reason: null, by: 'expert-1' } as const
    await this.expertBack()
    await this.command({ name: 'expert.presence', expert: 'expert-1', ...presence })
  }
}
