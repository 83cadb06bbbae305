/** The others of a call that a test of one page is about: they come by the real line of its hub, from its own origin. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { CallCommand } from '#hub/calls/commands.ts'
import { openTickets } from '#hub/calls/line/ticket.ts'
import type { Hub } from '#hub/main.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import type { Participant } from '#protocol/calls/signalling.ts'
import { bundleCall } from './line-process.ts'
import { type Party, partyIn } from './parties.ts'

const pageFolder = join(import.meta.dirname, '../page')
const read = (name: string) => readFileSync(join(pageFolder, name), 'utf8')

export interface OtherSideParts {
  readonly browser: Browser
  readonly base: string
  /** Of the hub. */
  readonly data: string
  readonly hub: () => Hub
}

export class OtherSide {
  readonly #parts: OtherSideParts
  #program: string | undefined

  constructor(parts: OtherSideParts) {
    this.#parts = parts
  }

  order(command: CallCommand) {
    return this.#parts.hub().engine.submit({ body: { kind: 'command', command } })
  }

  calls(): Promise<readonly CallRow[]> {
    return this.#parts.hub().engine.read((state) => structuredClone(state.calls.values()))
  }

  /** The one under way, or the last one. */
  async call(): Promise<CallRow | undefined> {
    return (await this.calls()).toSorted((a, b) => b.at - a.at)[0]
  }

  async comes(expert: string): Promise<void> {
    await this.order({ name: 'expert.line', expert, here: true, by: 'hub' })
    await this.order({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
  }

  async goes(expert: string): Promise<void> {
    await this.order({ name: 'expert.presence', expert, presence: 'offline', reason: null, by: expert })
  }

  async accepts(expert: string): Promise<void> {
    const { id, ring } = (await this.call()) as CallRow
    await this.order({ name: 'call.accept', call: id, ring: ring?.id ?? '', by: expert })
  }

  async wrapsUp(expert: string, code: string): Promise<void> {
    const { id } = (await this.call()) as CallRow
    await this.order({ name: 'call.wrap-up', call: id, code, notes: '', by: expert })
  }

  /** A page that is in the call as that participant, with camera and microphone on. */
  async joins(id: Participant): Promise<Party> {
    const { browser, base, data } = this.#parts
    this.#program ??= readFileSync(await bundleCall(mkdtempSync(join(tmpdir(), 'usher-call-'))), 'utf8')
    const program = this.#program
    // A page of the hub itself, with its address and what it allows; of its program nothing but the call.
    const context = await browser.newContext({
      permissions: ['camera', 'microphone'],
      bypassCSP: true,
      serviceWorkers: 'block',
    })
    await context.route('**/assets/*.js', (route) => route.abort())
    const party = await partyIn(context, `${base}/kiosk`, id)
    await party.do(`document.body.innerHTML = '<main id="others"></main>'`)
    for (const content of [program, read('party.js')]) await party.page.addScriptTag({ content })
    const { id: call } = (await this.call()) as CallRow
    const tickets = await openTickets(data, () => Date.now())
    await party.join(tickets.issue({ call, participant: id, until: Date.now() + 3_600_000 }))
    return party
  }
}
