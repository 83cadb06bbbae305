/** What can be asked for here, by hand: each opens the form for it with what is known already. */
import type { Ask, Askable } from '#protocol/desk/live/ask.ts'
import { Button } from '../../../../ui/button.tsx'
import { useSay } from '../../../../ui/words.ts'
import { useMay } from '../../../live/use-commands.ts'
import { useOpenAct } from '../../act/act-context.ts'
import { CapabilityIcon } from '../../work/capability-icon.tsx'
import styles from './sheets.module.css'
import { askWords } from './words.ts'

export type AskKind = Exclude<Askable, 'expert'>

export const isAskKind = (name: string): name is AskKind => Object.hasOwn(askWords, name)

export interface AsksProps {
  readonly about: Pick<Ask, 'visit' | 'zone' | 'member'>
  readonly can: readonly AskKind[]
}

/** A guide's zone is where it leads to, never where one is. */
const prefillOf = (what: AskKind, { zone, ...about }: AsksProps['about']) =>
  what === 'guide' || zone === undefined ? { what, ...about } : { what, zone, ...about }

export const Asks = ({ about, can }: AsksProps) => {
  const say = useSay()
  const may = useMay()
  const open = useOpenAct()
  if (!may('ask') || can.length === 0) return null
  return (
    <div className={styles.ways}>
      {can.map((what) => (
        <Button
          key={what}
          icon={<CapabilityIcon of={what} size={20} />}
          onPress={() => open(prefillOf(what, about))}
        >
          {say(askWords[what])}
        </Button>
      ))}
    </div>
  )
}
