/** One step of a form: a question or a few that belong together, and keys for those that want numbers. */
import { type FormEvent, useState } from 'react'
import type { KioskField } from '#protocol/kiosk-service.ts'
import { isSecretIn } from '../browse/fields.ts'
import { BigButton } from '../parts/big-button.tsx'
import { digitsIn, withDigits } from '../parts/date-parts.tsx'
import styles from '../parts/field.module.css'
import { Field, lengthOf } from '../parts/field.tsx'
import { KeyPad } from '../parts/key-pad.tsx'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { type PageProps, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { problemText } from './problem-words.ts'

const padKinds: ReadonlySet<KioskField['kind']> = new Set(['number', 'digits', 'amount', 'date', 'phone'])

interface PadProps {
  readonly field: KioskField
  readonly entry: string
  readonly onEnter: (value: string) => void
}

const Pad = ({ field, entry, onEnter }: PadProps) =>
  field.kind === 'date' ? (
    <KeyPad
      keys="digits"
      value={digitsIn(entry)}
      lengthMax={8}
      onChange={(digits) => onEnter(withDigits(digits))}
    />
  ) : (
    <KeyPad
      keys={field.kind === 'amount' ? 'amount' : 'digits'}
      value={entry}
      lengthMax={lengthOf(field)}
      onChange={onEnter}
    />
  )

export const StepPage = ({ person }: PageProps) => {
  const speech = useSpeech()
  const { say, title } = speech
  const put = usePut()
  const [chosen, setChosen] = useState<string | null>(null)
  const { form } = person
  const step = form?.service.steps[form.step]
  if (form === null || step === undefined) return null
  const withPad = step.fields.filter(({ kind }) => padKinds.has(kind))
  const active = withPad.find(({ id }) => id === chosen) ?? withPad[0]
  const layout = active === undefined ? styles.stack : styles.split
  const enter = (field: string) => (value: string) => put({ type: 'enter', field, value })
  const wrong = step.fields.filter(({ id }) => form.problems[id] !== undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    put({ type: 'next' })
  }
  return (
    <PageFrame
      title={title(step.title)}
      before={`${title(form.service.title)} · ${say('step', { n: form.step + 1, all: form.service.steps.length })}`}
      text={step.text === undefined ? undefined : title(step.text)}
      turn={`step ${form.step}`}
    >
      <form className={styles.stack} autoComplete="off" noValidate onSubmit={submit}>
        <div className={layout} data-secret={isSecretIn(step) || undefined}>
          <div className={styles.stack}>
            {step.fields.map((field) => {
              const problem = form.problems[field.id]
              return (
                <Field
                  key={field.id}
                  field={field}
                  entry={form.entries[field.id] ?? ''}
                  problem={problem === undefined ? undefined : problemText(field, problem, speech)}
                  isActive={active?.id === field.id}
                  onEnter={enter(field.id)}
                  onActive={() => setChosen(field.id)}
                />
              )
            })}
          </div>
          {active !== undefined && (
            <Pad field={active} entry={form.entries[active.id] ?? ''} onEnter={enter(active.id)} />
          )}
        </div>
        <p role="alert" className="visually-hidden">
          {wrong.length > 0 && say('problems', { what: wrong.map((field) => title(field.title)).join(', ') })}
        </p>
        <Ahead>
          <BigButton kind="primary" onPress={() => put({ type: 'next' })}>
            {say('next')}
          </BigButton>
        </Ahead>
      </form>
    </PageFrame>
  )
}
