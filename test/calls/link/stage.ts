/** A desk and branches as processes on loopback, and what people do there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { CallCommand } from '#hub/calls/commands.ts'
import type { DeskLine } from '#hub/calls/link/rows.ts'
import type { CallRow } from '#protocol/calls/rows.ts'
import { findPorts } from '../../crash/free-ports.ts'
import { simBranch } from '../../sim/branch.ts'
import { HubProcess, openProxy, type Proxy } from './hub-process.ts'

const secretOf = (name: string) => `${name}-`.repeat(8).padEnd(40, 'x')

const deskText = (experts: readonly string[]) =>
  JSON.stringify({
    desk: 'experts',
    title: { en: 'Experts', zh: '专家中心' },
    timeZone: 'UTC',
    experts: {
      people: experts.map((id) => ({ id, title: { en: id }, languages: ['zh', 'en'] })),
      ringMs: 60_000,
      joinMs: 60_000,
      patienceMs: 120_000,
    },
  })

/** The tests await what has to come; more than this is a failure of the product. */
const patienceMs = 30_000

export const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  const end = Date.now() + patienceMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`never came: ${what}`)
    await wait(20)
  }
}

const kiosks = ['kiosk-1', 'kiosk-2'] as const

export class BranchAt {
  readonly hub: HubProcess
  readonly proxy: Proxy
  readonly name: string

  constructor(name: string, hub: HubProcess, proxy: Proxy) {
    this.name = name
    this.hub = hub
    this.proxy = proxy
  }

  asks(device = 'kiosk-1') {
    return this.hub.submit({
      kind: 'event',
      device,
      name: 'help.requested',
      data: { reason: 'expert', language: 'en' },
    })
  }

  /**
   * Asks until it rings. A desk or a branch that does not come to its turn for as long as a line may be silent, as on a
   * machine that does much else, has rightly ended what was asked, and somebody on the spot comes: then the next one asks.
   */
  async rings(): Promise<CallRow> {
    for (const device of kiosks) {
      await this.isOpen(true)
      await this.asks(device)
      const call = await until(`an answer to what ${device} asked at ${this.name}`, async () =>
        (await this.hub.rows('calls')).find(
          (row) => row.device === device && (row.state === 'ringing' || row.state === 'ended'),
        ),
      )
      if (call.state === 'ringing') return call
    }
    throw new Error(`nothing rings at ${this.name}`)
  }

  async line(): Promise<DeskLine | undefined> {
    const rows = (await this.hub.rows('meta')) as readonly unknown[]
    return rows.find(
      (row): row is DeskLine => typeof row === 'object' && row !== null && 'desk' in row && 'up' in row,
    )
  }

  isOpen(open: boolean) {
    return until(`${this.name} knows that experts are ${open ? 'there' : 'not there'}`, async () => {
      const line = await this.line()
      return (line?.up === true && line.open) === open ? line : undefined
    })
  }

  /** As the kiosk is told. */
  async settings(
    device = 'kiosk-1',
  ): Promise<{ experts?: { open: boolean }; call?: { ticket: string | null } }> {
    const rows = await this.hub.rows('outbox')
    const row = rows.find(({ id }) => id === `config/${device}`)
    return (JSON.parse(row?.payload ?? '{}') as { settings: object }).settings
  }

  call(state: CallRow['state'] | null, escalation?: string): Promise<CallRow> {
    return until(`a call at ${this.name}: ${state}`, async () => {
      const calls = await this.hub.rows('calls')
      return calls.find(
        (row) =>
          (state === null || row.state === state) &&
          (escalation === undefined || row.escalation === escalation),
      )
    })
  }

  command(command: CallCommand) {
    return this.hub.command(command)
  }
}

