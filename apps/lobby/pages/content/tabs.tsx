/** The parts of the page, as links: each has its own address. */
import type { MouseEvent } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { useSay } from '../../../ui/words.ts'
import { addressOf, go, usePath } from '../../frame/router.ts'
import styles from './content.module.css'
import type { Library } from './model/shown-on.ts'
import { waitingIn } from './model/standing.ts'
import { campaignsPath, libraryPath, loopsPath, waitingPath } from './paths.ts'
import { contentWords } from './words.ts'

const tabs = [
  { to: libraryPath, word: 'library' },
  { to: waitingPath, word: 'waiting' },
  { to: loopsPath, word: 'playlists' },
  { to: campaignsPath, word: 'campaigns' },
] as const

const follow = (event: MouseEvent, path: string) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
  event.preventDefault()
  go(path)
}

export const Tabs = ({ library }: { readonly library: Library }) => {
  const say = useSay()
  const path = usePath()
  const waiting = waitingIn(library.items).length
  return (
    <nav className={styles.tabs} aria-label={say(contentWords.parts)}>
      {tabs.map(({ to, word }) => (
        <a
          key={to}
          className={styles.tab}
          href={addressOf(to)}
          aria-current={path === to ? 'page' : undefined}
          onClick={(event) => follow(event, to)}
        >
          {say(contentWords[word])}
          {word === 'waiting' && waiting > 0 && <Badge tone="normal">{waiting}</Badge>}
        </a>
      ))}
    </nav>
  )
}
