/** Who is in a call with whom, and ways to listen and to hand it over; and how the day goes, by group. */
import { Ear, PhoneForwarded } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { type AnswerOf, useAnswer } from '../../lobby/live/ask-hub.ts'
import { useNow, useTable } from '../../lobby/live/use-live.ts'
import { Button } from '../../ui/button.tsx'
import { useFormat } from '../../ui/format.ts'
import { type Pair, useSay, useTitle } from '../../ui/words.ts'
import desk from '../desk/desk.module.css'
import { usePlan } from '../desk/plan.ts'
import { useWhere } from '../desk/use-where.ts'
import { useExpertName } from '../guest/guest-bar.tsx'
import { useActions } from '../keys/context.ts'
import styles from './lead.module.css'
import { mayPassOn, PassOn } from './pass-on.tsx'
import { useIsLead, useListening } from './use-lead.ts'
import { leadWords } from './words.ts'

const held: ReadonlySet<LiveCall['state']> = new Set(['accepted', 'in-call', 'resuming'])
const readEveryMs = 60_000

interface InCallProps {
  readonly call: LiveCall
  readonly now: number
  readonly onPassOn: () => void
}

const InCall = ({ call, now, onPassOn }: InCallProps) => {
  const say = useSay()
  const format = useFormat()
  const whereOf = useWhere()
  const nameOf = useExpertName()
  const listening = useListening()
  const where = whereOf(call)
  const who = [call.expert, call.guest?.expert].flatMap((id) => (id == null ? [] : [nameOf(id)])).join(' + ')
  return (
    <li className={desk.row}>
      <span className={desk.rowMain}>
        <strong>{where}</strong>
        <span className={desk.soft}>
          {say(leadWords.with, { who, time: format.duration(now - (call.answeredAt ?? call.since)) })}
        </span>
      </span>
      <span className={styles.acts}>
        {listening.call !== call.id && (
          <Button
            kind="quiet"
            icon={<Ear aria-hidden />}
            aria-label={say(leadWords.listenTo, { where })}
            onPress={() => listening.to(call.id)}
          >
            {say(leadWords.listen)}
          </Button>
        )}
        {mayPassOn(call) && (
          <Button
            kind="quiet"
            icon={<PhoneForwarded aria-hidden />}
            aria-label={say(leadWords.passOnOf, { where })}
            onPress={onPassOn}
          >
            {say(leadWords.passOn)}
          </Button>
        )}
      </span>
    </li>
  )
}

type Day = AnswerOf<'callDay'>

const Line = ({ name, figures }: { readonly name: string; readonly figures: Omit<Day, 'groups'> }) => {
  const format = useFormat()
  const { calls, level, abandoned, unanswered, waitMs } = figures
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{calls}</td>
      <td>{level === null ? '–' : format.percent(level)}</td>
      <td>{`${abandoned} / ${unanswered}`}</td>
      <td>{waitMs === null ? '–' : format.duration(waitMs)}</td>
    </tr>
  )
}

/** Read once a minute: the journal tells it. */
const Today = () => {
  const say = useSay()
  const titleOf = useTitle()
  const { plan } = usePlan()
  const { data, again } = useAnswer('callDay', {})
  useEffect(() => {
    const timer = setInterval(again, readEveryMs)
    return () => clearInterval(timer)
  }, [again])
  if (data === undefined) return null
  const { groups, ...all } = data
  const nameOf = (id: string) =>
    id === '' ? say(leadWords.anyGroup) : titleOf(plan?.groups.find((one) => one.id === id)?.title ?? {}, id)
  const heads = [leadWords.group, leadWords.callCount, leadWords.level, leadWords.lost, leadWords.wait]
  return (
    <table className={styles.today}>
      <thead>
        <tr>
          {heads.map((words) => (
            <th key={words.en} scope="col">
              {say(words)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Line name={say(leadWords.all)} figures={all} />
        {Object.entries(groups).map(([id, figures]) => (
          <Line key={id} name={nameOf(id)} figures={{ ...all, ...figures }} />
        ))}
      </tbody>
    </table>
  )
}

const Board = () => {
  const say = useSay()
  const now = useNow()
  const whereOf = useWhere()
  const listening = useListening()
  const calls = useTable('calls').filter(({ state }) => held.has(state))
  const [passing, setPassing] = useState<string>()
  const passed = calls.find((call) => call.id === passing && mayPassOn(call))
  const titleOf = (words: Pair, call: LiveCall): Pair => ({
    zh: words.zh.replace('{where}', whereOf(call)),
    en: words.en.replace('{where}', whereOf(call)),
  })
  useActions(
    'lead',
    calls.flatMap((call) => [
      {
        id: `listen-${call.id}`,
        title: titleOf(leadWords.listenTo, call),
        key: null,
        run: () => listening.to(call.id),
      },
      ...(mayPassOn(call)
        ? [
            {
              id: `pass-on-${call.id}`,
              title: titleOf(leadWords.passOnOf, call),
              key: null,
              run: () => setPassing(call.id),
            },
          ]
        : []),
    ]),
  )
  return (
    <>
      <section className={desk.card} aria-labelledby="lead-calls">
        <h2 id="lead-calls">{say(leadWords.calls)}</h2>
        {calls.length === 0 ? (
          <p className={desk.soft}>{say(leadWords.none)}</p>
        ) : (
          <ul className={desk.rows}>
            {calls.map((call) => (
              <InCall key={call.id} call={call} now={now} onPassOn={() => setPassing(call.id)} />
            ))}
          </ul>
        )}
      </section>
      <section className={desk.card} aria-labelledby="lead-today">
        <h2 id="lead-today">{say(leadWords.today)}</h2>
        <Today />
      </section>
      {passed !== undefined && <PassOn call={passed} onClose={() => setPassing(undefined)} />}
    </>
  )
}

export const LeadBoard = () => (useIsLead() ? <Board /> : null)
