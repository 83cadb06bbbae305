/** Calls with experts, beside every page: only where there are any. */
import { Headset } from 'lucide-react'
import { lazy } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { useSay } from '../../ui/words.ts'
import { LoadedDialog } from '../frame/loaded-dialog.tsx'
import sideStyles from '../frame/side.module.css'
import { useTable } from '../live/use-live.ts'
import styles from './calls.module.css'
import { inOrder } from './model.ts'
import { Sound } from './sound.tsx'
import { useCallSaid } from './use-call-said.ts'
import type { Joined } from './use-joined.ts'
import { callWords } from './words.ts'

const CallSheet = lazy(async () => ({ default: (await import('./call-sheet.tsx')).CallSheet }))

export interface CallsProps {
  readonly joined: Joined
  /** The call that is looked at. */
  readonly open: string | undefined
  readonly onOpen: (call: string | undefined) => void
}

export const SideCalls = ({ joined, open, onOpen }: CallsProps) => {
  const say = useSay()
  const said = useCallSaid()
  const calls = inOrder(useTable('calls'))
  const shown = calls.find(({ id }) => id === open)
  return (
    <>
      {calls.length > 0 && (
        <section className={sideStyles.part} aria-labelledby="side-calls">
          <header className={sideStyles.head}>
            <h2 id="side-calls">{say(callWords.calls)}</h2>
          </header>
          <ul className={sideStyles.list}>
            {calls.map((call) => (
              <li key={call.id} className={sideStyles.row}>
                <AriaButton className={classes(sideStyles.open)} onPress={() => onOpen(call.id)}>
                  <Headset aria-hidden size={20} />
                  <span className={sideStyles.text}>
                    <span className={sideStyles.name}>{said.who(call)}</span>
                    <span className={sideStyles.soft}>{said.state(call)}</span>
                  </span>
                </AriaButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      {shown !== undefined && (
        <LoadedDialog title={say(callWords.calls)} onClose={() => onOpen(undefined)}>
          <CallSheet call={shown} joined={joined} onClose={() => onOpen(undefined)} />
        </LoadedDialog>
      )}
    </>
  )
}

/** That this tablet is in a call is said wherever one looks. */
export const JoinedBar = ({ joined, onOpen }: Omit<CallsProps, 'open'>) => {
  const say = useSay()
  const { view, call } = joined
  if (call === undefined || view === undefined) return null
  const { camera, microphone } = view.own.shown
  const onOff = (on: boolean) => say(on ? callWords.on : callWords.off)
  return (
    <div className={styles.bar}>
      <Sound joined={joined} />
      <p>{say(callWords.youAre, { camera: onOff(camera), microphone: onOff(microphone) })}</p>
      <Button onPress={() => onOpen(call)}>{say(callWords.open)}</Button>
    </div>
  )
}
