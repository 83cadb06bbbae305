/** How an item stands, by word and shape; colour only where it wants somebody. */
import { Ban, CalendarX2, CircleCheck, CircleSlash, Clock3, type LucideIcon, Undo2 } from 'lucide-react'
import type { ItemTold } from '#protocol/desk/content-routes.ts'
import { Badge, type BadgeProps } from '../../../ui/badge.tsx'
import { useSay } from '../../../ui/words.ts'
import styles from './content.module.css'
import { type Standing, standingOf, waitingVersion } from './model/standing.ts'
import { contentWords } from './words.ts'

const icons: Readonly<Record<Standing, LucideIcon>> = {
  'in-force': CircleCheck,
  waits: Clock3,
  expired: CalendarX2,
  'taken-off': CircleSlash,
  declined: Ban,
  withdrawn: Undo2,
}

const tones: Readonly<Partial<Record<Standing, NonNullable<BadgeProps['tone']>>>> = {
  'in-force': 'good',
  waits: 'normal',
  expired: 'high',
}

interface StandingBadgesProps {
  readonly item: ItemTold
  readonly today: string
}

export const StandingBadges = ({ item, today }: StandingBadgesProps) => {
  const say = useSay()
  const standing = standingOf(item, today)
  const Icon = icons[standing]
  return (
    <span className={styles.badges}>
      <Badge tone={tones[standing] ?? 'plain'} icon={<Icon aria-hidden size={16} />}>
        {say(contentWords[`standing.${standing}`])}
      </Badge>
      {standing !== 'waits' && waitingVersion(item) !== undefined && (
        <Badge tone="normal" icon={<Clock3 aria-hidden size={16} />}>
          {say(contentWords.newerWaits)}
        </Badge>
      )}
      {item.mandatory !== null && <Badge>{say(contentWords[`mandatory.${item.mandatory}`])}</Badge>}
    </span>
  )
}
