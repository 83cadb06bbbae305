/** What is shown: a file, words or a template, with what a second person has to know of it. */
import { liveTemplates, mandatoryKinds } from '#protocol/content.ts'
import { Field } from '../../../ui/field.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { languageName, useSay, useTongue } from '../../../ui/words.ts'
import { FilePart } from './file-part.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { type Draft, type DraftTroubles, sources, withMandatory, wordsIn } from './model/draft.ts'
import type { Library } from './model/shown-on.ts'
import { ChoiceField, DayField } from './native-field.tsx'
import type { SendingHere } from './use-sending.ts'
import { contentWords } from './words.ts'

export interface PartProps {
  readonly library: Library
  readonly draft: Draft
  readonly set: (change: (before: Draft) => Draft) => void
  /** Nothing while nobody asked. */
  readonly troubles: DraftTroubles
}

interface WhatPartProps extends PartProps {
  readonly sending: SendingHere
}

/** The languages of the branch, and whatever else there are words in. */
const languagesFor = ({ library, draft }: PartProps): readonly string[] => [
  ...new Set([...library.languages, ...Object.keys(draft.words), ...draft.campaign.languages]),
]

const useWordsTrouble = (props: PartProps) => {
  const say = useSay()
  const tongue = useTongue()
  const { draft, troubles } = props
  const said = wordsIn(draft.words)
  const missing = draft.campaign.languages.filter((one) => said[one] === undefined)
  return (language: string): string | undefined => {
    if (troubles.words === undefined) return undefined
    const first = troubles.words === 'words-missing' ? languagesFor(props)[0] : missing[0]
    if (language !== first) return undefined
    const languages = missing.map((one) => languageName(one, tongue)).join(' · ')
    return say(formWords[`trouble.${troubles.words}`], { languages })
  }
}

const Source = ({ draft, set, troubles, sending }: WhatPartProps) => {
  const say = useSay()
  return (
    <>
      <Segmented
        label={say(formWords.source)}
        options={sources.map((id) => ({ id, text: say(formWords[`source.${id}`]) }))}
        value={draft.source}
        onChange={(source) => set((before) => ({ ...before, source }))}
      />
      {draft.source === 'file' && (
        <FilePart
          media={draft.media}
          sending={sending}
          trouble={troubles.file && say(formWords[`trouble.${troubles.file}`])}
        />
      )}
      {draft.source === 'template' && (
        <Segmented
          label={say(formWords.template)}
          options={liveTemplates.map((id) => ({ id, text: say(formWords[`template.${id}`]) }))}
          value={draft.template}
          onChange={(template) => set((before) => ({ ...before, template }))}
        />
      )}
    </>
  )
}

const WordsFields = (props: PartProps) => {
  const say = useSay()
  const tongue = useTongue()
  const { draft, set } = props
  const troubleIn = useWordsTrouble(props)
  return (
    <>
      {languagesFor(props).map((language, index) => (
        <div key={language} lang={language}>
          <Field
            label={say(formWords.words, { language: languageName(language, tongue) })}
            {...(index === 0 && { hint: say(formWords.wordsHint) })}
            value={draft.words[language] ?? ''}
            onChange={(text) =>
              set((before) => ({ ...before, words: { ...before.words, [language]: text } }))
            }
            lines={2}
            maxLength={300}
            trouble={troubleIn(language)}
          />
        </div>
      ))}
    </>
  )
}

const Papers = ({ draft, set, troubles }: PartProps) => {
  const say = useSay()
  return (
    <>
      <div className={styles.pair}>
        <Field
          label={say(formWords.productCode)}
          hint={say(formWords.productHint)}
          value={draft.productCode}
          onChange={(productCode) => set((before) => ({ ...before, productCode }))}
          maxLength={64}
          trouble={troubles.productCode && say(formWords[`trouble.${troubles.productCode}`])}
        />
        <DayField
          label={say(formWords.lastDay)}
          hint={draft.expiresOn === '' ? say(formWords.lastDayNone) : undefined}
          value={draft.expiresOn}
          onChange={(expiresOn) => set((before) => ({ ...before, expiresOn }))}
          trouble={troubles.expiresOn && say(formWords[`trouble.${troubles.expiresOn}`])}
        />
      </div>
      <ChoiceField
        label={say(formWords.mandatory)}
        hint={
          draft.isNew || draft.mandatory === draft.mandatoryNow ? undefined : say(formWords.mandatoryChange)
        }
        value={draft.mandatory ?? ''}
        onChange={(kind) =>
          set((before) => withMandatory(before, mandatoryKinds.find((one) => one === kind) ?? null))
        }
        options={[
          { id: '', text: say(formWords.mandatoryNone) },
          ...mandatoryKinds.map((id) => ({ id, text: say(contentWords[`mandatory.${id}`]) })),
        ]}
      />
    </>
  )
}

export const WhatPart = (props: WhatPartProps) => {
  const say = useSay()
  const { draft, set, troubles } = props
  return (
    <section className={styles.part} aria-labelledby="content-what">
      <h2 id="content-what">{say(formWords.what)}</h2>
      <Source {...props} />
      {draft.isNew && (
        <Field
          label={say(formWords.titleField)}
          value={draft.title}
          onChange={(title) => set((before) => ({ ...before, title }))}
          maxLength={80}
          trouble={troubles.title && say(formWords[`trouble.${troubles.title}`])}
        />
      )}
      <WordsFields {...props} />
      <Papers {...props} />
    </section>
  )
}
