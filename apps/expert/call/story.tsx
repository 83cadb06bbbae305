/** What came before: enough to know within seconds whom one will meet, and what need not be asked again. */
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { type AnswerOf, useAnswer } from '../../lobby/live/ask-hub.ts'
import { useNow, useRow } from '../../lobby/live/use-live.ts'
import { useSaid } from '../../lobby/said/use-said.ts'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { languageName, type Pair, useSay, useTitle, useTongue } from '../../ui/words.ts'
import { useNamed } from '../desk/use-where.ts'
import parts from './parts.module.css'
import styles from './story.module.css'
import { callWords } from './words.ts'

type Told = AnswerOf<'callStory'>

const wordOf = (name: string): Pair | undefined => (callWords as Readonly<Record<string, Pair>>)[name]

const Fact = ({ name, children }: { name: string; children: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

/** Counts on until somebody has it; of a call that is rung for once more, the hub knows since when. */
const useWaited = ({ at, answeredAt, state }: LiveCall, told: Told | undefined): number | undefined => {
  const now = useNow()
  if (answeredAt === null) return now - at
  return state === 'ringing' ? told?.waitedMs : answeredAt - at
}

const Facts = ({ call, told }: { call: LiveCall; told: Told | undefined }) => {
  const say = useSay()
  const titleOf = useTitle()
  const format = useFormat()
  const said = useSaid()
  const tongue = useTongue()
  const named = useNamed()
  const waitedMs = useWaited(call, told)
  const service = named(call, 'service')
  const zone = named(call, 'zone')
  const { ticket, device } = told ?? {}
  return (
    <dl className={styles.facts}>
      {waitedMs !== undefined && <Fact name={say(callWords.waited)}>{format.duration(waitedMs)}</Fact>}
      <Fact name={say(callWords.reason)}>{said.reason(call.reason)}</Fact>
      {service !== null && <Fact name={say(callWords.service)}>{service}</Fact>}
      {call.language !== null && (
        <Fact name={say(callWords.language)}>{languageName(call.language, tongue)}</Fact>
      )}
      {zone !== null && <Fact name={say(callWords.where)}>{zone}</Fact>}
      {ticket != null && (
        <Fact name={say(callWords.ticket)}>
          {say(callWords.ticketWaited, { no: ticket.no, time: format.duration(ticket.waitedMs) })}
        </Fact>
      )}
      {device != null && (
        <Fact name={say(callWords.device)}>
          {say(callWords.deviceOf, {
            title: titleOf(device.title, device.id),
            link: said.word('links', device.link),
            health: said.word('healths', device.health),
          })}
        </Fact>
      )}
    </dl>
  )
}

const Steps = ({ told }: { told: Told }) => {
  const say = useSay()
  const tongue = useTongue()
  const format = useFormat()
  if (told.steps.length === 0) return <p className={parts.soft}>{say(callWords.triedNone)}</p>
  return (
    <ol className={styles.steps}>
      {told.steps.map(({ at, code, words }) => (
        <li key={`${at}/${code}/${words.en}`}>
          <time className={parts.soft}>{format.clockSeconds(at)}</time>
          <span>{words[tongue]}</span>
        </li>
      ))}
    </ol>
  )
}

const Earlier = ({ told }: { told: Told }) => {
  const say = useSay()
  const said = useSaid()
  const format = useFormat()
  if (told.earlier.length === 0) return null
  const endOf = (outcome: string) => {
    const pair = wordOf(`earlier.${outcome}`)
    return pair === undefined ? said.reason(`outcome.${outcome}`) : say(pair)
  }
  return (
    <>
      <h3>{say(callWords.earlier)}</h3>
      <ol className={styles.steps}>
        {told.earlier.map(({ at, expert, outcome }) => (
          <li key={`${at}/${expert}`}>
            <time className={parts.soft}>{format.clock(at)}</time>
            <span>
              {expert === null ? '' : `${said.names.person(expert)} · `}
              {endOf(outcome)}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

const KioskAway = ({ call }: { call: LiveCall }) => {
  const say = useSay()
  const format = useFormat()
  if (call.awaySince == null) return null
  return (
    <output className={parts.soft}>
      {say(callWords.kioskAway, { at: format.clockSeconds(call.awaySince) })}
    </output>
  )
}

export interface StoryProps {
  readonly call: LiveCall
  /** Beside the call, where there is less room. */
  readonly isNarrow?: boolean
}

export const Story = ({ call, isNarrow = false }: StoryProps) => {
  const say = useSay()
  const { data: told, error } = useAnswer('callStory', { call: call.id })
  const kept = useRow('calls', call.id)?.notes ?? call.notes
  return (
    <section className={classes(styles.story, isNarrow && styles.narrow)} aria-labelledby="story">
      <h2 id="story">{say(callWords.story)}</h2>
      <KioskAway call={call} />
      <Facts call={call} told={told} />
      {error !== undefined && told === undefined && (
        <output className={parts.soft}>{say(callWords.storyFailed)}</output>
      )}
      {call.state === 'ringing' && kept !== '' && (
        <>
          <h3>{say(callWords.sharedNotes)}</h3>
          <p className={styles.kept}>{kept}</p>
        </>
      )}
      <h3>{say(callWords.tried)}</h3>
      {told === undefined ? (
        <p className={parts.soft}>{error === undefined && say(callWords.storyLoading)}</p>
      ) : (
        <>
          <Steps told={told} />
          <Earlier told={told} />
        </>
      )}
    </section>
  )
}
