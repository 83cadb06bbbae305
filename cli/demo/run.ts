/** The demonstration: a hub in this process, the simulated branch in processes of its own, and readable lines. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { flows } from '#flows/index.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { type Hub, startHub } from '#hub/main.ts'
import { HubConfig } from '#hub/ops/config.ts'
import { createLog } from '#hub/ops/log.ts'
import { UsherError } from '#protocol/errors.ts'
import type { DemoWishes } from '../commands/demo.ts'
import { forgetDemo, noteDemo } from '../io/find-hub.ts'
import type { Tongue } from '../io/language.ts'
import { prettyDestination } from '../start/pretty.ts'
import { failWith } from '../start/run.ts'
import { onStopSignal } from '../start/stop-signals.ts'
import { readVersions } from '../start/versions.ts'
import { rehearseInThread } from '../what-if/rehearse.ts'
import { addDemoAccounts } from './demo-account.ts'
import { startLobby } from './lobby-process.ts'
import { createScreen, type Screen } from './screen.ts'
import { startStaff } from './staff.ts'
import { createTally } from './tally.ts'
import { createTeller } from './teller.ts'
import { sayWelcome } from './welcome.ts'

export interface DemoOptions extends DemoWishes {
  readonly data: string | undefined
  readonly tongue: Tongue
}

const summaryEveryMs = 30_000
const branchFile = join(import.meta.dirname, '../../simulators/branches/demo.yaml')

const openData = (data: string | undefined): { readonly data: string; readonly own: boolean } => {
  if (data === undefined) return { data: mkdtempSync(join(tmpdir(), 'usher-demo-')), own: true }
  mkdirSync(data, { recursive: true, mode: 0o700 })
  return { data: resolve(data), own: false }
}

const settingsOf = (
  { port, httpPort, tlsPort, wsPort, pageOrigin = [], portsFree = false }: DemoOptions,
  data: string,
): HubConfig =>
  HubConfig.parse({
    branch: branchFile,
    data,
    mqtt: {
      // Every device of the branch file may connect by its name: this door is open to this machine only.
      loopback: { port: portsFree ? 0 : port, trust: 'declared' },
      // The same for pages, of this hub or of whoever is named.
      websocket: {
        origins: pageOrigin,
        loopback: { port: portsFree ? 0 : wsPort, trust: 'declared' },
      },
      tls: tlsPort === undefined ? false : { host: '127.0.0.1', port: portsFree ? 0 : tlsPort },
    },
    // Whoever looks on for the afternoon stays signed in: it is this machine alone.
    http: { port: portsFree ? 0 : httpPort, sessionIdleMs: 36_000_000 },
  })

const isPortTaken = (error: unknown): error is UsherError =>
  error instanceof UsherError && (error.code === 'broker.port-taken' || error.code === 'http.port-taken')

const otherPorts = 'Try `usher demo --ports-free`, or name others with --port, --ws-port and --http-port.'

const openHub = (options: DemoOptions, data: string, screen: Screen): Promise<Hub> => {
  const log = createLog('warn', prettyDestination(screen.write))
  return startHub({
    config: settingsOf(options, data),
    flows,
    versions: readVersions(),
    clock: systemClock(),
    log,
    rehearse: rehearseInThread,
    onFatal: failWith(log),
  }).catch((error: unknown) => {
    throw isPortTaken(error) ? new UsherError(error.code, `${error.detail ?? ''} ${otherPorts}`) : error
  })
}

/** @returns how to stop telling. */
const tell = (hub: Hub, { tongue }: DemoOptions, screen: Screen): (() => void) => {
  const tally = createTally()
  const teller = createTeller({ tongue, state: hub.engine.state })
  const callOff = hub.watch((batch) => {
    tally.note(batch)
    for (const line of teller.tell(batch)) screen.line(line)
  })
  const summary = setInterval(() => {
    void hub.engine.read((state, at) => screen.line(tally.summary(state, { at, tongue })))
  }, summaryEveryMs)
  return () => {
    clearInterval(summary)
    callOff()
  }
}

export const runDemo = async (options: DemoOptions): Promise<void> => {
  const { data, own } = openData(options.data)
  const screen = createScreen(process.stdout, options.tongue)
  // From the first moment: whoever stops it while it starts leaves nothing behind either.
  const asked = new Promise<void>((resolve) => void onStopSignal(() => resolve()))
  try {
    const hub = await openHub(options, data, screen)
    noteDemo(data)
    const account = await addDemoAccounts(hub, data)
    sayWelcome(screen, hub, { data, own, tongue: options.tongue, account })
    const silence = tell(hub, options, screen)
    const lobby = startLobby({
      broker: `mqtt://127.0.0.1:${hub.ports.mqtt}`,
      seed: options.seed,
      inProcess: options.inProcess ?? false,
      logFolder: join(data, 'device-logs'),
      complain: screen.complain,
    })
    const staff = startStaff({ control: hub.control, seed: options.seed, complain: screen.complain })
    await asked
    screen.line({ kind: 'hub', who: '', text: options.tongue === 'zh' ? '正在停止…' : 'stopping …' })
    silence()
    staff.stop()
    await lobby.stop()
    await hub.stop()
    screen.line({ kind: 'hub', who: '', text: options.tongue === 'zh' ? '已停止' : 'stopped' })
  } finally {
    forgetDemo(data)
    if (own) rmSync(data, { recursive: true, force: true })
  }
}
