/**
 * Brings another version of a flow in force: checked apart, copied, loaded, and then one entry that switches between two
 * commits. What is refused on the way leaves no trace but its copy.
 */
import type { AnyFlow, Running } from '#flows/define.ts'
import { UsherError } from '#protocol/errors.ts'
import {
  codeOf,
  type DeployedFlow,
  deployedFlows,
  overtaken,
  standing,
  type VersionRef,
} from '../engine/deployed.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { BranchState } from '../engine/state.ts'
import type { FlowReport } from '../flow-check/check-flow.ts'
import { type CheckLimits, checkSource } from '../flow-check/check-source.ts'
import type { Against, Loaded } from '../flow-check/check-words.ts'
import { type Finding, isFatal } from '../flow-check/finding.ts'
import { migrationFindings, storedOf } from '../flow-check/migrations.ts'
import { restsAs } from '../flow-check/resting.ts'
import { shippedClaims } from '../flow-check/shipped-claims.ts'
import { type FlowSource, sourceOf } from './flow-folder.ts'
import type { DeployedLibrary } from './library.ts'

export interface Wish {
  readonly by: string
  /** Instead of what the flow declares. */
  readonly running?: Running
  /** The revision the deployer began from; absent: whatever is in force. */
  readonly revision?: number
}

export interface Deployment {
  readonly flow: string
  readonly version: number
  readonly from: number | null
  readonly digest: string | null
  readonly running: Running
  /** Instances now on this version, and on older ones. */
  readonly instances: Readonly<Record<number, number>>
  readonly report: FlowReport | null
}

export interface DeployerParts {
  readonly engine: Engine
  readonly shipped: readonly AnyFlow[]
  readonly library: DeployedLibrary
  readonly limits?: CheckLimits
}

export interface Deployer {
  /** @throws UsherError `flow.*`, or `config.conflict` where somebody else was faster. */
  deploy(files: Readonly<Record<string, string>>, wish: Wish): Promise<Deployment>
  rollback(flow: string, wish: Wish): Promise<Deployment>
}

export const instancesByVersion = (state: BranchState, flow: string): Record<number, number> => {
  const counts: Record<number, number> = {}
  for (const row of state.instances.values())
    if (row.flow === flow && row.parked === null) counts[row.version] = (counts[row.version] ?? 0) + 1
  return counts
}

const versionFault = (
  row: DeployedFlow | undefined,
  { version, digest }: { version: number; digest: string },
): UsherError | undefined => {
  if (row === undefined) return undefined
  const same = row.known.find((ref) => ref.version === version)
  if (same !== undefined && same.digest !== digest)
    return new UsherError('flow.version-taken', `Version ${version}, deployed by ${same.by}.`)
  if (version > row.active.version) return undefined
  return new UsherError('flow.version-not-higher', `It is ${version}; in force is ${row.active.version}.`)
}

const refuseUnsound = ({ findings }: FlowReport) => {
  const fatal = findings.filter(isFatal)
  const [first] = fatal
  if (first === undefined) return
  const code = fatal.every((one) => one.code === 'migration.missing') ? 'flow.no-migration' : 'flow.unsound'
  const more = fatal.length > 1 ? ` And ${fatal.length - 1} more.` : ''
  const path = first.path.length === 0 ? '' : ` Path: ${first.path.join('; ')}.`
  throw new UsherError(code, `${first.code} at ${first.at}: ${first.says}.${path}${more}`)
}

const refuseStranded = (findings: readonly Finding[]) => {
  const [first] = findings
  if (first !== undefined) throw new UsherError('flow.no-migration', `${first.at}, ${first.says}.`)
}

class FlowDeployer implements Deployer {
  readonly #parts: DeployerParts

  constructor(parts: DeployerParts) {
    this.#parts = parts
  }

