/** Resident memory of the hub with idle devices connected: each says now and then that it is well, and nothing else. */
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { idleDevice } from '../branch.ts'
import { startDevices } from '../clients/crew.ts'
import { startHubProcess } from '../contestants/own.ts'

export interface MemoryFigure {
  readonly devices: number
  readonly residentMb: number
}

export const residentMb = (pid: number): number => {
  const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? Number.NaN) / 1_024
}

export const measureMemory = async (
  base: string,
  plan: { readonly counts: readonly number[]; readonly idleMs: number; say(text: string): void },
): Promise<readonly MemoryFigure[]> => {
  const figures: MemoryFigure[] = []
  for (const devices of plan.counts) {
    const hub = await startHubProcess(base, { idle: devices })
    const names = Array.from({ length: devices }, (_, index) => idleDevice(index))
    const fleet = await startDevices(hub.port, names, true)
    // To be idle for so long is what is measured.
    await wait(plan.idleMs)
    const figure = { devices, residentMb: residentMb(hub.pids[0] ?? 0) }
    figures.push(figure)
    plan.say(`${devices} idle devices: ${figure.residentMb.toFixed(0)} MB`)
    await fleet.stop()
    await hub.stop()
  }
  return figures
}
