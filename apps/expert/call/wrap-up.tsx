/** The call is over; how it went is said in a moment, by a key, while the notes are still fresh. */
import { Check, Clock3 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { CallPlan } from '#protocol/desk/call-routes.ts'
import type { LiveCall } from '#protocol/desk/live/call-rows.ts'
import { useSendOnce } from '../../lobby/live/use-commands.ts'
import { useNow } from '../../lobby/live/use-live.ts'
import { classes } from '../../ui/classes.ts'
import { useFormat } from '../../ui/format.ts'
import { type Pair, titleIn, useSay, useTitle } from '../../ui/words.ts'
import { usePlan } from '../desk/plan.ts'
import { useWhere } from '../desk/use-where.ts'
import { useActions } from '../keys/context.ts'
import { keyOf, nthKey } from '../keys/key-of.ts'
import { KeyedButton } from '../keys/keyed-button.tsx'
import keyStyles from '../keys/keys.module.css'
import { useSingleKeys } from '../keys/single-keys.ts'
import choose from './choose-one.module.css'
import { NotesPanel } from './notes.tsx'
import parts from './parts.module.css'
import { PlanMissing } from './plan-missing.tsx'
import { SaleAfterCall } from './sale.tsx'
import type { Notes } from './use-notes.ts'
import { callWords } from './words.ts'
import styles from './wrap-up.module.css'

type Codes = CallPlan['codes']

const chooseTitle = ({ title, id }: Codes[number]): Pair => ({
  zh: callWords.choose.zh.replace('{code}', titleIn(title, 'zh', id)),
  en: callWords.choose.en.replace('{code}', titleIn(title, 'en', id)),
})

interface CodesProps {
  readonly codes: Codes
  readonly chosen: string | undefined
  readonly onChoose: (code: string) => void
}

const CodeChoice = ({ codes, chosen, onChoose }: CodesProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const { isOn } = useSingleKeys()
  useActions(
    'codes',
    codes.map((code, nth) => ({
      id: `code-${code.id}`,
      title: chooseTitle(code),
      key: nthKey(nth),
      run: () => onChoose(code.id),
    })),
  )
  return (
    <RadioGroup className={classes(choose.radios)} value={chosen ?? null} onChange={onChoose}>
      <Label className={classes(choose.label)}>{say(callWords.code)}</Label>
      {codes.map(({ id, title }, nth) => (
        <Radio key={id} value={id} className={classes(choose.radio)}>
          <span className={choose.dot} />
          <span className={choose.text}>{titleOf(title, id)}</span>
          {isOn && nthKey(nth) !== null && (
            <kbd aria-hidden className={keyStyles.key}>
              {nthKey(nth)}
            </kbd>
          )}
        </Radio>
      ))}
    </RadioGroup>
  )
}

const TimeLeft = ({ until }: { until: number }) => {
  const say = useSay()
  const format = useFormat()
  const leftMs = Math.max(0, until - useNow())
  return (
    <p className={styles.timeLeft}>
      <strong role="timer">{say(callWords.timeLeft, { left: format.duration(leftMs) })}</strong>
      <span className={parts.soft}>{say(callWords.timeOver)}</span>
    </p>
  )
}

export const WrapUp = ({ call, notes }: { call: LiveCall; notes: Notes }) => {
  const say = useSay()
  const whereOf = useWhere()
  const send = useSendOnce()
  const { plan } = usePlan()
  const [code, setCode] = useState<string>()
  const place = useRef<HTMLHeadingElement>(null)
  useEffect(() => place.current?.focus(), [])
  const finish = () => {
    if (code === undefined) return
    send({ name: 'call.wrap-up', params: { call: call.id, code, notes: notes.value } })
  }
  const more = () => send({ name: 'call.more-time', params: { call: call.id } })
  useActions('wrap-up', [
    ...(code === undefined
      ? []
      : [{ id: 'finish', title: callWords.finish, key: keyOf.wrapUp.finish, run: finish }]),
    { id: 'more-time', title: callWords.moreTime, key: keyOf.wrapUp.more, run: more },
  ])
  return (
    <div className={styles.wrapUp}>
      <section className={parts.form} aria-labelledby="wrap-up">
        <h2 id="wrap-up" ref={place} tabIndex={-1} className={parts.title}>
          {say(callWords.wrapUpTitle)}
        </h2>
        <p className={parts.soft}>{say(callWords.wrapUpOf, { where: whereOf(call) })}</p>
        {call.wrapUpUntil !== null && <TimeLeft until={call.wrapUpUntil} />}
        {plan === undefined ? (
          <PlanMissing />
        ) : (
          <CodeChoice codes={plan.codes} chosen={code} onChoose={setCode} />
        )}
        <div className={parts.buttons}>
          <KeyedButton
            keyName={keyOf.wrapUp.finish}
            kind="primary"
            isDisabled={code === undefined}
            icon={<Check aria-hidden />}
            onPress={finish}
          >
            {say(callWords.finish)}
          </KeyedButton>
          <KeyedButton keyName={keyOf.wrapUp.more} icon={<Clock3 aria-hidden />} onPress={more}>
            {say(callWords.moreTime)}
          </KeyedButton>
        </div>
      </section>
      <div className={parts.form}>
        <NotesPanel call={call} shared={notes} />
        <SaleAfterCall call={call} />
      </div>
    </div>
  )
}
