/** What the watcher over an adapter tells: an alert for people while something is wrong, on record in any case. */
import type { Command } from '../engine/entry.ts'
import type { Turn } from '../engine/turn.ts'
import { clearAlert, raiseAlert } from './alerts.ts'

type AdapterHealth = Extract<Command, { name: 'adapter.health' }>

/** No flow raised it. */
const origin = { flow: 'adapters' } as const

/** Nothing brings the device back by itself: a person has to. */
const needsSomebody: ReadonlySet<string> = new Set([
  'adapter.crash-loop',
  'adapter.refused-settings',
  'adapter.folder',
])

export const noteAdapter = (turn: Turn, { device, about, code, params }: AdapterHealth) => {
  const key = about === 'process' ? `adapter/${device}` : `adapter/${device}/${about}`
  if (code === null) return clearAlert(turn, key)
  // Something else is wrong than before: an alert of its own, not a higher count.
  if (turn.state.alerts.get(key)?.code !== code) clearAlert(turn, key)
  raiseAlert(turn, origin, {
    type: 'alert',
    key,
    priority: needsSomebody.has(code) ? 'high' : 'normal',
    because: { code, params: { device, ...params } },
    subject: { device },
  })
}
