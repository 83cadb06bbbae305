/**
 * The explanation about a task, a visitor, a ticket or a device, in the hub's sentences.
 * `<Why about={{ task: id }} onClose={…} />` shows it; without `about` it is closed.
 */
import { useEffect, useRef } from 'react'
import type { ExplainAnswer } from '#protocol/desk/look/explain.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { Empty } from '../../ui/empty.tsx'
import { useSay, useTongue } from '../../ui/words.ts'
import type { HubRefused } from '../live/ask-hub.ts'
import { useAnswer } from '../live/ask-hub.ts'
import { useRow } from '../live/use-live.ts'
import { Notes, outcomeOf, Part, ToldTask } from './told-task.tsx'
import styles from './why.module.css'
import type { WhyAbout } from './why-context.ts'
import { whyWords } from './words.ts'

const Nobody = ({ of }: { readonly of: NonNullable<ExplainAnswer['nobody']> }) => {
  const say = useSay()
  return (
    <Part title={whyWords.nobodyWhy}>
      {of.length === 0 && <p className={styles.soft}>{say(whyWords.nobodyNone)}</p>}
      <ul className={styles.reasons}>
        {of.map(({ code, words, count }) => (
          <li key={code} className={styles.reason}>
            <span>{words}</span>
            {count > 1 && <span className={styles.soft}>{say(whyWords.times, { count })}</span>}
          </li>
        ))}
      </ul>
    </Part>
  )
}

const Answered = ({ answer }: { readonly answer: ExplainAnswer }) => {
  const say = useSay()
  const { tasks, notes, nobody } = answer
  const [only] = tasks
  if (tasks.length === 0 && notes.length === 0 && (nobody ?? []).length === 0)
    return <Empty title={say(whyWords.nothing)} text={say(whyWords.nothingText)} />
  return (
    <div className={styles.answer}>
      {nobody !== null && tasks.length !== 1 && <Nobody of={nobody} />}
      {tasks.length === 1 && only !== undefined && <ToldTask task={only} />}
      {tasks.length > 1 && (
        <Part title={whyWords.wasWanted}>
          {[...tasks].reverse().map((task) => (
            <details key={task.id} className={styles.more}>
              <summary>
                <span>
                  {task.title}
                  <span className={styles.soft}>{` · ${outcomeOf(task)}`}</span>
                </span>
              </summary>
              <ToldTask task={task} />
            </details>
          ))}
        </Part>
      )}
      <Notes notes={notes} />
      {answer.isCut && <p className={styles.soft}>{say(whyWords.cut)}</p>}
    </div>
  )
}

const Trouble = ({ error, again }: { readonly error: HubRefused; readonly again: () => void }) => {
  const say = useSay()
  if (error.error?.code === 'explain.nothing')
    return <Empty title={say(whyWords.nothing)} text={say(whyWords.nothingText)} />
  return (
    <Empty
      title={say(whyWords.trouble)}
      text={error.error?.text ?? say(whyWords.troubleText)}
      action={<Button onPress={again}>{say(whyWords.again)}</Button>}
    />
  )
}

const Loading = () => {
  const say = useSay()
  return (
    <output className={styles.loading}>
      <span className="visually-hidden">{say(whyWords.loading)}</span>
      <span className={styles.bone} aria-hidden />
      <span className={styles.bone} aria-hidden />
      <span className={styles.bone} aria-hidden />
    </output>
  )
}

export interface WhyTextProps {
  readonly about: WhyAbout
  /** Whether there is anything on record about it; false until that is known. */
  readonly onTold?: (isTold: boolean) => void
}

/** The explanation itself, for whoever has a place of his own for it. */
export const WhyText = ({ about, onTold }: WhyTextProps) => {
  const tongue = useTongue()
  const { data, error, isLoading, again } = useAnswer('explain', { ...about, lang: tongue })
  const task = useRow('tasks', 'task' in about ? about.task : null)
  const state = task === undefined ? '' : `${task.phase} ${task.attempts} ${task.waitingFor}`
  const shown = useRef(state)
  // While somebody reads, the task goes on.
  useEffect(() => {
    if (shown.current === state) return
    shown.current = state
    again()
  }, [state, again])
  const [kind, id] = 'from' in about ? ['time'] : (Object.entries(about)[0] ?? [])
  const isOfThis = data?.about.kind === kind && (kind === 'time' ? !isLoading : data?.about.id === id)
  const isTold = error === undefined && isOfThis && data !== undefined
  useEffect(() => onTold?.(isTold), [isTold, onTold])
  if (error !== undefined && !isLoading) return <Trouble error={error} again={again} />
  return isOfThis && data !== undefined ? <Answered answer={data} /> : <Loading />
}

export interface WhyProps {
  readonly about: WhyAbout | undefined
  readonly onClose: () => void
}

export const Why = ({ about, onClose }: WhyProps) => {
  const say = useSay()
  const isTask = about === undefined || 'task' in about
  return (
    <Sheet
      title={say(isTask ? whyWords.titleTask : whyWords.titleAbout)}
      isOpen={about !== undefined}
      onClose={onClose}
    >
      {about !== undefined && <WhyText about={about} />}
    </Sheet>
  )
}
