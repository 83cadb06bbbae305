/** What was found, newest first, by day; each opens the whole story. */
import { Bell, ListChecks, MonitorSmartphone, Settings2, Ticket, UserRound } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import type { Found } from '#protocol/desk/look/search.ts'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import styles from './look-back.module.css'

const icons = {
  visit: UserRound,
  ticket: Ticket,
  device: MonitorSmartphone,
  task: ListChecks,
  alert: Bell,
  branch: Settings2,
} as const

export const keyOf = ({ kind, id, seq }: Found): string => `${kind}/${id}/${seq}`

const FoundRow = ({ found, onOpen }: { readonly found: Found; readonly onOpen: () => void }) => {
  const { clockSeconds } = useFormat()
  const Icon = icons[found.kind]
  return (
    <li>
      <AriaButton className={classes(styles.row)} onPress={onOpen}>
        <span className={styles.time}>{clockSeconds(found.at)}</span>
        <Icon aria-hidden size={20} className={styles.icon} />
        <span className={styles.words}>
          <span className={styles.name}>{found.title}</span>
          <span>{found.sentence}</span>
        </span>
        <span className={styles.place}>{found.zone?.title}</span>
      </AriaButton>
    </li>
  )
}

export interface FoundListProps {
  readonly found: readonly Found[]
  readonly onOpen: (found: Found) => void
}

export const FoundList = ({ found, onOpen }: FoundListProps) => {
  const { day } = useFormat()
  const titles = [...new Set(found.map(({ at }) => day(at)))]
  const days = titles.map((title) => ({ title, rows: found.filter(({ at }) => day(at) === title) }))
  return days.map(({ title, rows }) => (
    <section key={title} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.list}>
        {rows.map((one) => (
          <FoundRow key={keyOf(one)} found={one} onOpen={() => onOpen(one)} />
        ))}
      </ul>
    </section>
  ))
}
