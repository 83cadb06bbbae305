/** For whom something is shown: what nearly everybody sets in sight, the rest folded away. */
import { Stepper } from '../../../ui/stepper.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { languageName, useSay, useTongue } from '../../../ui/words.ts'
import { Chips } from './chips.tsx'
import styles from './form.module.css'
import { formWords } from './form-words.ts'
import { type CampaignForm, newCampaignForm, segments, type Troubles } from './model/campaign-form.ts'
import { segmentSaid } from './model/sentence.ts'
import type { Library } from './model/shown-on.ts'
import { More } from './more.tsx'
import { DaysFields, HoursFields } from './runs-fields.tsx'
import { ZoneChips } from './zone-chips.tsx'

export interface CampaignFieldsProps {
  readonly library: Library
  readonly value: CampaignForm
  readonly onChange: (value: CampaignForm) => void
  readonly troubles: Troubles
}

const isPlain = ({ runs, perDay, holdout, needsPerson, priority }: CampaignForm) =>
  runs.weekdays.length === 0 &&
  runs.from === '' &&
  runs.to === '' &&
  perDay === newCampaignForm.perDay &&
  holdout === newCampaignForm.holdout &&
  priority === newCampaignForm.priority &&
  !needsPerson

const MoreFields = ({ value, onChange, troubles }: CampaignFieldsProps) => {
  const say = useSay()
  return (
    <More
      key={troubles.days}
      label={say(formWords.more)}
      isOpenAtFirst={!isPlain(value) || troubles.days !== undefined}
    >
      <DaysFields value={value.runs} onChange={(runs) => onChange({ ...value, runs })} troubles={troubles} />
      <div className={styles.narrow}>
        <Stepper
          label={say(formWords.perDay)}
          value={value.perDay}
          onChange={(perDay) => onChange({ ...value, perDay })}
          min={1}
          max={1_000_000}
          step={1}
          unit={say(formWords.times)}
        />
      </div>
      <div className={styles.narrow}>
        <Stepper
          label={say(formWords.holdout)}
          value={value.holdout}
          onChange={(holdout) => onChange({ ...value, holdout })}
          min={0}
          max={100}
          unit={say(formWords.percent)}
        />
        <span className={styles.hint}>{say(formWords.holdoutHint)}</span>
      </div>
      <div className={styles.narrow}>
        <Stepper
          label={say(formWords.priority)}
          value={value.priority}
          onChange={(priority) => onChange({ ...value, priority })}
          min={0}
          max={9}
        />
        <span className={styles.hint}>{say(formWords.priorityHint)}</span>
      </div>
      <Toggle
        label={say(formWords.needsPerson)}
        hint={say(formWords.needsPersonHint)}
        isOn={value.needsPerson}
        onChange={(needsPerson) => onChange({ ...value, needsPerson })}
      />
    </More>
  )
}

export const CampaignFields = (props: CampaignFieldsProps) => {
  const { library, value, onChange, troubles } = props
  const say = useSay()
  const tongue = useTongue()
  return (
    <>
      <ZoneChips
        zones={library.zones}
        chosen={value.zones}
        onChange={(zones) => onChange({ ...value, zones })}
      />
      <HoursFields value={value.runs} onChange={(runs) => onChange({ ...value, runs })} troubles={troubles} />
      <Chips
        label={say(formWords.segments)}
        hint={say(formWords.segmentsHint)}
        options={segments.map((id) => ({ id, text: segmentSaid(id, tongue) }))}
        chosen={value.segments}
        onChange={(chosen) => onChange({ ...value, segments: chosen })}
      />
      <Chips
        label={say(formWords.languages)}
        hint={say(formWords.languagesHint)}
        options={[...new Set([...library.languages, ...value.languages])].map((id) => ({
          id,
          text: languageName(id, tongue),
        }))}
        chosen={value.languages}
        onChange={(languages) => onChange({ ...value, languages })}
      />
      <div className={styles.narrow}>
        <Stepper
          label={say(formWords.perVisit)}
          value={value.perVisit}
          onChange={(perVisit) => onChange({ ...value, perVisit })}
          min={1}
          max={100}
          unit={say(formWords.times)}
        />
      </div>
      <MoreFields {...props} />
    </>
  )
}
