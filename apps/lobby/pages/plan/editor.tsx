/** The plan with everything that can be done to it. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { PlanAnswer, PlanChange } from '#protocol/desk/look/plan.ts'
import { admits } from '#protocol/desk/route.ts'
import { deskApi } from '#protocol/desk/routes.ts'
import { useSay } from '../../../ui/words.ts'
import type { HubRefused } from '../../live/ask-hub.ts'
import { useMe } from '../../live/use-live.ts'
import type { Box } from '../floor/model/geometry.ts'
import { Canvas } from './canvas.tsx'
import { DraftBar } from './draft-bar.tsx'
import { timeTravelOf } from './keys.ts'
import { Looking, useLooked } from './looking.tsx'
import { differences, thingIn } from './model/differences.ts'
import { type Draft, isOvertaken } from './model/draft.ts'
import { addZone } from './model/edits.ts'
import { faultsIn } from './model/faults.ts'
import { snapPoint } from './model/grid.ts'
import { changeOf, isSame, type Picked, type Plan, planOf } from './model/plan.ts'
import { Over } from './over.tsx'
import { Overtaken } from './overtaken.tsx'
import styles from './page.module.css'
import { Panel } from './panel.tsx'
import { Toolbar } from './toolbar.tsx'
import { type Tracing, useForgotten } from './tracing.tsx'
import { type DraftHere, useDraft } from './use-draft.ts'
import { useNames } from './use-names.ts'
import type { PlanInForce } from './use-plan-answer.ts'
import { type PlanView, useView } from './use-view.ts'
import { type PlanWord, planWords } from './words.ts'

const newZoneMetres = 4

/** Not where somebody types: there the keys take back letters. */
const useTimeTravel = ({ undo, redo }: DraftHere, mayEdit: boolean) => {
  useEffect(() => {
    if (!mayEdit) return undefined
    const onKey = (event: KeyboardEvent) => {
      const way = timeTravelOf(event)
      if (way === undefined || event.target instanceof HTMLInputElement) return
      event.preventDefault()
      ;({ undo, redo })[way]()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [undo, redo, mayEdit])
}

type Opened = 'review' | 'versions' | 'tracing' | 'file' | undefined

export interface EditorProps {
  readonly inForce: PlanAnswer
  readonly line: PlanInForce
}

/** What one works at; nothing, once it is gone. */
const usePicked = ({ plan }: DraftHere) => {
  const [picked, pick] = useState<Picked>()
  return { picked: picked !== undefined && thingIn(plan, picked) !== undefined ? picked : undefined, pick }
}

const newZone = (plan: Plan, { left, right, top, bottom }: Box) => {
  const from = snapPoint({ x: (left + right - newZoneMetres) / 2, y: (top + bottom - newZoneMetres) / 2 })
  return addZone(plan, from, { x: from.x + newZoneMetres, y: from.y + newZoneMetres })
}

const useOpened = () => {
  const [draws, setDraws] = useState(false)
  const [opened, open] = useState<Opened>()
  const [tracing, setTracing] = useState<Tracing>()
  return { draws, setDraws, opened, open, tracing, setTracing }
}

/** Why it was not saved, as long as it is still what was sent. */
const failureOf = ({ failure }: PlanInForce, change: PlanChange): HubRefused | undefined => {
  if (failure === undefined) return undefined
  const { revision } = change
  return isSame({ ...failure.sent, revision }, change) ? failure.why : undefined
}

/** Everything that the parts of the page share. */
const useEditor = ({ inForce, line }: EditorProps) => {
  const here = useDraft(inForce)
  const isAdmin = admits(deskApi.setPlan.admits, useMe().roles)
  const looked = useLooked()
  const mayEdit = isAdmin && looked.version === undefined
  const plan = looked.plan ?? here.plan
  const { draft } = here
  const names = useNames([plan, draft.base, planOf(inForce)], inForce.devices)
  const isOutdated = isOvertaken(draft, inForce) && !line.isSaving
  const faults = mayEdit ? faultsIn(plan) : []
  const changes = differences(draft.base, here.plan)
  const change = changeOf(here.plan, { base: draft.base, revision: draft.revision })
  const failure = failureOf(line, change)
  const panes = useOpened()
  // There is nothing left to be read: it was saved, or taken back.
  if (panes.opened === 'review' && changes.length === 0 && !line.isSaving) panes.open(undefined)
  const shared = { here, isAdmin, looked, mayEdit, plan, draft, names, faults, isOutdated }
  return { ...shared, changes, change, failure, ...panes, ...usePicked(here) }
}

export type EditorHere = ReturnType<typeof useEditor>

const Parts = ({ here: at, view, element }: PartsProps) => {
  const { here, plan, names, picked, pick, mayEdit, draws, setDraws, faults, tracing } = at
  return (
    <div className={styles.parts}>
      <div className={styles.stage}>
        <div ref={element} className={styles.scroller}>
          <Canvas
            plan={plan}
            names={names}
            view={view}
            picked={picked}
            onPick={pick}
            onEdit={mayEdit ? here.edit : undefined}
            draws={draws && mayEdit}
            onDrawn={() => setDraws(false)}
            wrong={new Set(faults.filter(({ isWrong }) => isWrong).map(({ of }) => `${of?.kind}/${of?.id}`))}
            tracing={tracing}
          />
        </div>
      </div>
      <Panel
        plan={plan}
        base={at.draft.base}
        names={names}
        picked={picked}
        faults={faults}
        onPick={pick}
        onEdit={here.edit}
        isDisabled={!mayEdit}
      />
    </div>
  )
}

interface PartsProps {
  readonly here: EditorHere
  readonly view: PlanView
  readonly element: RefObject<HTMLDivElement | null>
}

const hintFor = ({ isAdmin, mayEdit, draws }: EditorHere, { isSaved }: PlanInForce) => {
  if (mayEdit && draws) return planWords.drawHint
  if (mayEdit) return isSaved ? planWords.saved : planWords.how
  return isAdmin ? planWords.onlyLook : planWords.readOnly
}

/** What is to be known of what is not saved yet. */
const noteFor = ({ here, failure, faults }: EditorHere) => {
  const of = (word: PlanWord, isTrouble: boolean) => ({ note: planWords[word], isTrouble })
  if (faults.some(({ isWrong }) => isWrong)) return of('putRight', true)
  if (failure !== undefined) return of(failure.error === undefined ? 'unanswered' : 'refusedNote', true)
  return here.isKept ? of('kept', false) : of('notKept', true)
}

export const Editor = (props: EditorProps) => {
  const { inForce, line } = props
  const say = useSay()
  const at = useEditor(props)
  const { here, draft, plan, mayEdit, isOutdated, looked } = at
  const { note, isTrouble } = noteFor(at)
  const element = useRef<HTMLDivElement>(null)
  const view = useView(plan, element)
  useForgotten(at.tracing)
  useTimeTravel(here, mayEdit)
  // What was under review is another change now: it is asked for anew.
  const decide = (next: Draft) => {
    at.open(undefined)
    here.take(next)
  }
  const add = () => {
    const added = newZone(plan, view.box)
    here.edit(added.plan)
    at.pick({ kind: 'zone', id: added.id })
  }
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{say(planWords.title)}</h1>
      <Toolbar
        here={here}
        view={view}
        mayEdit={mayEdit}
        draws={at.draws}
        onDraws={at.setDraws}
        onAdd={add}
        onOpen={at.open}
      />
      {isOutdated && <Overtaken draft={draft} inForce={inForce} names={at.names} onTake={decide} />}
      <Looking looked={looked} onBack={at.isAdmin ? here.edit : undefined} now={here.plan} />
      <Parts here={at} view={view} element={element} />
      <DraftBar
        count={mayEdit && !at.draws ? at.changes.length : 0}
        hint={say(hintFor(at, line))}
        note={say(note)}
        isTrouble={isTrouble}
        isWrong={at.faults.some(({ isWrong }) => isWrong)}
        isHeld={isOutdated || line.isSaving}
        onDiscard={() => here.take(undefined)}
        onReview={() => at.open('review')}
      />
      <Over here={at} inForce={inForce} line={line} />
    </div>
  )
}
