/** What each sign of the plan means. */
import type { ReactNode } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'
import { type Pair, useSay } from '../../../ui/words.ts'
import styles from './floor.module.css'
import { floorWords } from './words.ts'

interface Sign {
  readonly picture: ReactNode
  readonly words: Pair
  readonly tone?: 'urgent' | 'high' | 'normal'
}

const signs: readonly Sign[] = [
  { picture: <circle className={styles.signFull} cx={12} cy={12} r={5} />, words: floorWords.signOnline },
  { picture: <circle cx={12} cy={12} r={5} />, words: floorWords.signOffline, tone: 'high' },
  {
    picture: <circle cx={12} cy={12} r={5} strokeDasharray="3.5 2.8" />,
    words: floorWords.signLost,
    tone: 'urgent',
  },
  { picture: <path d="M12 5 20 19H4Z" />, words: floorWords.signDegraded, tone: 'high' },
  { picture: <path d="M6 6 18 18M18 6 6 18" />, words: floorWords.signFaulted, tone: 'urgent' },
  {
    picture: (
      <path d="M8 12.5V8a1.2 1.2 0 0 1 2.4 0v3.6V6.4a1.2 1.2 0 0 1 2.4 0v5.2V7.4a1.2 1.2 0 0 1 2.4 0v6.4a4.8 4.8 0 0 1-8.4 3l-2.3-3a1.2 1.2 0 0 1 1.9-1.4L8 14" />
    ),
    words: floorWords.signHeld,
    tone: 'normal',
  },
  { picture: <path d="M6 12h12" />, words: floorWords.signOut, tone: 'normal' },
  {
    picture: <rect className={styles.signFull} x={4} y={4} width={16} height={16} rx={5} />,
    words: floorWords.signBusy,
  },
  { picture: <circle className={styles.signFull} cx={12} cy={12} r={6} />, words: floorWords.signPerson },
  {
    picture: (
      <>
        <circle className={styles.signFull} cx={12} cy={12} r={5} />
        <circle cx={12} cy={12} r={9} />
      </>
    ),
    words: floorWords.signPriority,
  },
  { picture: <circle className={styles.signFaint} cx={12} cy={12} r={6} />, words: floorWords.signServed },
  { picture: <circle className={styles.signFaint} cx={12} cy={12} r={4} />, words: floorWords.signFree },
  {
    picture: <path className={styles.signCalls} d="M12 2 22 12 12 22 2 12Z" />,
    words: floorWords.signCalls,
  },
  {
    picture: <path d="M3 18h7M14 14l.1 0M17 11l.1 0M20 8l.1 0" />,
    words: floorWords.signTrail,
    tone: 'normal',
  },
]

export const Signs = ({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) => {
  const say = useSay()
  return (
    <Dialog title={say(floorWords.signs)} isOpen={isOpen} onClose={onClose}>
      <ul className={styles.signs}>
        {signs.map(({ picture, words, tone }) => (
          <li key={words.en} className={styles.sign} data-tone={tone}>
            <svg viewBox="0 0 24 24" width={28} height={28} aria-hidden="true">
              {picture}
            </svg>
            {say(words)}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
