/** The floor: the branch as it is now, from above. */
import { CircleHelp, Flame, LayoutDashboard, Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { memo, useMemo, useRef, useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import { classes } from '../../../ui/classes.ts'
import { Empty } from '../../../ui/empty.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay } from '../../../ui/words.ts'
import { useLive } from '../../live/context.ts'
import { useNow, useTable } from '../../live/use-live.ts'
import { DeviceList } from './device-list.tsx'
import styles from './floor.module.css'
import { tasksByMember } from './model/work.ts'
import { pick, unpick, usePick } from './pick.ts'
import { PlanMap } from './plan/plan-map.tsx'
import { usePlan } from './plan/use-plan.ts'
import { type StageHandle, useStage } from './plan/use-stage.ts'
import { PositionsAge } from './positions-age.tsx'
import { Picked } from './sheets/picked.tsx'
import { Signs } from './signs.tsx'
import { useIsSeen } from './use-is-seen.ts'
import { useSteadyMap } from './use-same.ts'
import { floorWords } from './words.ts'

const HeatScale = () => {
  const say = useSay()
  // Looks again with every second.
  useNow()
  const last = useLive().positions.get()
  if (last === undefined || last.people.length === 0)
    return <p className={styles.scale}>{say(floorWords.heatNone)}</p>
  return (
    <p className={styles.scale}>
      <span className={styles.ramp} aria-hidden="true" />
      {say(floorWords.heatScale)}
    </p>
  )
}

const Controls = ({ handle }: { readonly handle: StageHandle }) => {
  const say = useSay()
  return (
    <div className={styles.zoom}>
      <IconButton
        label={say(floorWords.nearer)}
        icon={<ZoomIn aria-hidden />}
        onPress={() => handle.scale(1)}
      />
      <IconButton
        label={say(floorWords.further)}
        icon={<ZoomOut aria-hidden />}
        onPress={() => handle.scale(-1)}
      />
      <IconButton label={say(floorWords.fit)} icon={<Maximize aria-hidden />} onPress={() => handle.fit()} />
    </div>
  )
}

interface BarProps {
  readonly view: 'plan' | 'list'
  readonly onView: (view: 'plan' | 'list') => void
  readonly showsHeat: boolean
  readonly onHeat: (shows: boolean) => void
  readonly handle: StageHandle
  readonly hasPlan: boolean
}

const Bar = memo(({ view, onView, showsHeat, onHeat, handle, hasPlan }: BarProps) => {
  const say = useSay()
  const [showsSigns, setSigns] = useState(false)
  return (
    <div className={styles.bar}>
      <div className={styles.views}>
        <Segmented
          label={say(floorWords.views)}
          value={view}
          onChange={onView}
          options={[
            { id: 'plan', text: say(floorWords.plan) },
            { id: 'list', text: say(floorWords.list) },
          ]}
        />
      </div>
      {hasPlan && (
        <ToggleButton className={styles.toggle ?? ''} isSelected={showsHeat} onChange={onHeat}>
          <Flame aria-hidden size={20} />
          {say(floorWords.heat)}
        </ToggleButton>
      )}
      {showsHeat && <HeatScale />}
      <span className={styles.space} />
      <PositionsAge />
      {hasPlan && view === 'plan' && <Controls handle={handle} />}
      <IconButton
        label={say(floorWords.signs)}
        icon={<CircleHelp aria-hidden />}
        onPress={() => setSigns(true)}
      />
      <Signs isOpen={showsSigns} onClose={() => setSigns(false)} />
    </div>
  )
})

export const Page = () => {
  const say = useSay()
  const plan = usePlan()
  const element = useRef<HTMLElement>(null)
  const handle = useStage(plan.box, element)
  const tasks = useTable('tasks')
  const work = useSteadyMap(useMemo(() => tasksByMember(tasks), [tasks]))
  const picked = usePick()
  const side = useRef<HTMLElement>(null)
  const isListSeen = useIsSeen(side)
  const [view, setView] = useState<'plan' | 'list'>('plan')
  const [showsHeat, setHeat] = useState(false)
  return (
    <div className={styles.floor}>
      <h1 className="visually-hidden">{say(floorWords.title)}</h1>
      <Bar
        view={view}
        onView={setView}
        showsHeat={showsHeat}
        onHeat={setHeat}
        handle={handle}
        hasPlan={plan.box !== undefined}
      />
      <div className={classes(styles.parts, view === 'list' && styles.showsList)}>
        <div className={styles.map}>
          {plan.box === undefined && (
            <Empty
              icon={<LayoutDashboard aria-hidden size={32} />}
              title={say(floorWords.noPlan)}
              text={say(floorWords.noPlanText)}
            />
          )}
          {plan.box !== undefined && (
            <PlanMap
              plan={plan}
              box={plan.box}
              handle={handle}
              element={element}
              work={work}
              showsHeat={showsHeat}
              selected={picked}
              onPick={pick}
            />
          )}
        </div>
        <section ref={side} className={styles.side} aria-label={say(floorWords.list)}>
          {isListSeen && <DeviceList work={work} onPick={pick} />}
        </section>
      </div>
      <Picked picked={picked} work={work} onClose={unpick} onPick={pick} />
    </div>
  )
}
