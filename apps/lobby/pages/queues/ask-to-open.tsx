/** One tap asks whoever may open a counter to do so; what becomes of it is shown here and in the queue's own lines. */
import { useState } from 'react'
import type { Advice } from '#protocol/desk/look/advice.ts'
import { Button } from '../../../ui/button.tsx'
import { Life } from '../../../ui/life.tsx'
import { useSay } from '../../../ui/words.ts'
import { type CommandLife, useLife, useMay, useSendOnce } from '../../live/use-commands.ts'
import { personPrefix } from '../../said/names.ts'
import styles from './advice.module.css'
import { queueWords } from './words.ts'

export interface AskToOpenProps {
  readonly counter: string
  readonly people: Advice['people']
}

export const AskToOpen = ({ counter, people }: AskToOpenProps) => {
  const say = useSay()
  const may = useMay()
  const send = useSendOnce()
  const [given, setGiven] = useState<CommandLife>()
  const life = useLife(given)
  const isUnderWay = life !== undefined && life.state !== 'failed'
  if (!may('ask')) return null
  return (
    <div className={styles.actions}>
      {!isUnderWay &&
        people.map(({ id, title }) => (
          <Button
            key={id}
            kind="primary"
            onPress={() =>
              setGiven(
                send({
                  name: 'ask',
                  params: { what: 'open-counter', counter, member: `${personPrefix}${id}` },
                }),
              )
            }
          >
            {say(queueWords.askTo, { who: title })}
          </Button>
        ))}
      <Life of={life} />
    </div>
  )
}
