/** The code, the device, and the yes. */
import { CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components'
import { Button } from '../../../ui/button.tsx'
import { classes } from '../../../ui/classes.ts'
import { useFormat } from '../../../ui/format.ts'
import { useSay, useTitle } from '../../../ui/words.ts'
import { useNow, useRow, useTable } from '../../live/use-live.ts'
import styles from './devices-in.module.css'
import { blankDraft, choicesFor, codeOf, type Draft, type Pairings, pageOf, wishOf } from './model.ts'
import { type Admitting, useAdmitting } from './use-pairings.ts'
import { WhichDevice } from './which-device.tsx'
import { devicesInWords } from './words.ts'

interface LetInProps {
  readonly pairings: Pairings
  readonly again: () => void
}

const CodeField = ({ pairings, draft, onChange }: CodeFieldProps) => {
  const say = useSay()
  const now = useNow()
  const { duration } = useFormat()
  const page = pageOf(pairings, draft)
  const isUnknown = page === undefined && codeOf(draft.code) !== undefined
  return (
    <TextField
      className={classes(styles.codeField)}
      value={draft.code}
      onChange={onChange}
      isInvalid={isUnknown}
    >
      <Label className={classes(styles.label)}>{say(devicesInWords.code)}</Label>
      <Input
        className={classes(styles.code)}
        autoCapitalize="characters"
        autoComplete="off"
        autoCorrect="off"
        spellCheck="false"
        maxLength={12}
      />
      {!isUnknown && (
        <Text slot="description" className={classes(styles.soft)}>
          {page === undefined
            ? say(devicesInWords.codeHint)
            : say(devicesInWords.codeFound, {
                kind: say(devicesInWords[`kind.${page.kind}`]),
                age: duration(now - page.since),
              })}
        </Text>
      )}
      <FieldError className={classes(styles.trouble)}>{say(devicesInWords.codeUnknown)}</FieldError>
    </TextField>
  )
}

interface CodeFieldProps {
  readonly pairings: Pairings
  readonly draft: Draft
  readonly onChange: (code: string) => void
}

/** Until it is there, as the live table of devices has it. */
const Coming = ({ done, onAnother }: { done: NonNullable<Admitting['done']>; onAnother: () => void }) => {
  const say = useSay()
  const titleOf = useTitle()
  const row = useRow('devices', done.device)
  const device = titleOf(row?.title ?? {}, done.device)
  // Who was that device before may still count as online.
  const isIn = row?.link === 'online' && row.linkAt >= done.at
  return (
    <div className={styles.coming}>
      {isIn ? (
        <CircleCheck aria-hidden size={40} className={styles.good} />
      ) : (
        <LoaderCircle aria-hidden size={40} className={styles.turning} />
      )}
      <output className={styles.comingTitle}>
        {say(isIn ? devicesInWords.isIn : devicesInWords.coming, { device })}
      </output>
      {!isIn && <p className={styles.soft}>{say(devicesInWords.comingText)}</p>}
      <Button kind={isIn ? 'primary' : 'plain'} onPress={onAnother}>
        {say(devicesInWords.another)}
      </Button>
    </div>
  )
}

const Yes = ({ pairings, draft, admitting }: { pairings: Pairings; draft: Draft; admitting: Admitting }) => {
  const say = useSay()
  const wish = wishOf(pairings, draft, useTable('devices'))
  const { isSending, refused, admit } = admitting
  const replaced = wish?.replace && pairings.devices.find(({ id }) => id === wish.device)
  return (
    <>
      {replaced && (
        <p className={styles.replaces}>
          <TriangleAlert aria-hidden size={20} />
          {say(devicesInWords.replaces, { device: replaced.title })}
        </p>
      )}
      <Button
        kind="primary"
        wide
        isDisabled={wish === undefined || isSending}
        onPress={() => wish !== undefined && admit(wish)}
      >
        {say(replaced ? devicesInWords.replace : devicesInWords.admit)}
      </Button>
      <output className={styles.trouble}>
        {refused !== undefined &&
          `${say(devicesInWords.refused)}: ${refused.error?.text ?? say(devicesInWords.refusedText)}`}
      </output>
    </>
  )
}

export const LetIn = ({ pairings, again }: LetInProps) => {
  const say = useSay()
  const [draft, setDraft] = useState(blankDraft)
  const admitting = useAdmitting(again)
  const page = pageOf(pairings, draft)
  const change = (to: Partial<Draft>) => setDraft((before) => ({ ...before, ...to }))
  const { done } = admitting
  return (
    <section className={styles.card} aria-labelledby="devices-in-let-in">
      <h2 id="devices-in-let-in">{say(devicesInWords.letIn)}</h2>
      {done === undefined ? (
        <>
          <CodeField pairings={pairings} draft={draft} onChange={(code) => change({ code })} />
          {page !== undefined && (
            <>
              <WhichDevice
                kind={page.kind}
                choices={choicesFor(pairings, page.kind)}
                pairings={pairings}
                draft={draft}
                onChange={change}
              />
              <Yes pairings={pairings} draft={draft} admitting={admitting} />
            </>
          )}
        </>
      ) : (
        <Coming
          done={done}
          onAnother={() => {
            setDraft(blankDraft)
            admitting.begin()
          }}
        />
      )}
    </section>
  )
}