export class LinkStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'usher-link-'))
  readonly #branches: BranchAt[] = []
  #desk: HubProcess | undefined
  #port = 0
  readonly #silentMs: number | undefined

  constructor(silentMs?: number) {
    this.#silentMs = silentMs
  }

  get desk(): HubProcess {
    if (this.#desk === undefined) throw new Error('there is no desk')
    return this.#desk
  }

  get port(): number {
    return this.#port
  }

  secretOf(name: string): string {
    return secretOf(name)
  }

  secretFile(name: string, text = secretOf(name)) {
    const file = join(this.folder, `${name}.secret`)
    writeFileSync(file, `${text}\n`, { mode: 0o600 })
    return file
  }

  async openDesk(experts: readonly string[], branches: readonly string[]): Promise<void> {
    const file = join(this.folder, 'desk.yaml')
    writeFileSync(file, deskText(experts))
    this.#port = (await findPorts()).http
    this.#desk = new HubProcess({
      silentMs: this.#silentMs,
      role: 'desk',
      config: {
        branch: file,
        data: join(this.folder, 'desk'),
        mqtt: { loopback: false, tls: false },
        http: { port: this.#port },
        calls: { branches: branches.map((name) => ({ name, secretFile: this.secretFile(name) })) },
      },
    })
    await this.desk.start()
  }

  async openBranch(name: string, wishes: { as?: string; secret?: string } = {}): Promise<BranchAt> {
    const file = join(this.folder, `${name}.yaml`)
    writeFileSync(file, JSON.stringify({ ...simBranch({ holdoutShare: null }), branch: name }))
    mkdirSync(join(this.folder, name), { recursive: true })
    const proxy = await openProxy(this.#port)
    const hub = new HubProcess({
      silentMs: this.#silentMs,
      role: 'branch',
      config: {
        branch: file,
        data: join(this.folder, name),
        mqtt: { loopback: { port: 0 }, tls: false },
        http: { port: 0 },
        calls: {
          desk: {
            url: `http://127.0.0.1:${proxy.port}`,
            name: wishes.as ?? name,
            secretFile: this.secretFile(`${name}-own`, wishes.secret ?? secretOf(name)),
          },
        },
      },
    })
    const branch = new BranchAt(name, hub, proxy)
    this.#branches.push(branch)
    await hub.start()
    return branch
  }

  /** One expert, and one branch that knows of them. */
  async openNorth(): Promise<BranchAt> {
    await this.openDesk(['ann'], ['north'])
    const north = await this.openBranch('north')
    await this.comes('ann')
    await north.isOpen(true)
    return north
  }

  /** Two of three experts are there, and two of three branches, which know of them. */
  async openNorthAndSouth(): Promise<readonly [BranchAt, BranchAt]> {
    await this.openDesk(['ann', 'ben', 'cem'], ['north', 'south', 'west'])
    const both = await Promise.all([this.openBranch('north'), this.openBranch('south')])
    await this.comes('ann')
    await this.comes('ben')
    for (const branch of both) await branch.isOpen(true)
    return both
  }

  async comes(expert: string) {
    await this.desk.command({ name: 'expert.line', expert, here: true, by: 'hub' })
    await this.desk.command({
      name: 'expert.presence',
      expert,
      presence: 'available',
      reason: null,
      by: expert,
    })
  }

  /** Pages of experts do not outlive the desk by themselves here. */
  async restartDesk() {
    await this.desk.restart()
    for (const { id, presence } of await this.desk.rows('experts'))
      if (presence === 'available')
        await this.desk.command({ name: 'expert.line', expert: id, here: true, by: 'hub' })
  }

  call(
    state: CallRow['state'],
    where: Partial<Pick<CallRow, 'branch' | 'escalation'>> = {},
  ): Promise<CallRow> {
    return until(`a call at the desk: ${state}`, async () => {
      const calls = await this.desk.rows('calls')
      return calls.find(
        (row) =>
          row.state === state &&
          (where.branch === undefined || row.branch === where.branch) &&
          (where.escalation === undefined || row.escalation === where.escalation),
      )
    })
  }

  /** What rings for a branch is accepted by who is rung first. */
  async accept(branch: string): Promise<{ readonly id: string; readonly by: string }> {
    const { id, ring } = await this.call('ringing', { branch })
    const by = ring?.experts[0] ?? ''
    await this.desk.command({ name: 'call.accept', call: id, ring: ring?.id ?? '', by })
    return { id, by }
  }

  /** How often it rang: by the records of the desk, which outlive it. */
  async rings(branchCall?: string): Promise<number> {
    const all = (await this.desk.ask({ decisions: true })) as readonly {
      readonly record: { readonly code: string; readonly params?: { readonly call?: string } }
    }[]
    return all.filter(
      ({ record: { code, params } }) =>
        code === 'call.rings' && (branchCall === undefined || params?.call === branchCall),
    ).length
  }

  async stop(): Promise<void> {
    await Promise.all([this.#desk?.kill(), ...this.#branches.map(({ hub }) => hub.kill())])
    await Promise.all(this.#branches.map(({ proxy }) => proxy.stop()))
    rmSync(this.folder, { recursive: true, force: true })
  }
}
