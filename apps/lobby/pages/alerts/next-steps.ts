/** What is usually done about an alert: one or two steps, one tap each. */
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import type { LiveAlert } from '#protocol/desk/live/work-rows.ts'
import type { ActPrefill } from '../act/prefill.ts'
import type { alertsWords } from './words.ts'

type Text = Extract<keyof typeof alertsWords, `step.${string}`>

export type NextStep = { readonly text: Text } & (
  | { readonly kind: 'go'; readonly path: string }
  | { readonly kind: 'do'; readonly command: DeskCommand }
  | { readonly kind: 'act'; readonly prefill: ActPrefill }
)

const holdMs = 900_000

const look = (what: 'device' | 'zone', id: string): NextStep => ({
  text: what === 'device' ? 'step.lookDevice' : 'step.lookZone',
  kind: 'go',
  path: `/floor?${what}=${encodeURIComponent(id)}`,
})

const outOfService = (device: string): NextStep => ({
  text: 'step.outOfService',
  kind: 'do',
  command: { name: 'device.out-of-service', params: { device } },
})

const hold = (device: string): NextStep => ({
  text: 'step.hold',
  kind: 'do',
  command: { name: 'device.hold', params: { device, forMs: holdMs } },
})

const dock = (device: string): NextStep => ({
  text: 'step.dock',
  kind: 'do',
  command: { name: 'ask', params: { what: 'dock', member: device } },
})

const goes = (text: Text, path: string): NextStep => ({ text, kind: 'go', path })

const expert: NextStep = { text: 'step.expert', kind: 'act', prefill: { what: 'expert' } }

const announce = (zone: string): NextStep => ({
  text: 'step.announce',
  kind: 'act',
  prefill: { what: 'announce', zone },
})

type Rule = (device: string, zone: string) => readonly NextStep[]

const rules: Readonly<Record<string, Rule>> = {
  'device-care.stuck': (device) => [look('device', device), hold(device)],
  'device-care.battery': (device) => [dock(device), look('device', device)],
  'device-care.many-lost': () => [goes('step.floor', '/floor')],
  'robot-in-keep-clear': (device) => [dock(device), look('device', device)],
  'zone-crowded': (_, zone) => [look('zone', zone), announce(zone)],
  'counter-vacancy.unstaffed': () => [goes('step.queues', '/queues')],
  'counter-vacancy.idle': () => [goes('step.queues', '/queues')],
  'assistance.unclaimed': () => [expert, goes('step.work', '/work')],
  'assistance.escalated': () => [expert, goes('step.work', '/work')],
  'escalation.nobody-came': () => [goes('step.work', '/work')],
  'escalation.finish-here': () => [goes('step.work', '/work')],
  'escalation.expert-lost': () => [goes('step.work', '/work')],
  'assistance.long': () => [goes('step.work', '/work')],
  emergency: () => [goes('step.floor', '/floor')],
}

/** Whatever is wrong with a device can be looked at, and the device put out of service. */
const ofDevice: Rule = (device) => [look('device', device), outOfService(device)]

export const nextSteps = ({ code, params }: Pick<LiveAlert, 'code' | 'params'>): readonly NextStep[] => {
  const text = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  const [device, zone] = [text('device'), text('zone')]
  const rule = rules[code]
  if (rule !== undefined) return rule(device, zone)
  if (device !== '') return ofDevice(device, zone)
  return zone === '' ? [] : [look('zone', zone)]
}
