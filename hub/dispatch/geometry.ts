/** Where members and tasks are, on the branch's plan, so that the near one is preferred. Metres. */
import type { TaskIntent } from '#protocol/intents.ts'
import type { BranchView, DeviceRow } from '#protocol/model.ts'
import { Spot } from '#protocol/targets.ts'

export interface Whereabouts {
  readonly zone: string | null
  readonly at: { readonly x: number; readonly y: number } | null
}

const nowhere: Whereabouts = { zone: null, at: null }

const spotWhereabouts = (view: BranchView, spot: Spot): Whereabouts => {
  const place = spot.place === undefined ? undefined : view.place(spot.place)
  const zone = spot.zone ?? place?.zone ?? null
  return { zone, at: spot.pose ?? place?.at ?? (zone === null ? null : (view.zone(zone)?.at ?? null)) }
}

/** A fixed device is where the branch file says; one that moves is where it last said it was. */
export const deviceWhereabouts = (view: BranchView, device: DeviceRow): Whereabouts => {
  const told = device.spot === null ? nowhere : spotWhereabouts(view, device.spot)
  const place = device.place === null ? undefined : view.place(device.place)
  const zone = told.zone ?? device.zone ?? place?.zone ?? null
  return { zone, at: told.at ?? place?.at ?? (zone === null ? null : (view.zone(zone)?.at ?? null)) }
}

/** Where a command begins: where somebody is fetched, else where it is done, else where it leads. */
export const commandWhereabouts = (view: BranchView, intent: TaskIntent): Whereabouts => {
  for (const name of ['from', 'at', 'to']) {
    const named = intent.command[name]
    // Most commands have none of them, and a failed parse is dear: it makes an error with its stack.
    if (named === undefined) continue
    const spot = Spot.safeParse(named)
    if (spot.success) return spotWhereabouts(view, spot.data)
  }
  return nowhere
}

/** What "near" means for this task. */
export const taskWhereabouts = (view: BranchView, intent: TaskIntent): Whereabouts => {
  const zone = intent.who.nearZone
  if (zone !== undefined) return { zone, at: view.zone(zone)?.at ?? null }
  const told = commandWhereabouts(view, intent)
  if (told.zone !== null || told.at !== null) return told
  const about = intent.subject.zone ?? null
  return about === null ? nowhere : { zone: about, at: view.zone(about)?.at ?? null }
}

/** @returns metres, or undefined when one of the two is not on the plan. */
export const distance = (a: Whereabouts, b: Whereabouts): number | undefined => {
  if (a.at !== null && b.at !== null) return Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y)
  return a.zone !== null && a.zone === b.zone ? 0 : undefined
}
