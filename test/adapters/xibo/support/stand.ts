/** The simulated CMS with its displays on a port, the adapter beside it, and the hub's hand on the adapter. */
import { vi } from 'vitest'
import { createFleetingMemory } from '#adapters/sdk/memory.ts'
import { startAdapter } from '#adapters/sdk/start-adapter.ts'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { createXibo } from '#adapters/xibo/adapter.ts'
import { createFleetingProofMemory, type ProofMemory } from '#adapters/xibo/proof-memory.ts'
import { type CmsSettings, SimulatedCms } from '#adapters/xibo/simulator/cms.ts'
import { demoCms, demoSettings } from '#adapters/xibo/simulator/demo.ts'
import type { SimulatedPlayer } from '#adapters/xibo/simulator/player.ts'
import { CmsServer, type Trouble } from '#adapters/xibo/simulator/server.ts'
import { topics } from '#protocol/topics.ts'
import { createFakeHub } from '../../../simulators/support/fake-hub.ts'
import { createLines } from '../../sdk/support/rig.ts'

const ends = ['done', 'failed', 'cancelled', 'refused', 'not-started']
const waitsMs = 45_000

export const until = <T>(look: () => T, timeout = waitsMs) => vi.waitFor(look, { timeout, interval: 15 })

/** The adapter with a hub's hand on it, before a CMS at that address. */
export const startGateway = async (
  config: object,
  proofMemory: ProofMemory = createFleetingProofMemory(),
) => {
  const hub = createFakeHub('demo', 'signage-1')
  const { lines, log } = createLines()
  const clock = createSystemClock()
  const adapter = startAdapter(createXibo({ clock, chance: () => 0, proofMemory: () => proofMemory }), {
    branch: 'demo',
    device: 'signage-1',
    boot: 'boot-1',
    config,
    clock,
    chance: () => 0,
    memory: createFleetingMemory(),
    log,
    transport: () => hub.transport,
    // On a busy machine an answer takes longer than that, and nothing counts as begun before it.
    startedAfterMs: 5_000,
  })
  await until(() => {
    if (hub.session() === undefined) throw new Error('not connected')
  }, 45_000)
  hub.up()
  const on = (device: string, end: string) =>
    hub.sent.filter(({ topic }) => topic.startsWith(`usher/v1/demo/${device}/`) && topic.endsWith(end))
  let tasks = 0
  return {
    hub,
    lines,
    state: (device = 'screen-1') =>
      Object.assign({}, ...on(device, '/state').map(({ body }) => body)) as {
        health?: { level: string; reasons?: string[] }
      },
    events: (device = 'screen-1') => on(device, '/event/x-proof-of-play').map(({ body }) => body),
    manifest: (device: string) => on(device, '/manifest').at(-1)?.body,
    tellMode: (mode: string, device = 'screen-1') =>
      hub.say(topics.config('demo', device), {
        epoch: 1,
        revision: 1,
        mode,
        movement: 'allowed',
        builtIn: {},
        settings: {},
      }),
    /** Offers and starts it. */
    give(capability: string, command: object, how: { device?: string; runWithinMs?: number } = {}) {
      const { device = 'screen-1', runWithinMs = 20_000 } = how
      tasks += 1
      const name = { task: `task-${tasks}`, attempt: 1, epoch: 1 }
      const times = { ackWithinMs: 3_000, startWithinMs: 3_000, runWithinMs, sentAt: 0 }
      const say = (body: object) => hub.say(topics.task('demo', device), { ...name, ...body, sentAt: 0 })
      say({ kind: 'offer', ...times, capability, command, priority: 5, start: true })
      const reports = () =>
        on(device, `/task/${name.task}/report`).map(
          ({ body }) =>
            body as { status: string; code?: string; note?: string; result?: Record<string, unknown> },
        )
      return {
        task: name.task,
        reports,
        end: () => reports().find(({ status }) => ends.includes(status)),
        ended: () =>
          until(() => {
            const found = reports().find(({ status }) => ends.includes(status))
            if (found === undefined) throw new Error(`${capability} goes on: ${JSON.stringify(lines)}`)
            return found
          }, 20_000),
        cancel: () => say({ kind: 'cancel', reason: 'not-needed' }),
      }
    },
    stop: () => adapter.stop(),
  }
}

export const createStand = async (
  how: {
    cms?: Partial<CmsSettings>
    config?: object
    proofMemory?: ProofMemory
    prepare?: (server: CmsServer) => void
  } = {},
) => {
  const cms = new SimulatedCms({ ...demoCms, ...how.cms })
  const server = new CmsServer(cms)
  const url = await server.listen()
  how.prepare?.(server)
  const gateway = await startGateway({ ...demoSettings(url), ...how.config }, how.proofMemory)
  const player = (display = 1): SimulatedPlayer => {
    const place = cms.places.get(display)
    if (place === undefined) throw new Error('there is a display')
    return place.player
  }
  return {
    ...gateway,
    cms,
    server,
    url,
    player,
    place: (display = 1) => {
      const place = cms.places.get(display)
      if (place === undefined) throw new Error('there is a display')
      return place
    },
    trouble: (...troubles: Trouble[]) => {
      server.troubles = troubles
    },
    actions: (display = 1) => player(display).frames.map(({ action }) => action),
    asked: (part: string) => server.requests.filter(({ path }) => path.includes(part)),
    async stop() {
      await gateway.stop()
      cms.end()
      await server.close()
    },
  }
}
export type Stand = Awaited<ReturnType<typeof createStand>>

export const words = [
  { language: 'zh', text: '三号智能柜台现在空闲。' },
  { language: 'en', text: 'Kiosk 3 is free now.' },
]
export const display = (template = 'plain', showForMs = 400) => ({ content: { template, words }, showForMs })
export const promotion = (showForMs = 400) => ({
  campaign: 'autumn-savings',
  product: 'savings',
  at: { zone: 'waiting' },
  content: { template: 'promotion', words },
  showForMs,
})
