/** A floor plan as a file, to be kept, compared and carried to another branch: what the editor edits, and nothing else. */
import { z } from 'zod'
import { Id } from '../../ids.ts'
import { DrawnPlan } from './plan.ts'

export const planFileFormat = 'usher-plan'
/** Counted up when a file of today could not be read any more as it was meant. */
export const planFileVersion = 1
export const planFileBytesMax = 1_048_576
/** No branch is so large: what lies further away is a slip of the decimal point, and could not be drawn. */
export const planMetresMax = 10_000

/** What is wrong beyond the form: in `params.why` of the issue. */
export type PlanFileWhy = 'twice' | 'far'

type Raise = (why: PlanFileWhy, path: readonly (string | number)[]) => void

const raiseTwice = (list: string, all: readonly { readonly id: string }[], raise: Raise) => {
  const seen = new Set<string>()
  for (const [nth, { id }] of all.entries()) {
    if (seen.has(id)) raise('twice', [list, nth, 'id'])
    seen.add(id)
  }
}

interface At {
  readonly x: number
  readonly y: number
}

const raiseFar = (at: At | undefined, path: readonly (string | number)[], raise: Raise) => {
  if (at !== undefined && Math.max(Math.abs(at.x), Math.abs(at.y)) > planMetresMax) raise('far', path)
}

const check = ({ zones, places, devices }: DrawnPlan, raise: Raise) => {
  raiseTwice('zones', zones, raise)
  raiseTwice('places', places, raise)
  raiseTwice('devices', devices, raise)
  for (const [nth, { at, area = [] }] of zones.entries()) {
    raiseFar(at, ['zones', nth, 'at'], raise)
    for (const [corner, point] of area.entries()) raiseFar(point, ['zones', nth, 'area', corner], raise)
  }
  for (const [nth, { at }] of places.entries()) raiseFar(at, ['places', nth, 'at'], raise)
}

export const PlanFile = z
  .strictObject({
    format: z.literal(planFileFormat),
    version: z.literal(planFileVersion),
    /** Where it was drawn; another branch may take it. */
    branch: Id.optional(),
    zones: DrawnPlan.shape.zones,
    places: DrawnPlan.shape.places.default([]),
    /** Those that are not named stay where they belong. */
    devices: DrawnPlan.shape.devices.default([]),
  })
  .superRefine((file, context) =>
    check(file, (why, path) => context.addIssue({ code: 'custom', path: [...path], params: { why } })),
  )
export type PlanFile = z.infer<typeof PlanFile>
