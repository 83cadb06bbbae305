/** Who waits, how well the desk keeps up, and who is there to help: for everybody, and for whoever leads the team. */
import { Users } from 'lucide-react'
import type { LiveCall, LiveExpert } from '#protocol/desk/live/call-rows.ts'
import { useMe, useNow, useTable } from '../../lobby/live/use-live.ts'
import { Badge } from '../../ui/badge.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/empty.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay, useTitle } from '../../ui/words.ts'
import { MoveCall, SetPresence } from '../lead/acts.tsx'
import { LeadBoard } from '../lead/calls-now.tsx'
import { levelOf, type Standing, standingOf, teamOf, waitingOf } from '../model/queue.ts'
import { expertWords } from '../words.ts'
import styles from './desk.module.css'
import { usePlan } from './plan.ts'
import { useReasonWords } from './use-presence.ts'
import { useNamed, useWhere } from './use-where.ts'

const Waiting = ({ call, now, titles }: { call: LiveCall; now: number; titles: Titles }) => {
  const say = useSay()
  const format = useFormat()
  const named = useNamed()
  const whereOf = useWhere()
  const ringing = call.ring?.experts.map((id) => titles(id)).join(', ')
  return (
    <li className={styles.row}>
      <span className={styles.rowMain}>
        <strong>{whereOf(call)}</strong>
        <span className={styles.soft}>
          {named(call, 'service') ?? say(expertWords.anyService)}
          {ringing !== undefined && ` · ${say(expertWords.rings, { who: ringing })}`}
          {call.promisedAt !== null &&
            ` · ${say(expertWords.promised, { at: format.clock(call.promisedAt) })}`}
        </span>
      </span>
      <span className={styles.figure}>
        {say(expertWords.waited, { time: format.duration(now - call.at) })}
      </span>
      <MoveCall call={call} />
    </li>
  )
}

type Titles = (expert: string) => string

const Figures = ({ calls, now }: { calls: readonly LiveCall[]; now: number }) => {
  const say = useSay()
  const format = useFormat()
  const { plan } = usePlan()
  const waiting = waitingOf(calls)
  const [first] = waiting
  const { withinMs = 20_000, share: wanted = 0.8 } = plan?.serviceLevel ?? {}
  const { within, counted, share } = levelOf(calls, now, withinMs)
  const target = format.percent(wanted)
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{say(expertWords.waitingCount)}</dt>
        <dd>{waiting.length}</dd>
      </div>
      <div>
        <dt>{say(expertWords.longest)}</dt>
        <dd>{first === undefined ? '–' : format.duration(now - first.at)}</dd>
      </div>
      {plan !== undefined && (
        <div>
          <dt>{say(expertWords.level, { within: format.duration(withinMs) })}</dt>
          <dd className={classes(share !== null && share < wanted && styles.late)}>
            {share === null ? '–' : format.percent(share)}
          </dd>
          <dd className={styles.small}>
            {share === null
              ? say(expertWords.levelNone, { target })
              : say(expertWords.levelOf, { count: within, counted, target })}
          </dd>
        </div>
      )}
    </dl>
  )
}

const standingTone = {
  free: 'good',
  busy: 'normal',
  paused: 'plain',
  gone: 'plain',
} as const satisfies Record<Standing, string>

const Colleague = ({ expert, isMe }: { expert: LiveExpert; isMe: boolean }) => {
  const say = useSay()
  const titleOf = useTitle()
  const reasonOf = useReasonWords()
  const standing = standingOf(expert)
  const why = standing === 'paused' ? reasonOf(expert.reason) : ''
  return (
    <li className={styles.row}>
      <span className={styles.rowMain}>
        {titleOf(expert.title, expert.id)}
        {isMe && <span className={styles.soft}>{say(expertWords.you)}</span>}
      </span>
      <Badge tone={standingTone[standing]}>
        {say(expertWords[`standing.${standing}`])}
        {why !== '' && ` · ${why}`}
      </Badge>
      <SetPresence expert={expert} />
    </li>
  )
}

export const QueueBoard = () => {
  const say = useSay()
  const titleOf = useTitle()
  const me = useMe()
  const now = useNow()
  const calls = useTable('calls')
  const experts = useTable('experts')
  const waiting = waitingOf(calls)
  const titles: Titles = (id) => titleOf(experts.find((one) => one.id === id)?.title ?? {}, id)
  return (
    <>
      <section className={styles.card} aria-labelledby="queue">
        <h2 id="queue">{say(expertWords.queue)}</h2>
        <Figures calls={calls} now={now} />
        {waiting.length === 0 ? (
          <Empty
            icon={<Users aria-hidden size={32} />}
            title={say(expertWords.queueNone)}
            text={say(expertWords.queueNoneText)}
          />
        ) : (
          <ol className={styles.rows}>
            {waiting.map((call) => (
              <Waiting key={call.id} call={call} now={now} titles={titles} />
            ))}
          </ol>
        )}
      </section>
      <LeadBoard />
      <section className={styles.card} aria-labelledby="team">
        <h2 id="team">{say(expertWords.team)}</h2>
        <ul className={styles.rows}>
          {teamOf(experts).map((expert) => (
            <Colleague key={expert.id} expert={expert} isMe={expert.id === me.name} />
          ))}
        </ul>
      </section>
    </>
  )
}
