/** Device care, title page: notices devices that are lost, faulted, stuck, silent, updating too long or low on battery. */
import { defineFlow, inEveryMode } from '../define.ts'
import { isWell } from './decide.ts'
import { careMachine, looks } from './machine.ts'
import { CarePolicy } from './policy.ts'
import { mightAil, viewCare } from './view.ts'

export const deviceCare = defineFlow({
  id: 'device-care',
  version: 1,
  title: { en: 'Device care', zh: '设备看护' },
  purpose: {
    en: 'Tells people of devices that are lost, faulted, stuck, silent or too long in an update, and sends robots to charge',
    zh: '设备失联、故障、受阻、静默或更新过久时提醒，并派机器人充电',
  },
  policy: CarePolicy,
  listens: looks,
  starts: looks,
  worthStarting: (event) => !isWell(event),
  key: (event) =>
    'device' in event && event.type.startsWith('device.') ? (event.device ?? undefined) : undefined,
  keys: (event, model) =>
    event.type === 'minute.passed'
      ? model
          .devices()
          .filter((device) => mightAil(device, model.at))
          .map((device) => device.id)
      : [],
  view: viewCare,
  machine: careMachine,
  modes: inEveryMode('run'),
  pausable: false,
  gracedDelays: [],
  migrations: {},
  excuses: [
    {
      finding: 'loop.retry',
      at: '*: dock',
      because:
        'A robot low on battery is asked again, at the pace of chargeAgainMs, until it charges; people are alerted.',
    },
  ],
})
