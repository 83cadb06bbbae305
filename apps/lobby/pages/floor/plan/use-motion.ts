/** Ties what moves to the page: positions go past React straight to the canvas. */
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useConnection, usePositions, useTable } from '../../../live/use-live.ts'
import { createTrails } from '../model/trails.ts'
import { guidesOf } from '../model/work.ts'
import { createMotion, type Motion } from './motion.ts'
import type { Stage } from './stage.ts'
import type { PersonLook } from './stamps.ts'
import type { Plan } from './use-plan.ts'
import { isStill } from './use-stage.ts'

type Looks = ReadonlyMap<string, PersonLook>

const isSame = (a: Looks, b: Looks) =>
  a.size === b.size && [...a].every(([track, look]) => b.get(track) === look)

/** Whoever stands still and calls for somebody is seen to: a new look is painted although nothing has moved. */
const useLooks = (motion: RefObject<Motion | undefined>): RefObject<Looks> => {
  const visits = useTable('visits')
  const looks = useRef<Looks>(new Map())
  useEffect(() => {
    const byTrack = new Map<string, PersonLook>()
    for (const { tracks, priority, wantsStaff, beingServed } of visits) {
      const look = wantsStaff ? 'calls' : beingServed ? 'served' : priority ? 'priority' : 'visit'
      for (const track of tracks) byTrack.set(track, look)
    }
    if (isSame(byTrack, looks.current)) return
    looks.current = byTrack
    motion.current?.wake()
  }, [visits, motion])
  return looks
}

export interface MotionHandle {
  /** undefined until the canvas is there. */
  readonly motion: Motion | undefined
  readonly ref: RefObject<Motion | undefined>
  readonly canvas: RefObject<HTMLCanvasElement | null>
}

export const useMotion = (stage: Stage, plan: Plan): MotionHandle => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const ref = useRef<Motion>(undefined)
  const [motion, setMotion] = useState<Motion>()
  const trails = useMemo(() => createTrails(), [])
  const looks = useLooks(ref)
  const isCut = useRef(false)
  const { state } = useConnection()
  const tasks = useTable('tasks')
  useEffect(() => {
    if (canvas.current === null) return undefined
    const made = createMotion({
      stage,
      canvas: canvas.current,
      trails,
      lookOf: (track) => looks.current.get(track) ?? 'free',
      isStill,
      isCut: () => isCut.current,
    })
    ref.current = made
    setMotion(made)
    return () => made.stop()
  }, [stage, trails, looks])
  useEffect(() => {
    isCut.current = state !== 'live'
    ref.current?.wake()
  }, [state])
  useEffect(() => {
    trails.set(guidesOf(tasks, plan.goalOf))
    ref.current?.wake()
  }, [trails, tasks, plan.goalOf])
  useEffect(() => {
    const watch = new MutationObserver(() => ref.current?.dress())
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => watch.disconnect()
  }, [])
  usePositions((positions) => ref.current?.take(positions))
  return { motion, ref, canvas }
}
