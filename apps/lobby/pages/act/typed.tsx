/** What is typed: the words in each language of the branch, a note, and how long a screen shows it. */
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useSay } from '../../../ui/words.ts'
import { useBranch } from '../../live/use-live.ts'
import styles from './act.module.css'
import { type Draft, shownForMs } from './forms.ts'
import { inLanguages, phrases } from './phrases.ts'
import { SlotHead } from './pick.tsx'
import type { ActPrefill } from './prefill.ts'
import { actWords } from './words.ts'

export interface TypedProps {
  readonly draft: Draft
  readonly onPut: (patch: ActPrefill) => void
}

const wordsMax = 300

const nameOf = { zh: actWords.zh, en: actWords.en } as const
const isNamed = (language: string): language is keyof typeof nameOf => Object.hasOwn(nameOf, language)

export const WordsFields = ({ draft, onPut }: TypedProps) => {
  const say = useSay()
  const languages = useBranch()?.languages ?? ['zh', 'en']
  const words = draft.words ?? {}
  return (
    <section className={styles.slot}>
      <SlotHead slot="words" draft={draft} />
      <div className={styles.phrases}>
        {phrases.map((phrase) => (
          <Button key={phrase.id} onPress={() => onPut({ words: inLanguages(phrase.words, languages) })}>
            {say(phrase.title)}
          </Button>
        ))}
      </div>
      {languages.map((language) => (
        <Field
          key={language}
          label={isNamed(language) ? say(nameOf[language]) : language}
          value={words[language] ?? ''}
          onChange={(text) => onPut({ words: { ...words, [language]: text } })}
          lines={2}
          maxLength={wordsMax}
        />
      ))}
    </section>
  )
}

const times = ['30000', '120000', '600000', '1800000'] as const

export const TimeField = ({ draft, onPut }: TypedProps) => {
  const say = useSay()
  const given = times.find((time) => Number(time) === (draft.forMs ?? shownForMs)) ?? times[0]
  return (
    <section className={styles.slot}>
      <SlotHead slot="forMs" draft={draft} />
      <Segmented
        label={say(actWords['slot.forMs'])}
        options={times.map((id) => {
          const seconds = Number(id) / 1_000
          return {
            id,
            text:
              seconds < 60
                ? say(actWords.forSeconds, { count: seconds })
                : say(actWords.forMinutes, { count: seconds / 60 }),
          }
        })}
        value={given}
        onChange={(time) => onPut({ forMs: Number(time) })}
      />
    </section>
  )
}

export const ReasonField = ({ draft, onPut }: TypedProps) => {
  const say = useSay()
  return (
    <Field
      label={say(actWords['slot.beyondCap'])}
      hint={say(actWords.onRecord)}
      value={draft.beyondCap ?? ''}
      onChange={(beyondCap) => onPut({ beyondCap })}
      lines={2}
      maxLength={wordsMax}
    />
  )
}

export const NoteField = ({ draft, onPut }: TypedProps) => {
  const say = useSay()
  return (
    <Field
      label={`${say(actWords['slot.note'])}（${say(actWords.optional)}）`}
      hint={say(actWords.noteHint)}
      value={draft.note ?? ''}
      onChange={(note) => onPut({ note })}
      lines={2}
      maxLength={wordsMax}
    />
  )
}
