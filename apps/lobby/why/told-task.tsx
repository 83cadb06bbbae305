/** One task explained: what happened, who decided by which setting, who was chosen among whom, and what became of it. */
import type { ReactNode } from 'react'
import type { ToldTask as Told, ToldLook, ToldNote } from '#protocol/desk/look/explain.ts'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { type Pair, useSay } from '../../ui/words.ts'
import { useNames } from '../said/use-said.ts'
import { Candidates } from './candidates.tsx'
import { courseOf, type Step } from './steps.ts'
import { Weighed } from './weighed.tsx'
import styles from './why.module.css'
import { whyWords } from './words.ts'

export const Part = ({ title, children }: { readonly title: Pair; readonly children: ReactNode }) => {
  const say = useSay()
  return (
    <section className={styles.part}>
      <h3 className={styles.partTitle}>{say(title)}</h3>
      {children}
    </section>
  )
}

const Cause = ({ task }: { readonly task: Told }) => {
  const say = useSay()
  const { clockSeconds } = useFormat()
  const { cause, because } = task
  return (
    <Part title={whyWords.cause}>
      <p className={styles.lead}>{because.words}</p>
      <p className={styles.soft}>
        {cause === null
          ? say(whyWords.causeGone)
          : `${clockSeconds(cause.at)}　${cause.isErased ? say(whyWords.erased) : cause.sentence}`}
      </p>
    </Part>
  )
}

const Rule = ({ flow }: { readonly flow: Told['flow'] }) => {
  const say = useSay()
  const who = flow.policySetByTitle
  return (
    <Part title={whyWords.rule}>
      <p>{say(whyWords.ruleText, { flow: flow.title, version: flow.version })}</p>
      <p className={styles.soft}>
        {flow.policyRevision === 0
          ? say(whyWords.ruleSet, { who })
          : say(whyWords.ruleSetRevision, { revision: flow.policyRevision, who })}
      </p>
    </Part>
  )
}

const LookHere = ({ look }: { readonly look: ToldLook }) => {
  const say = useSay()
  const { clockSeconds } = useFormat()
  const time = clockSeconds(look.at)
  return (
    <div className={styles.look}>
      <p>
        {look.chosen === null
          ? say(whyWords.nobodyAt, { time })
          : say(whyWords.chosenAt, { time, who: look.chosen.title })}
      </p>
      {look.reason !== null && <p className={classes(styles.soft, styles.because)}>{look.reason.words}</p>}
      <Candidates of={look.candidates} chosen={look.chosen?.id ?? null} />
    </div>
  )
}

const Choice = ({ looks }: { readonly looks: readonly ToldLook[] }) => {
  const say = useSay()
  const last = looks.at(-1)
  const earlier = looks.slice(0, -1).reverse()
  return (
    <Part title={whyWords.choice}>
      {last === undefined ? <p className={styles.soft}>{say(whyWords.noLook)}</p> : <LookHere look={last} />}
      {earlier.length > 0 && (
        <details className={styles.more}>
          <summary>{say(whyWords.earlier, { count: earlier.length })}</summary>
          {earlier.map((look) => (
            <LookHere key={look.seq} look={look} />
          ))}
        </details>
      )}
    </Part>
  )
}

const StepHere = ({ step }: { readonly step: Step }) => {
  const say = useSay()
  const { clockSeconds, duration } = useFormat()
  return (
    <li className={classes(styles.step, styles[step.kind])}>
      <span className={styles.time}>{clockSeconds(step.at)}</span>
      <span>{say(whyWords[step.kind], { who: step.who, words: step.words })}</span>
      {step.afterMs !== null && step.afterMs >= 1_000 && (
        <span className={styles.soft}>{say(whyWords.after, { time: duration(step.afterMs) })}</span>
      )}
    </li>
  )
}

const Course = ({ task }: { readonly task: Told }) => (
  <Part title={whyWords.attempts}>
    <ol className={styles.course}>
      {courseOf(task).map((step, index) => (
        // Steps only ever come behind the others.
        <StepHere key={`${index}-${step.kind}`} step={step} />
      ))}
    </ol>
  </Part>
)

const Spoken = ({ task }: { readonly task: Told }) => {
  const words = task.said.length > 0 ? task.said : task.wanted
  if (words.length === 0) return null
  return (
    <Part title={task.said.length > 0 ? whyWords.said : whyWords.toSay}>
      {words.map(({ language, text }) => (
        <blockquote key={`${language}-${text}`} lang={language} className={styles.spoken}>
          {text}
        </blockquote>
      ))}
    </Part>
  )
}

export const Notes = ({ notes }: { readonly notes: readonly ToldNote[] }) => {
  const { clockSeconds } = useFormat()
  if (notes.length === 0) return null
  return (
    <Part title={whyWords.decided}>
      <ol className={styles.notes}>
        {notes.map((note) => (
          <li key={`${note.seq}-${note.kind}-${note.code}`} className={styles.note}>
            <span className={styles.time}>{clockSeconds(note.at)}</span>
            {note.weighed === undefined ? (
              <span>{note.sentence}</span>
            ) : (
              <div>
                <p>{note.sentence}</p>
                <Weighed of={note.weighed} isTaken={false} />
              </div>
            )}
          </li>
        ))}
      </ol>
    </Part>
  )
}

/** In one line: who did what, and how far it is. */
export const outcomeOf = ({ outcome }: Told): string =>
  outcome.reason === null || outcome.reason.words === outcome.words
    ? outcome.words
    : `${outcome.words} · ${outcome.reason.words}`

export const ToldTask = ({ task }: { readonly task: Told }) => {
  const { of } = useNames()
  const about = task.subject.map(({ what, id, title }) => (title === id ? of(what, id) : title)).join(' · ')
  return (
    <article className={styles.task}>
      <header>
        <p className={styles.headline}>{task.title}</p>
        <p className={classes(styles.soft, styles.outcome)}>{outcomeOf(task)}</p>
      </header>
      <Cause task={task} />
      {about !== '' && (
        <Part title={whyWords.about}>
          <p className={styles.about}>{about}</p>
        </Part>
      )}
      {task.weighed !== undefined && (
        <Part title={whyWords.weighed}>
          <Weighed of={task.weighed} isTaken />
        </Part>
      )}
      <Choice looks={task.looks} />
      <Course task={task} />
      <Spoken task={task} />
      <Rule flow={task.flow} />
      <Notes notes={task.notes} />
    </article>
  )
}
