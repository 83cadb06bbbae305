/** The lobby under load: people who come in, take numbers, linger and leave, faster than any real lobby. */
import type { Fleet } from '#simulators/fleet.ts'
import type { Dice } from '../sim/chance.ts'

interface Lobby {
  readonly fleet: Fleet
  readonly later: (call: () => void, ms: number) => void
  readonly dice: Dice
}

export interface Load {
  readonly visitors: () => number
  /** Everybody stays where they are, and no news comes. */
  stop(): void
  /** Nobody new comes in; resolves when all who are in have left. */
  end(): Promise<void>
}

const arrivalMs = 150
const queueNewsMs = 400
const services = ['card', 'cash'] as const
const helpAt = ['kiosk-1', 'kiosk-2', 'robot-1', 'robot-2', 'screen-1', 'screen-2'] as const

const live = ({ fleet, dice, later }: Lobby, index: number, done: () => void) => {
  const name = `visitor/${index}`
  const track = `t${index}`
  const ticket = `A${String(index).padStart(5, '0')}`
  const camera = fleet.device('camera-1')
  const machine = fleet.device('tickets-1')
  const steps: (readonly [atMs: number, act: () => void])[] = [
    [0, () => camera?.sense('visitor.detected', { zone: 'entrance', track, direction: 'in' })],
  ]
  const at = (subject: string, low: number, high: number) => dice.between(`${name}/${subject}`, low, high)
  if (dice.happens(`${name}/ticketed`, 0.4)) {
    const service = dice.pick(`${name}/service`, services)
    const issuedMs = at('issued', 300, 900)
    steps.push(
      [issuedMs, () => machine?.sense('ticket.issued', { ticket, service, track, camera: 'camera-1' })],
      [issuedMs + 50, () => camera?.sense('visitor.moved', { track, zone: 'waiting' })],
      [at('called', 2_500, 4_000), () => machine?.sense('ticket.called', { ticket, counter: 'c1' })],
      [
        at('served', 4_100, 5_000),
        () => machine?.sense('ticket.ended', { ticket, counter: 'c1', outcome: 'served' }),
      ],
    )
  } else if (dice.happens(`${name}/lingers`, 0.7)) {
    steps.push(
      [at('moved', 200, 600), () => camera?.sense('visitor.moved', { track, zone: 'waiting' })],
      [
        at('dwells', 1_000, 2_000),
        () => camera?.sense('zone.dwell', { zone: 'waiting', track, dwellMs: 9_000 }),
      ],
    )
  }
  if (dice.happens(`${name}/help`, 0.6)) {
    const asked = dice.pick(`${name}/asks`, helpAt)
    steps.push([at('needs', 500, 3_000), () => fleet.device(asked)?.sense('help.requested', {})])
  }
  for (const [atMs, act] of steps) later(act, atMs)
  later(
    () => {
      camera?.sense('visitor.left', { track, zone: 'entrance' })
      done()
    },
    at('leaves', 5_100, 6_500),
  )
}

export const startLoad = (fleet: Fleet, dice: Dice): Load => {
  let count = 0
  let inside = 0
  let emptied: (() => void) | undefined
  const plans = new Set<NodeJS.Timeout>()
  const later = (call: () => void, ms: number) => {
    const plan = setTimeout(() => {
      plans.delete(plan)
      call()
    }, ms)
    plans.add(plan)
  }
  const arrive = () => {
    count += 1
    inside += 1
    live({ fleet, dice, later }, count, () => {
      inside -= 1
      if (inside === 0) emptied?.()
    })
  }
  const tell = () => {
    for (const service of services) {
      const waiting = dice.between(`waiting/${service}/${count}`, 0, 6)
      fleet
        .device('tickets-1')
        ?.sense('queue.snapshot', { service, waiting, announcedWaitMs: waiting * 60_000 })
    }
  }
  const timers = [setInterval(arrive, arrivalMs), setInterval(tell, queueNewsMs)]
  const closeDoor = () => {
    for (const timer of timers) clearInterval(timer)
  }
  return {
    visitors: () => count,
    stop: () => {
      closeDoor()
      for (const plan of plans) clearTimeout(plan)
    },
    end: () => {
      closeDoor()
      return new Promise((resolve) => {
        emptied = resolve
        if (inside === 0) resolve()
      })
    },
  }
}
