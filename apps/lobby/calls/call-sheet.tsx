/** One call with an expert: how it stands, and what whoever leads the branch can do about it. */
import { Headset, PhoneOff } from 'lucide-react'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/dialog.tsx'
import { useFormat } from '../../ui/format.ts'
import { useSay } from '../../ui/words.ts'
import { useMay, useSendOnce } from '../live/use-commands.ts'
import { useMe } from '../live/use-live.ts'
import { useNames } from '../said/use-said.ts'
import styles from './calls.module.css'
import { InCall } from './in-call.tsx'
import { isOwnSide, mayJoin, mayWithdraw } from './model.ts'
import { SaleOfCall } from './sale.tsx'
import { useCallSaid } from './use-call-said.ts'
import type { Joined } from './use-joined.ts'
import { callWords } from './words.ts'

const Facts = ({ call }: { readonly call: LiveCall }) => {
  const say = useSay()
  const format = useFormat()
  const names = useNames()
  const said = useCallSaid()
  const { promisedAt, ticket, service, participants, notes, state } = call
  const facts: readonly (readonly [keyof typeof callWords, string | null])[] = [
    ['state', said.state(call)],
    ['asked', format.clock(call.at)],
    [
      'promised',
      promisedAt === null || !mayWithdraw({ state })
        ? null
        : say(callWords.promisedBy, { time: format.clock(promisedAt) }),
    ],
    ['ticket', ticket],
    ['service', service === null ? null : names.of('service', service)],
    ['there', participants.length === 0 ? null : participants.map(said.participant).join(' · ')],
    ['notes', notes === '' ? null : notes],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{say(callWords[name])}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

const Join = ({ call, joined }: { readonly call: LiveCall; readonly joined: Joined }) => {
  const say = useSay()
  const me = useMe()
  const isOwn = isOwnSide(call, me.name)
  const { refused, out } = joined
  return (
    <section className={styles.part}>
      <p>{say(isOwn ? callWords.joinHereText : callWords.joinText)}</p>
      <div className={styles.buttons}>
        <Button kind="primary" icon={<Headset aria-hidden />} onPress={() => joined.join(call.id, isOwn)}>
          {say(isOwn ? callWords.joinHere : callWords.join)}
        </Button>
      </div>
      <output>
        {refused !== undefined &&
          say(callWords.notJoined, { why: refused.error?.text ?? say(callWords.notReached) })}
        {out !== undefined && say(out === 'replaced' ? callWords.replaced : callWords.ticketOver)}
      </output>
    </section>
  )
}

export interface CallSheetProps {
  readonly call: LiveCall
  readonly joined: Joined
  readonly onClose: () => void
}

export const CallSheet = ({ call, joined, onClose }: CallSheetProps) => {
  const say = useSay()
  const me = useMe()
  const may = useMay()
  const send = useSendOnce()
  const said = useCallSaid()
  const isJoined = joined.call === call.id
  return (
    <Sheet title={say(callWords.callOf, { who: said.who(call) })} isOpen onClose={onClose}>
      <div className={styles.body}>
        <Facts call={call} />
        {isJoined && <InCall call={call} joined={joined} />}
        {isJoined && <SaleOfCall call={call} />}
        {!isJoined && mayJoin(call) && me.roles.includes('manager') && <Join call={call} joined={joined} />}
        {mayWithdraw(call) && may('call.withdraw') && (
          <Button
            icon={<PhoneOff aria-hidden />}
            onPress={() => send({ name: 'call.withdraw', params: { call: call.id, reason: null } })}
          >
            {say(callWords.withdraw)}
          </Button>
        )}
      </div>
    </Sheet>
  )
}
