/** What was set, said back in one sentence, and the button that asks a second person; always in sight. */
import bar from '../../../ui/bar.module.css'
import { Button } from '../../../ui/button.tsx'
import { useSay } from '../../../ui/words.ts'
import type { Adding } from './add.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import type { Draft } from './model/draft.ts'
import { Refused } from './refused.tsx'
import { useWhy } from './use-doing.ts'
import { useDraftSaid } from './use-draft-said.ts'
import { contentWords } from './words.ts'

const versionSaid = ({ mandatory, mandatoryNow }: Draft) => {
  if (mandatory === mandatoryNow) return formWords.saidVersion
  return mandatory === null ? contentWords.endsMandatory : contentWords.runsAlways
}

export const SubmitBar = ({ at }: { readonly at: Adding }) => {
  const say = useSay()
  const why = useWhy()
  const { draft, library, doing, isBusy, troubles, isAsked, submit } = at
  const said = useDraftSaid(library)(draft)
  const count = Object.keys(troubles).length
  const isHalf = draft.added !== null && doing.refused !== undefined
  return (
    <section className={bar.bar} aria-label={say(formWords.said)}>
      <div className={bar.words}>
        <p aria-live="polite" data-said>
          {draft.isNew ? said : say(versionSaid(draft))}
        </p>
        {isAsked && count > 0 && (
          <p className={styles.trouble} role="alert">
            {say(formWords.missing, { count })}
          </p>
        )}
        {isHalf && doing.refused !== undefined ? (
          <p className={styles.trouble} role="alert">
            {say(formWords.half, { why: why(doing.refused) })}
          </p>
        ) : (
          <Refused doing={doing} />
        )}
      </div>
      <Button kind="primary" isDisabled={isBusy} onPress={() => void submit()}>
        {say(isBusy ? formWords.submitting : formWords.submit)}
      </Button>
    </section>
  )
}
