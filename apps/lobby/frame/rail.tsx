/** The way to each page, always at the left edge, and below it the button that stops whatever moves. */
import { Video } from 'lucide-react'
import type { MouseEvent } from 'react'
import { recordingPages } from '#protocol/desk/recording-routes.ts'
import { useSay } from '../../ui/words.ts'
import { useMe } from '../live/use-live.ts'
import { pagesFor } from './pages.ts'
import styles from './rail.module.css'
import { addressOf, go, usePath } from './router.ts'
import { StopAll } from './stop-all.tsx'
import { frameWords } from './words.ts'

const follow = (event: MouseEvent, path: string) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  go(path)
}

export const Rail = () => {
  const say = useSay()
  const path = usePath()
  const me = useMe()
  const mine = pagesFor(me.roles)
  const here = path === '/' ? mine[0]?.path : path
  const isHere = (to: string) => here === to || here?.startsWith(`${to}/`) === true
  return (
    <div className={styles.rail}>
      <nav className={styles.pages} aria-label={say(frameWords.pages)}>
        {mine
          .filter(({ isAside }) => isAside !== true)
          .map(({ path: to, title, icon: Icon }) => (
            <a
              key={to}
              href={addressOf(to)}
              className={styles.item}
              aria-current={isHere(to) ? 'page' : undefined}
              onClick={(event) => follow(event, to)}
            >
              <Icon aria-hidden />
              <span>{say(title)}</span>
            </a>
          ))}
        {me.roles.includes('auditor') && (
          <a href={recordingPages.recordingsPage.path} className={styles.item}>
            <Video aria-hidden />
            <span>{say(frameWords.recordings)}</span>
          </a>
        )}
      </nav>
      <StopAll />
    </div>
  )
}
