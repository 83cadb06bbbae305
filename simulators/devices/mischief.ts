/** The declared misbehaviours that need no task: losing the line, sending rubbish, greeting without being asked. */
import type { Life } from '#adapters/sdk/life.ts'
import type { Outgoing } from '#adapters/sdk/outgoing.ts'
import type { EventData, EventName } from '#protocol/events.ts'
import { topics } from '#protocol/topics.ts'
import type { Behaviour } from './behaviour.ts'
import { pick } from './chance.ts'
import type { Log } from './log.ts'
import type { Chance, Transport } from './ports.ts'

export const startMischief = (deps: {
  branch: string
  id: string
  life: Life
  log: Log
  chance: Chance
  behaviour: Behaviour
  outgoing: Outgoing
  transport: Transport
  /** Whether the hub has switched that behaviour of its own off. */
  switchedOff: (behaviour: 'greet' | 'promote') => boolean
  occupied: () => boolean
  sense: <N extends EventName>(name: N, data: EventData<N>) => void
}): void => {
  const { life, log, behaviour } = deps
  const { drops, rubbish, alone } = behaviour

  if (drops !== undefined) {
    const drop = () => {
      log.write({ kind: 'misbehaved', behaviour: 'drops' })
      deps.transport.drop(drops.forMs)
    }
    for (const atMs of drops.atMs) life.after(atMs, drop)
    if (drops.everyMs !== undefined) life.every(drops.everyMs, drop)
  }

  if (rubbish !== undefined) {
    let count = 0
    life.every(rubbish.everyMs, () => {
      count += 1
      const [topic, payload] = rubbishOf(deps, rubbish.what, count)
      log.write({ kind: 'misbehaved', behaviour: 'rubbish' })
      deps.outgoing.raw(topic, payload)
    })
  }

  if (alone !== undefined)
    life.every(alone.everyMs, () => {
      if (deps.occupied() || (alone.switchable && deps.switchedOff(alone.behaviour))) return
      log.write({ kind: 'acted-alone', behaviour: alone.behaviour, zone: alone.zone })
      if (!alone.silently) deps.sense('behaviour.performed', { behaviour: alone.behaviour, zone: alone.zone })
    })
}

const kindsOfRubbish = ['not-json', 'wrong-schema', 'foreign-topic', 'unknown-event'] as const

const rubbishOf = (
  { branch, id, chance }: { branch: string; id: string; chance: Chance },
  what: NonNullable<Behaviour['rubbish']>['what'],
  count: number,
): [topic: string, payload: string] => {
  const kind = what === 'mixed' ? pick(kindsOfRubbish, chance(id, 'rubbish', `${count}`)) : what
  switch (kind) {
    case 'wrong-schema':
      return [topics.event(branch, id, 'zone.count'), '{"zone":"NOT AN ID","count":-1}']
    case 'foreign-topic':
      return [topics.event(branch, 'somebody-else', 'zone.count'), '{"zone":"waiting","count":1}']
    case 'unknown-event':
      return [topics.event(branch, id, 'never.heard-of'), '{}']
    default:
      return [topics.event(branch, id, 'zone.count'), '{"zone":']
  }
}
