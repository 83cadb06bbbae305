/** Emergency: other work stops, robots clear the ways out, screens and kiosks lead people out, until ended by hand. */
import { defineFlow, inEveryMode } from '../define.ts'
import { emergencyMachine } from './machine.ts'
import { EmergencyPolicy } from './policy.ts'
import { emergencyView } from './view.ts'

export const emergency = defineFlow({
  id: 'emergency',
  version: 1,
  title: { en: 'Emergency', zh: '紧急情况' },
  purpose: {
    en: 'Cancels other work, sends robots out of the way, and shows the way out on every screen and kiosk.',
    zh: '取消其他任务，让机器人让出通道，并在所有屏幕与智能柜台上显示疏散提示。',
  },
  policy: EmergencyPolicy,
  listens: ['mode.changed', 'movement.changed', 'device.link'],
  starts: ['mode.changed'],
  key: (event) =>
    event.type === 'mode.changed' || event.type === 'movement.changed' || event.type === 'device.link'
      ? 'branch'
      : undefined,
  view: emergencyView,
  machine: emergencyMachine,
  modes: inEveryMode('run'),
  pausable: false,
  gracedDelays: [],
  migrations: {},
  excuses: [
    {
      finding: 'loop.retry',
      at: 'leading: *',
      because:
        'Who could not be reached is tried again until a person ends the emergency: giving up would be worse.',
    },
  ],
})
