/** Crowding: a zone above its limit is relieved, and nobody's way is blocked by a robot. */
import type { FlowEvent } from '#protocol/flow-events.ts'
import { defineFlow } from '../define.ts'
import { isCrowded } from './decide.ts'
import { crowdingMachine } from './machine.ts'
import { CrowdingPolicy } from './policy.ts'
import { crowdingView, keyOfDevice, keyOfZone } from './view.ts'

const keyOf = (event: FlowEvent): string | undefined => {
  if (event.type === 'zone.counted') return keyOfZone(event.zone)
  return event.type === 'device.stuck' ? keyOfDevice(event.device) : undefined
}

export const crowding = defineFlow({
  id: 'crowding',
  version: 1,
  title: { en: 'Crowding', zh: '拥挤疏导' },
  purpose: {
    en: 'Relieves a zone above its limit: robots leave, screens direct, manager and guard are called.',
    zh: '区域人数超限时：机器人让出空间，屏幕引导分流，通知经理与保安。',
  },
  policy: CrowdingPolicy,
  listens: ['zone.counted', 'device.stuck'],
  starts: ['zone.counted', 'device.stuck'],
  worthStarting: (event) => event.type !== 'zone.counted' || isCrowded({ event }),
  key: keyOf,
  view: crowdingView,
  machine: crowdingMachine,
  modes: {
    closed: 'quiet',
    opening: 'run',
    open: 'run',
    closing: 'run',
    'cash-delivery': 'run',
    emergency: 'stop',
  },
  pausable: true,
  gracedDelays: [],
  migrations: {},
  excuses: [
    {
      finding: 'loop.retry',
      at: 'relieving.*',
      because:
        'Robots and screens are asked again, at the pace of lookAgain, for as long as the zone is above its limit.',
    },
    {
      finding: 'task.unhandled',
      at: 'blocking: leave-robot',
      because:
        'People have an urgent alert by then, which stands until the robot is gone; it is asked to move only once.',
    },
  ],
})
