/** Every check in order, as a table with what to do, or as JSON. */
import { HubConfig, loadHubConfig } from '#hub/ops/config.ts'
import { type ControlClient, openControl } from '#hub/ops/control.ts'
import { askedFor, type Listening } from '#hub/ops/listening.ts'
import { controlPath } from '#hub/ops/paths.ts'
import { UsherError } from '#protocol/errors.ts'
import type { AdapterFacts } from '../adapters/methods.ts'
import { adaptersOf } from '../io/adapters-of.ts'
import { exitCodes } from '../io/exit-codes.ts'
import { dataDirectory, demoData, wasNamed } from '../io/find-hub.ts'
import { table } from '../io/table.ts'
import type { Shared } from '../io/with-hub.ts'
import { checkAdapters } from './adapters.ts'
import { checkCertificates } from './certificates.ts'
import { type Check, fail, ok } from './check.ts'
import { checkDirectory, checkLock } from './data.ts'
import { checkClock, checkNode, checkSpace, checkSync } from './machine.ts'
import { checkBroker, checkDoor, checkFree } from './network.ts'

interface Facts {
  readonly at: number
  readonly adapters: readonly AdapterFacts[]
  readonly ports: Listening
}

const ask = async (data: string): Promise<Facts | undefined> => {
  let control: ControlClient
  try {
    control = await openControl(controlPath(data))
  } catch {
    return undefined
  }
  try {
    const shown = await control.request<Omit<Facts, 'adapters'>>('hub.show')
    return { ...shown, adapters: await adaptersOf(control) }
  } finally {
    control.close()
  }
}

const checkSettings = (file: string | undefined): { check: Check; config: HubConfig } => {
  const name = 'settings'
  const defaults = HubConfig.parse({ branch: 'branch.yaml' })
  if (file === undefined) return { check: ok(name, 'defaults; name a file with --config'), config: defaults }
  try {
    return { check: ok(name, file), config: loadHubConfig(file) }
  } catch (error) {
    if (!(error instanceof UsherError)) throw error
    return {
      check: fail(name, error.message, 'Correct the file; docs/operations/settings.md lists every setting.'),
      config: defaults,
    }
  }
}

const doors = async (facts: Facts | undefined, config: HubConfig): Promise<readonly Check[]> => {
  if (facts === undefined) {
    const free = await Promise.all(askedFor(config).map(checkFree))
    return [...free, ok('broker', 'no hub runs')]
  }
  const { http, ...others } = facts.ports
  const brokers = Object.values(others).filter((port) => port !== undefined)
  return Promise.all([...brokers.map(checkBroker), checkDoor(http)])
}

export const examine = async (place: Pick<Shared, 'data' | 'config'>): Promise<readonly Check[]> => {
  const { check: settings, config } = checkSettings(place.config)
  const broken = settings.state === 'fail'
  const named = await dataDirectory(broken ? { data: place.data } : place, process.env)
  const data = wasNamed(place, process.env)
    ? named
    : (await ask(named)) === undefined
      ? (demoData() ?? named)
      : named
  const facts = await ask(data)
  return [
    checkNode(),
    settings,
    checkDirectory(data),
    checkLock(data, facts !== undefined),
    checkClock(facts?.at),
    checkSpace(data),
    checkSync(data),
    ...checkCertificates(data),
    ...(await doors(facts, config)),
    ...checkAdapters(config.adapters, facts?.adapters),
  ]
}

export const runDoctor = async (shared: Shared): Promise<void> => {
  const checks = await examine(shared)
  if (checks.some(({ state }) => state === 'fail')) process.exitCode = exitCodes.refused
  if (shared.json === true) {
    console.log(JSON.stringify(checks, null, 2))
    return
  }
  console.log(
    table(checks, [
      { title: 'check', cell: ({ name }) => name },
      { title: 'is', cell: ({ state }) => state },
      { title: 'found', cell: ({ found }) => found, widthMax: 80 },
    ]),
  )
  for (const { name, state, remedy } of checks)
    if (state !== 'ok') console.log(`\n${name} (${state}): ${remedy}`)
}
