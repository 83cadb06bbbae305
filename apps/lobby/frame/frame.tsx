/** What stays the same around every page: where one is, what wants somebody, and the two buttons that never move. */
import { Suspense, useContext, useMemo, useState } from 'react'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/empty.tsx'
import { TimeZoneContext } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { createChime } from '../alarm/chime.ts'
import { useAlarm } from '../alarm/use-alarm.ts'
import { useLive } from '../live/context.ts'
import { useConnection, useMe } from '../live/use-live.ts'
import { hasStarted, noteStarted } from '../shift/shift.ts'
import { ShiftStart } from '../shift/shift-start.tsx'
import { Banners } from './banners.tsx'
import { Faults } from './faults.tsx'
import styles from './frame.module.css'
import { type PageEntry, pages, pagesFor } from './pages.ts'
import { Rail } from './rail.tsx'
import { usePath } from './router.ts'
import { Side } from './side.tsx'
import { Toasts } from './toasts.tsx'
import { TopBar } from './top-bar.tsx'
import { useAwake } from './use-awake.ts'
import { frameWords } from './words.ts'

const PageHere = () => {
  const say = useSay()
  const path = usePath()
  const me = useMe()
  const mine = pagesFor(me.roles)
  const isAt = (one: PageEntry) => path === one.path || path.startsWith(`${one.path}/`)
  // A link to a page that is not for this role leads to its first one.
  const page = mine.find(isAt) ?? (path === '/' || pages.some(isAt) ? mine[0] : undefined)
  if (page === undefined) return <Empty title={say(frameWords.noPage)} text={say(frameWords.noPageText)} />
  return (
    <Faults key={page.path}>
      <Suspense>
        <page.View />
      </Suspense>
    </Faults>
  )
}

const useShift = () => {
  const { clock, me } = useLive()
  const timeZone = useContext(TimeZoneContext)
  const works = me.roles.some((role) => role === 'manager' || role === 'staff')
  const [isOpen, setOpen] = useState(() => works && !hasStarted(me.name, clock.now()))
  return {
    isOpen,
    open: () => setOpen(true),
    start: () => {
      noteStarted(me.name, clock.now(), timeZone)
      setOpen(false)
    },
  }
}

export const Frame = () => {
  const chime = useMemo(() => createChime(), [])
  const shift = useShift()
  const { state } = useConnection()
  useAlarm(chime)
  useAwake()
  return (
    <div className={styles.frame}>
      <Rail />
      <div className={styles.top}>
        <TopBar onShift={shift.open} />
        <Banners />
      </div>
      <main className={classes(styles.page, state === 'offline' && styles.stale)}>
        <PageHere />
      </main>
      <div className={classes(styles.side, state === 'offline' && styles.stale)}>
        <Side />
      </div>
      <Toasts />
      <ShiftStart chime={chime} isOpen={shift.isOpen} onStart={shift.start} />
    </div>
  )
}
