/** Everything that somebody entered, before it counts. */
import type { KioskField } from '#protocol/kiosk-service.ts'
import { BigButton } from '../parts/big-button.tsx'
import styles from '../parts/field.module.css'
import { Ahead, PageFrame } from '../parts/page.tsx'
import { type PageProps, usePut, useSpeech } from '../parts/use-kiosk.ts'
import { amountText, dayText } from '../words/numbers.ts'
import type { Speech } from '../words/say.ts'

const shown = (field: KioskField, entry: string | undefined, { say, title, locale }: Speech): string => {
  if (entry === undefined || entry === '') return say('notFilled')
  if ('secret' in field && field.secret) return say('keptSecret')
  if (field.kind === 'choice') return title(field.options.find(({ id }) => id === entry)?.title, entry)
  if (field.kind === 'amount') return amountText(field, Number(entry), locale)
  if (field.kind === 'date') return dayText(entry, locale)
  return field.kind === 'confirm' ? say('ticked') : entry
}

export const ReviewPage = ({ person }: PageProps) => {
  const speech = useSpeech()
  const { say, title } = speech
  const put = usePut()
  const { form } = person
  if (form === null) return null
  return (
    <PageFrame
      title={say('review')}
      before={title(form.service.title)}
      text={say('reviewText')}
      turn="review"
    >
      <div className={styles.sum}>
        {form.service.steps.map((step, at) => (
          <div key={step.id} className={styles.item}>
            <dl>
              {step.fields.map((field) => (
                <div key={field.id}>
                  <dt>{title(field.title)}</dt>
                  <dd data-private>{shown(field, form.entries[field.id], speech)}</dd>
                </div>
              ))}
            </dl>
            <BigButton
              label={say('changeOf', { what: title(step.title) })}
              onPress={() => put({ type: 'change', step: at })}
            >
              {say('change')}
            </BigButton>
          </div>
        ))}
      </div>
      <Ahead>
        <BigButton kind="primary" onPress={() => put({ type: 'submit' })}>
          {say('submit')}
        </BigButton>
      </Ahead>
    </PageFrame>
  )
}
