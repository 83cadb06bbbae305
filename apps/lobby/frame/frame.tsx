/** What stays the same around every page. */
import { Suspense } from 'react'
import { admits } from '#protocol/desk/route.ts'
import { Empty } from '../../ui/empty.tsx'
import { useSay } from '../../ui/words.ts'
import { useMe } from '../live/use-live.ts'
import { lobbyWords } from '../words.ts'
import styles from './frame.module.css'
import { pages } from './pages.ts'
import { Rail } from './rail.tsx'
import { usePath } from './router.ts'

const PageHere = () => {
  const say = useSay()
  const path = usePath()
  const me = useMe()
  const mine = pages.filter((page) => admits(page.admits, me.roles))
  const page =
    path === '/' ? mine[0] : mine.find((one) => path === one.path || path.startsWith(`${one.path}/`))
  if (page === undefined) return <Empty title={say(lobbyWords.noPage)} text={say(lobbyWords.noPageText)} />
  return (
    <Suspense>
      <page.View />
    </Suspense>
  )
}

export const Frame = () => (
  <div className={styles.frame}>
    <Rail />
    <main className={styles.page}>
      <PageHere />
    </main>
  </div>
)
