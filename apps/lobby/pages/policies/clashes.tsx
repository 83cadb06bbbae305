/** Two people set the same flow: what the other set stands beside what this one is about to, and a person decides. */
import { UsersRound } from 'lucide-react'
import type { FlowTold } from '#protocol/desk/look/flows.ts'
import { Button } from '../../../ui/button.tsx'
import { useFormat } from '../../../ui/format.ts'
import { useSay } from '../../../ui/words.ts'
import { useMe } from '../../live/use-live.ts'
import { BeforeAfter } from './before-after.tsx'
import { clashesIn, decide, takeNote, theirsIn } from './model/draft.ts'
import type { Setting } from './model/fields.ts'
import styles from './review.module.css'
import type { DraftHere } from './use-draft.ts'
import { useSaidValue } from './use-said-value.ts'
import { policyWords } from './words.ts'

export interface ClashesProps {
  readonly flow: FlowTold
  readonly settings: ReadonlyMap<string, Setting>
  readonly here: DraftHere
}

export const useWho = (flow: FlowTold): string => {
  const say = useSay()
  const { name } = useMe()
  return flow.by === name ? say(policyWords.you) : flow.byTitle
}

const Both = ({ flow, settings, here: { draft, now, set } }: ClashesProps) => {
  const say = useSay()
  const { clock } = useFormat()
  const said = useSaidValue()
  const who = useWho(flow)
  const clashes = clashesIn(draft, now)
  if (clashes.length === 0) return null
  return (
    <section className={styles.clash} role="alert">
      <h2 className={styles.clashHead}>
        <UsersRound aria-hidden />
        {say(policyWords.clashTitle, { who })}
      </h2>
      <p>{say(policyWords.clashText, { at: clock(flow.setAt) })}</p>
      <ul className={styles.clashes}>
        {clashes.map(({ name, was, theirs, mine }) => {
          const setting = settings.get(name)
          return (
            <li key={name} data-clash={name}>
              <span>
                <strong>{setting?.label ?? name}</strong>
                <span className={styles.soft}>
                  {' '}
                  {say(policyWords.clashWas, { value: said.value(setting, was) })}
                </span>
              </span>
              <span className={styles.sides}>
                <Button onPress={() => set(decide(draft, now, { name, keep: 'theirs' }))}>
                  {say(policyWords.theirs, { who, value: said.value(setting, theirs) })}
                </Button>
                <Button onPress={() => set(decide(draft, now, { name, keep: 'mine' }))}>
                  {say(policyWords.mine, { value: said.value(setting, mine) })}
                </Button>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const TheirsAlone = ({ flow, settings, here: { draft, now, set } }: ClashesProps) => {
  const say = useSay()
  const { clock } = useFormat()
  const who = useWho(flow)
  const theirs = Object.keys(draft.changes).length === 0 ? [] : theirsIn(draft, now)
  if (theirs.length === 0) return null
  return (
    <section className={styles.theirs} aria-live="polite">
      <h2 className={styles.clashHead}>
        <UsersRound aria-hidden />
        {say(policyWords.theirsTitle, { who })}
      </h2>
      <p>{say(policyWords.theirsText, { at: clock(flow.setAt) })}</p>
      <ul className={styles.clashes}>
        {theirs.map(({ name, was, is }) => {
          const setting = settings.get(name)
          return (
            <li key={name}>
              <BeforeAfter setting={setting} label={setting?.label ?? name} was={was} is={is} />
            </li>
          )
        })}
      </ul>
      <Button onPress={() => set(takeNote(draft, now))}>{say(policyWords.noted)}</Button>
    </section>
  )
}

export const Clashes = (props: ClashesProps) => (
  <>
    <Both {...props} />
    <TheirsAlone {...props} />
  </>
)
