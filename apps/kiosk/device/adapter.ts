/** The kiosk as a device of the branch: what it can do, what it turns down, and what it says of itself. */
import { z } from 'zod'
import {
  DeviceBusy,
  type DeviceHandle,
  type DeviceSide,
  defineAdapter,
  type Task,
} from '#adapters/sdk/browser.ts'
import type { CommandOf } from '#protocol/capabilities.ts'
import type { DeviceConfig } from '#protocol/messages.ts'
import type { Put } from '../journey/runner.ts'
import type { Journey } from '../journey/state.ts'
import type { Cell } from '../outside/cell.ts'
import type { Showing } from './showing.ts'

export interface KioskSide {
  readonly version: string
  readonly languages: () => readonly string[]
  readonly journey: Cell<Journey>
  readonly put: Put
  readonly showing: Showing
  /** Somebody asked to know more of what is shown. */
  readonly interest: Cell<boolean>
  /** The hand on the device, as soon as there is one. */
  readonly onDevice: (device: DeviceHandle) => void
  readonly onConfig: (config: DeviceConfig) => void
}

/** Until the time is over, somebody says that it is enough, or the task has to stop. @throws the reason of the signal */
const shown = (ms: number, signal: AbortSignal, enough?: (end: () => void) => () => void) =>
  new Promise<void>((resolve, reject) => {
    const over = (then: () => void) => {
      clearTimeout(timer)
      forget?.()
      signal.removeEventListener('abort', stopped)
      then()
    }
    const stopped = () => over(() => reject(signal.reason))
    const timer = setTimeout(() => over(resolve), ms)
    const forget = enough?.(() => over(resolve))
    if (signal.aborted) stopped()
    else signal.addEventListener('abort', stopped)
  })

const display = async (side: KioskSide, command: CommandOf<'display'>, task: Task) => {
  const { content, showForMs, wipe } = command
  if (wipe === true) side.put({ type: 'wipe' })
  const take = side.showing.put(content, {
    task: task.id,
    stays: showForMs === undefined,
    isPromotion: false,
  })
  task.started()
  if (showForMs === undefined) return { shown: content.words }
  const since = performance.now()
  try {
    await shown(showForMs, task.signal)
  } finally {
    take()
  }
  return { shownForMs: Math.round(performance.now() - since), shown: content.words }
}

const isFree = ({ person, isClosed, isEmergency, isStaffThere }: Journey) =>
  person === null && !isClosed && !isEmergency && !isStaffThere

/** What would not be seen is not said to be shown; what leads people out is seen over everything. */
const mayShow = ({ isClosed, isEmergency, isStaffThere }: Journey, { content }: CommandOf<'display'>) =>
  content.template === 'emergency' || !(isClosed || isEmergency || isStaffThere)

/** Only for whom the kiosk waits: nobody is interrupted for an advertisement. */
const promote = async (side: KioskSide, command: CommandOf<'promote'>, task: Task) => {
  const { journey, interest, showing } = side
  if (!isFree(journey.get())) throw new DeviceBusy('Somebody uses the kiosk.')
  interest.set(false)
  const take = showing.put(command.content, { task: task.id, stays: false, isPromotion: true })
  task.started()
  const since = performance.now()
  try {
    await shown(command.showForMs, task.signal, (end) => {
      const ends = [
        journey.subscribe(() => !isFree(journey.get()) && end()),
        interest.subscribe(() => interest.get() && end()),
      ]
      return () => {
        for (const one of ends) one()
      }
    })
  } finally {
    take()
  }
  const response = interest.get() ? ('interested' as const) : ('none' as const)
  return { shownForMs: Math.round(performance.now() - since), response }
}

export const createKioskAdapter = (side: KioskSide) =>
  defineAdapter({
    name: 'usher-kiosk',
    version: side.version,
    config: z.object({}),
    async connect({ device }) {
      side.onDevice(device)
      const tellState = () => {
        const { person, isClosed } = side.journey.get()
        device.state({ busy: person !== null, willing: !isClosed })
      }
      tellState()
      const ends = [side.journey.subscribe(tellState), device.onConfig(side.onConfig)]
      const own: DeviceSide = {
        manifest: {
          kind: 'kiosk',
          vendor: 'Usher',
          model: 'Kiosk page',
          firmware: side.version,
          languages: [...side.languages()],
          capabilities: { display: { immediate: true }, promote: { immediate: true } },
        },
        capabilities: {
          display: (command, task) => display(side, command, task),
          promote: (command, task) => promote(side, command, task),
        },
        // What leads people out is never turned down for what is shown already.
        concurrent: ['display'],
        consider(capability, command) {
          const journey = side.journey.get()
          if (capability === 'promote' && !isFree(journey)) throw new DeviceBusy('Somebody uses the kiosk.')
          if (capability === 'display' && !mayShow(journey, command as CommandOf<'display'>))
            throw new DeviceBusy('Nothing is shown to customers here just now.')
        },
      }
      return {
        ...own,
        close() {
          for (const end of ends) end()
        },
      }
    },
  })
