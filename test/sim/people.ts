/** Visitors and staff of a simulated day: who comes, waits, is called, asks for help; who takes tasks and steers. */
import type { DeviceProcess } from '#cli/simulate/device-process.ts'
import type { HubProcess } from '#cli/simulate/hub-process.ts'
import type { SimClock } from '#cli/simulate/sim-clock.ts'
import type { Command } from '#hub/engine/entry.ts'
import { people } from './branch.ts'
import type { Dice } from './chance.ts'

export interface CrowdParts {
  readonly clock: SimClock
  readonly dice: Dice
  readonly device: (id: string) => DeviceProcess
  readonly hub: () => HubProcess | undefined
  readonly untilMs: number
}

const languages = ['zh', 'en', 'fr'] as const

const visit = ({ clock, dice, device }: CrowdParts, index: number, atMs: number) => {
  const name = `visitor/${index}`
  const track = `t${index}`
  const camera = () => device('camera-1').device()
  const later = (subject: string, low: number, high: number) => dice.between(`${name}/${subject}`, low, high)
  clock.at(atMs, () =>
    camera().sense('visitor.detected', {
      zone: 'entrance',
      ...(dice.happens(`${name}/tracked`, 0.9) && { track }),
      direction: 'in',
      ...(dice.happens(`${name}/speaks`, 0.3) && { language: dice.pick(`${name}/language`, languages) }),
    }),
  )
  const service = dice.pick(`${name}/service`, ['card', 'cash'] as const)
  const ticket = `A${String(index).padStart(3, '0')}`
  const issuedMs = atMs + later('ticket', 2_000, 15_000)
  if (dice.happens(`${name}/ticketed`, 0.7)) {
    clock.at(issuedMs, () => {
      device('tickets-1').device().sense('ticket.issued', { ticket, service, track, camera: 'camera-1' })
      camera().sense('visitor.moved', { track, zone: 'waiting' })
    })
    const calledMs = issuedMs + later('called', 20_000, 90_000)
    clock.at(calledMs, () => device('tickets-1').device().sense('ticket.called', { ticket, counter: 'c1' }))
    clock.at(calledMs + later('served', 5_000, 40_000), () =>
      device('tickets-1').device().sense('ticket.ended', { ticket, counter: 'c1', outcome: 'served' }),
    )
    if (dice.happens(`${name}/kiosk`, 0.3)) {
      clock.at(issuedMs + later('kiosk-at', 8_000, 40_000), () =>
        device(dice.pick(`${name}/which`, ['kiosk-1', 'kiosk-2']))
          .device()
          .use({
            forMs: later('kiosk-for', 4_000, 30_000),
            service,
            ticket,
            abandons: dice.happens(`${name}/gives-up`, 0.2),
          }),
      )
    }
  }
  if (dice.happens(`${name}/dwells`, 0.5)) {
    clock.at(atMs + 25_000, () => camera().sense('zone.dwell', { zone: 'waiting', track, dwellMs: 20_000 }))
  }
  clock.at(atMs + later('leaves', 60_000, 160_000), () =>
    camera().sense('visitor.left', { track, zone: 'entrance' }),
  )
}

const queueNews = ({ clock, dice, device, untilMs }: CrowdParts) => {
  for (let atMs = 3_000; atMs < untilMs; atMs += 15_000) {
    clock.at(atMs, () => {
      for (const service of ['card', 'cash'] as const) {
        const waiting = dice.between(`queue/${service}/${atMs}`, 0, 14)
        device('tickets-1')
          .device()
          .sense('queue.snapshot', { service, waiting, announcedWaitMs: waiting * 90_000 })
      }
      device('camera-1')
        .device()
        .sense('zone.count', { zone: 'waiting', count: dice.between(`count/${atMs}`, 0, 16) })
      if (dice.happens(`help/${atMs}`, 0.15)) {
        device('kiosk-1').device().sense('help.requested', { zone: 'kiosks', reason: 'card-stuck' })
      }
    })
  }
}

const steering = (dice: Dice, index: number): Command | undefined => {
  const by = dice.pick(`steer/${index}/by`, people)
  return dice.pick<Command | undefined>(`steer/${index}`, [
    { name: 'pause', by, untilMs: null },
    { name: 'resume', by },
    { name: 'resume', by },
    { name: 'stop-movement', by },
    { name: 'allow-movement', by },
    { name: 'allow-movement', by },
    { name: 'mode', mode: 'emergency', by },
    { name: 'end-emergency', by },
    { name: 'end-emergency', by },
    { name: 'device.hold', device: 'robot-1', by, untilMs: null },
    { name: 'device.release', device: 'robot-1', by },
    { name: 'duty', person: 'bo', onDuty: dice.happens(`steer/${index}/duty`, 0.7), by },
    undefined,
    undefined,
  ])
}

/** Staff take most of their tasks, refuse some, forget some; now and then someone cancels a task or steers. */
const staff = ({ clock, dice, hub, untilMs }: CrowdParts) => {
  const submit = (command: Command) =>
    hub()
      ?.engine.submit({ body: { kind: 'command', command } })
      .catch(() => undefined)
  for (let index = 0, atMs = 1_000; atMs < untilMs + 240_000; index++, atMs += 2_000) {
    clock.at(atMs, () => {
      const tasks = hub()?.engine.state.tasks.values() ?? []
      for (const task of tasks) {
        const attempt = task.attempts.at(-1)
        if (attempt?.member.startsWith('person/') !== true || attempt.endedAt !== null) continue
        const by = attempt.member.slice('person/'.length)
        const luck = dice.share(`staff/${task.id}/${attempt.number}/${task.phase}`)
        if (luck > 0.8) continue
        const status =
          task.phase === 'offered' ? (luck < 0.65 ? 'accepted' : 'refused') : luck < 0.7 ? 'done' : 'failed'
        void submit({ name: 'task.report', task: task.id, by, status, note: null })
      }
      if (atMs >= untilMs) return
      const victim = tasks[Math.floor(dice.share(`cancel/${index}/which`) * tasks.length)]
      if (victim !== undefined && dice.happens(`cancel/${index}`, 0.06)) {
        void submit({ name: 'task.cancel', task: victim.id, by: 'mei', reason: 'sim' })
      }
      const command = dice.happens(`steers/${index}`, 0.1) ? steering(dice, index) : undefined
      if (command !== undefined) void submit(command)
    })
  }
  // The day ends in order, whatever was left in force; said again, for a hub that was down.
  for (const atMs of [untilMs, untilMs + 20_000, untilMs + 60_000]) {
    clock.at(atMs, () => {
      for (const name of ['end-emergency', 'allow-movement', 'resume'] as const)
        void submit({ name, by: 'mei' })
    })
  }
}

export const startCrowd = (parts: CrowdParts, visitors: number) => {
  for (let index = 0; index < visitors; index++) {
    visit(parts, index, parts.dice.between(`visitor/${index}/arrives`, 3_000, parts.untilMs - 30_000))
  }
  queueNews(parts)
  staff(parts)
}
