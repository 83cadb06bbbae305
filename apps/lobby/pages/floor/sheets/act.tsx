/** One thing to do, with what became of it below: it stays there also when the button has become another one. */
import { type ReactNode, useState } from 'react'
import type { DeskCommand } from '#protocol/desk/live/commands.ts'
import { Button } from '../../../../ui/button.tsx'
import { Life } from '../../../../ui/life.tsx'
import { isUnderWay } from '../../../live/send-once.ts'
import { type CommandLife, useLife, useMay, useSendOnce } from '../../../live/use-commands.ts'
import styles from './sheets.module.css'

export interface Way {
  readonly id: string
  readonly text: string
  readonly icon?: ReactNode
  readonly command: DeskCommand
}

/** Those that this person may do. */
export const Act = ({ ways }: { readonly ways: readonly Way[] }) => {
  const may = useMay()
  const send = useSendOnce()
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  const own = ways.filter(({ command }) => may(command.name))
  if (own.length === 0) return null
  const isBusy = life !== undefined && isUnderWay(life)
  return (
    <div className={styles.ways}>
      {own.map(({ id, text, icon, command }) => (
        <Button key={id} icon={icon} isDisabled={isBusy} onPress={() => setGiven(send(command))}>
          {text}
        </Button>
      ))}
      {life !== undefined && <Life of={life} />}
    </div>
  )
}