  async deploy(files: Readonly<Record<string, string>>, wish: Wish): Promise<Deployment> {
    const source = sourceOf(files)
    // Whatever comes in force from here on, somebody else was faster.
    const begun = await this.#parts.engine.read((state) => deployedFlows(state.meta))
    let declared: Running = 'migrate'
    const report = await checkSource(source, {
      ...(this.#parts.limits && { limits: this.#parts.limits }),
      against: async (loaded) => {
        declared = loaded.running
        const row = await this.#standing(loaded.id)
        // Who was overtaken meanwhile would otherwise be told of a version that they did not see.
        const fault =
          overtaken(row, wish.revision ?? begun[loaded.id]?.revision ?? 0) ??
          versionFault(row, { version: loaded.version, digest: source.digest })
        if (fault !== undefined) throw fault
        return this.#against(loaded, wish.running ?? loaded.running)
      },
    })
    refuseUnsound(report)
    const { library } = this.#parts
    library.keep(source)
    const running = wish.running ?? declared
    return this.#switch(source, {
      flow: report.flow,
      version: report.version,
      running,
      back: false,
      wish: { ...wish, revision: wish.revision ?? begun[report.flow]?.revision ?? 0 },
      report,
    })
  }

  async rollback(id: string, wish: Wish): Promise<Deployment> {
    const { engine, shipped } = this.#parts
    const before = await this.#standing(id)
    const target = before?.former.at(-1)
    if (before === undefined || target === undefined) throw new UsherError('flow.no-former', id)
    const now = engine.flows.get(id)
    const running = wish.running ?? now?.running ?? 'migrate'
    const source = await this.#sourceOf(target)
    const held = source && (await this.#parts.library.hold(source))
    try {
      const flow = held?.flow ?? shipped.find((one) => one.id === id && one.version === target.version)
      if (flow === undefined) throw new UsherError('flow.not-stored', `${id}, version ${target.version}`)
      if (running === 'migrate') {
        const stored = await engine.read((state) => storedOf(state, id))
        refuseStranded(migrationFindings(flow, stored, now))
      }
      return await this.#switch(source, {
        flow: id,
        version: target.version,
        running,
        back: true,
        wish: { ...wish, revision: wish.revision ?? before.revision },
        report: null,
      })
    } finally {
      held?.letGo()
    }
  }

  #standing(flow: string): Promise<DeployedFlow | undefined> {
    return this.#parts.engine.read((state) => standing(state.meta, flow))
  }

  /** undefined: as shipped. */
  async #sourceOf({ digest }: VersionRef): Promise<FlowSource | undefined> {
    if (digest === null) return undefined
    const code = await this.#parts.engine.read((state) => codeOf(state.meta, digest))
    if (code === undefined) throw new UsherError('flow.not-stored', digest)
    return sourceOf(code.files)
  }

  #against({ id }: Loaded['loaded'], running: Running): Promise<Against> {
    return this.#parts.engine.read((state) => {
      const others = Object.entries(deployedFlows(state.meta)).filter(([flow]) => flow !== id)
      const replaced = new Set([
        id,
        ...others.filter(([, row]) => row.active.digest !== null).map(([flow]) => flow),
      ])
      return {
        stored: running === 'migrate' ? storedOf(state, id) : [],
        others: others.flatMap(([, { active }]) => {
          const code = active.digest === null ? undefined : codeOf(state.meta, active.digest)
          return code === undefined ? [] : [code.files]
        }),
        claims: shippedClaims.filter(({ flow }) => !replaced.has(flow)),
        shippedRests: restsAs(this.#parts.shipped, id),
      }
    })
  }

  async #switch(
    source: FlowSource | undefined,
    change: {
      readonly flow: string
      readonly version: number
      readonly running: Running
      readonly back: boolean
      readonly wish: Wish & { readonly revision: number }
      readonly report: FlowReport | null
    },
  ): Promise<Deployment> {
    const { engine, library } = this.#parts
    const { flow, version, running, back, wish, report } = change
    const from = (await this.#standing(flow))?.active.version ?? null
    const held = source && (await library.hold(source))
    try {
      await engine.submit({
        body: {
          kind: 'deploy',
          flow,
          version,
          digest: source?.digest ?? null,
          files: source?.files ?? null,
          running,
          back,
          revision: wish.revision,
          by: wish.by,
        },
      })
    } finally {
      held?.letGo()
    }
    const instances = await engine.read((state) => instancesByVersion(state, flow))
    return { flow, version, from, digest: source?.digest ?? null, running, instances, report }
  }
}

export const createDeployer = (parts: DeployerParts): Deployer => new FlowDeployer(parts)
