/** Who would do it and how soon, as the hub would decide now; somebody else can be chosen by hand. */
import { Bot, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { DryRun } from '#protocol/desk/dry-run-route.ts'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { useSaid } from '../../said/use-said.ts'
import styles from './act.module.css'
import type { Draft } from './forms.ts'
import type { Dry } from './use-dry-run.ts'
import { actWords } from './words.ts'
import { type Choice, choicesOf } from './would-do.ts'

export interface WhoProps {
  readonly draft: Draft
  readonly dry: Dry
  /** undefined: whoever is best. */
  readonly onMember: (member: string | undefined) => void
}

const Soon = ({ inMs }: { readonly inMs: number }) => {
  const say = useSay()
  const { duration } = useFormat()
  return (
    <span className={styles.note}>
      {inMs < 1_500 ? say(actWords.soonNow) : say(actWords.soon, { time: duration(inMs) })}
    </span>
  )
}

const Nobody = ({ would }: { readonly would: DryRun }) => {
  const say = useSay()
  const said = useSaid()
  return (
    <div className={styles.verdict}>
      <span className={styles.nobody}>{say(actWords.whoNobody)}</span>
      {would.why !== null && <span className={styles.note}>{said.reason(would.why)}</span>}
      {would.waits && <span className={styles.note}>{say(actWords.whoNobodyHint)}</span>}
    </div>
  )
}

const Verdict = ({ draft, dry }: Omit<WhoProps, 'onMember'>) => {
  const say = useSay()
  const { names } = useSaid()
  const { would, trouble, isLoading } = dry
  if (would === undefined) {
    const words = trouble === 'unreachable' ? say(actWords.whoUnknown) : trouble
    return (
      <p className={styles.note}>{isLoading || words === undefined ? say(actWords.whoLoading) : words}</p>
    )
  }
  if (would.member === null) return <Nobody would={would} />
  return (
    <p className={styles.verdict}>
      <span className={styles.strong}>{names.member(would.member)}</span>
      {would.beginsInMs !== null && <Soon inMs={would.beginsInMs} />}
      {would.preempts !== null && <span className={styles.note}>{say(actWords.whoPreempts)}</span>}
      {draft.member !== undefined && draft.what !== 'dock' && (
        <span className={styles.note}>{say(actWords.whoPicked)}</span>
      )}
    </p>
  )
}

interface ChoiceProps {
  readonly choice: Choice
  readonly isChosen: boolean
  readonly onPress: () => void
}

const ChoiceTile = ({ choice, isChosen, onPress }: ChoiceProps) => {
  const say = useSay()
  const { number } = useFormat()
  const { id, title, score, out, isSpared } = choice
  const points = score === null ? '' : say(actWords.points, { score: number(score) })
  const note = out ?? (isSpared ? say(actWords.spared) : points)
  const Icon = id.startsWith('person/') ? UserRound : Bot
  return (
    <AriaButton
      className={classes(styles.option, isChosen && styles.chosen, out !== null && styles.unfit)}
      aria-pressed={isChosen}
      onPress={onPress}
    >
      <Icon aria-hidden size={20} />
      <span className={styles.optionWords}>
        <span className={styles.strong}>{title}</span>
        {note !== '' && <span className={styles.note}>{note}</span>}
      </span>
    </AriaButton>
  )
}

export const Who = ({ draft, dry, onMember }: WhoProps) => {
  const say = useSay()
  const said = useSaid()
  const [isOpen, setOpen] = useState(false)
  const isFixed = draft.what === 'dock'
  const choices = isFixed ? [] : choicesOf(dry.free, said)
  const words = dry.would?.words ?? []
  return (
    <section className={styles.slot}>
      <h3 className={styles.slotHead}>{say(actWords.who)}</h3>
      <div className={styles.picked} aria-live="polite">
        <Verdict draft={draft} dry={dry} />
        {choices.length > 0 && (
          <Button kind="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {say(actWords.others)}
          </Button>
        )}
      </div>
      {isOpen && (
        <div className={styles.options}>
          {choices.map((choice) => (
            <ChoiceTile
              key={choice.id}
              choice={choice}
              isChosen={choice.id === (draft.member ?? dry.would?.member)}
              onPress={() => onMember(choice.id)}
            />
          ))}
        </div>
      )}
      {draft.member !== undefined && !isFixed && (
        <Button kind="quiet" onPress={() => onMember(undefined)}>
          {say(actWords.best)}
        </Button>
      )}
      {draft.words === undefined && words.length > 0 && (
        <>
          <h3 className={styles.slotHead}>{say(actWords.willSay)}</h3>
          {words.map(({ language, text }) => (
            <p key={language} lang={language}>
              {text}
            </p>
          ))}
        </>
      )}
    </section>
  )
}
