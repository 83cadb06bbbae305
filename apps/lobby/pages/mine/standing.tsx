/** Whether one can be asked now: on duty or not, and not to be disturbed while serving somebody. */
import type { LivePerson } from '#protocol/desk/live/work-rows.ts'
import { Life } from '../../../ui/life.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { useSay } from '../../../ui/words.ts'
import { useSend } from '../../live/use-commands.ts'
import styles from './mine.module.css'
import { isWanted, useOwnLife } from './use-own-life.ts'
import { mineWords } from './words.ts'

const Failed = ({ of }: { readonly of: ReturnType<typeof useOwnLife> }) =>
  of === undefined || of.state === 'accepted' ? null : <Life of={of} />

export const Standing = ({ person }: { readonly person: LivePerson }) => {
  const say = useSay()
  const send = useSend()
  const { id, serving } = person
  const duty = useOwnLife({ names: ['duty'], field: 'person', id })
  const quiet = useOwnLife({ names: ['do-not-disturb'], field: 'person', id })
  const onDuty = isWanted(duty, 'duty', person.onDuty)
  return (
    <section className={styles.standing}>
      <Toggle
        label={say(onDuty ? mineWords.onDuty : mineWords.offDuty)}
        hint={say(mineWords.dutyHint)}
        isOn={onDuty}
        onChange={(isOn) => send({ name: 'duty', params: { person: id, onDuty: isOn } })}
      />
      <Failed of={duty} />
      {onDuty && (
        <Toggle
          label={say(mineWords.quiet)}
          hint={say(mineWords.quietHint)}
          isOn={isWanted(quiet, 'do-not-disturb', person.doNotDisturb)}
          onChange={(on) => send({ name: 'do-not-disturb', params: { person: id, on } })}
        />
      )}
      <Failed of={quiet} />
      {serving !== null && <p className={styles.soft}>{say(mineWords.serving, { ticket: serving })}</p>}
    </section>
  )
}
