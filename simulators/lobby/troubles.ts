/** Brings the troubles of a scenario at their time and takes them away again. Closed counters are in the counters' plan. */
import { minuteMs } from '#protocol/local-time.ts'
import type { FleetDevice } from '../fleet.ts'
import type { Cameras } from './cameras.ts'
import type { DayClock } from './day-clock.ts'
import type { RecordKeeper } from './keep-record.ts'
import type { Kiosks } from './kiosks.ts'
import type { Scenario } from './scenario.ts'
import type { Trouble } from './scenario-schema.ts'

interface Deps {
  readonly scenario: Scenario
  readonly clock: DayClock
  readonly keeper: RecordKeeper
  readonly kiosks: Kiosks
  readonly cameras: Cameras
  readonly device: (id: string) => FleetDevice | undefined
}

const set = ({ keeper, kiosks, cameras, device }: Deps, trouble: Trouble, on: boolean) => {
  const record = (id: string) => keeper.device(id, 'faulted', on ? trouble.kind : undefined)
  switch (trouble.kind) {
    case 'kiosk-outage':
      for (const id of trouble.devices) {
        record(id)
        kiosks.setOutage(id, on)
      }
      return
    case 'robot-outage':
      for (const id of trouble.devices) {
        record(id)
        device(id)?.setFault(on ? 'outage' : undefined)
      }
      return
    case 'flood':
      cameras.flood(trouble, on)
      return
    case 'blind':
      record(trouble.camera)
      cameras.setBlind(trouble.camera, on)
      return
    case 'counters-closed':
  }
}

export const planTroubles = (deps: Deps): void => {
  const { scenario, clock } = deps
  for (const trouble of scenario.troubles) {
    const endMs = trouble.at + trouble.forMinutes * minuteMs
    if (endMs <= clock.now()) continue
    clock.at(trouble.at, () => set(deps, trouble, true))
    clock.at(endMs, () => set(deps, trouble, false))
  }
}
