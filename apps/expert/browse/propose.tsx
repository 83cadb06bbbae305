/** An entry that the expert proposes for a field of the form: what may be proposed for, the kiosk says. */
import { type FormEvent, useId, useState } from 'react'
import { browseMost, type ProposableField } from '#protocol/calls/browse.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useSay, useTitle } from '../../ui/words.ts'
import parts from '../call/parts.module.css'
import { browseWords } from './words.ts'

interface ValueProps {
  readonly field: ProposableField
  readonly value: string
  readonly onChange: (value: string) => void
}

const Value = ({ field, value, onChange }: ValueProps) => {
  const say = useSay()
  const titleOf = useTitle()
  if (field.kind === 'choice')
    return (
      <Choice
        label={say(browseWords.value)}
        value={value}
        options={[
          { id: '', text: '' },
          ...field.options.map(({ id, title }) => ({ id, text: titleOf(title, id) })),
        ]}
        onChange={onChange}
      />
    )
  return (
    <Field
      label={say(browseWords.value)}
      value={value}
      onChange={onChange}
      maxLength={browseMost.value}
      autoFocus
      {...(field.kind === 'date' && { hint: say(browseWords['hint.date']) })}
    />
  )
}

export interface ProposeProps {
  readonly fields: readonly ProposableField[]
  readonly onPropose: (field: ProposableField, value: string) => void
  readonly onClose: () => void
}

export const Propose = ({ fields, onPropose, onClose }: ProposeProps) => {
  const say = useSay()
  const titleOf = useTitle()
  const form = useId()
  const [chosen, setChosen] = useState(fields[0]?.id)
  const [value, setValue] = useState('')
  const field = fields.find(({ id }) => id === chosen) ?? fields[0]
  const text = value.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (field !== undefined && text !== '') onPropose(field, text)
  }
  return (
    <Dialog
      title={say(browseWords.proposeTitle)}
      isOpen
      onClose={onClose}
      isDismissable={false}
      actions={
        <Button kind="primary" type="submit" form={form} isDisabled={field === undefined || text === ''}>
          {say(browseWords.send)}
        </Button>
      }
    >
      <form id={form} className={parts.form} autoComplete="off" onSubmit={submit}>
        <p className={parts.soft}>{say(browseWords.proposeHint)}</p>
        {field !== undefined && (
          <>
            <Choice
              label={say(browseWords.field)}
              value={field.id}
              options={fields.map(({ id, title }) => ({ id, text: titleOf(title, id) }))}
              onChange={(id) => {
                setChosen(id)
                setValue('')
              }}
            />
            <Value key={field.id} field={field} value={value} onChange={setValue} />
          </>
        )}
      </form>
    </Dialog>
  )
}
