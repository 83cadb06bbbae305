/** The settings of a flow: first those that are held against something measured, on a chart of it, then the others. */
import { useSay } from '../../../ui/words.ts'
import { valueIn } from './model/draft.ts'
import type { Json, Setting } from './model/fields.ts'
import { type Measured, measuredOf } from './model/measured.ts'
import styles from './policies.module.css'
import { SettingField } from './setting-field.tsx'
import { type Threshold, ThresholdChart } from './threshold-chart.tsx'
import type { DraftHere } from './use-draft.ts'
import { policyWords } from './words.ts'

export interface SettingsProps {
  readonly flow: string
  readonly settings: readonly Setting[]
  readonly here: DraftHere
  readonly onChange: (name: string, value: Json) => void
  readonly isDisabled: boolean
  /** Those that the hub found wrong. */
  readonly refused: readonly string[]
}

const Fields = ({ settings, here, onChange, isDisabled, refused }: SettingsProps) => (
  <ul className={styles.settings}>
    {settings.map((setting) => (
      <SettingField
        key={setting.name}
        setting={setting}
        value={valueIn(here.draft, here.now, setting.name)}
        inForce={here.now.values[setting.name] ?? null}
        onChange={(value) => onChange(setting.name, value)}
        isDisabled={isDisabled}
        isRefused={refused.includes(setting.name)}
      />
    ))}
  </ul>
)

const thresholdsOf = ({ settings }: Measured, props: SettingsProps): readonly Threshold[] =>
  settings.flatMap((name) => {
    const setting = props.settings.find((one) => one.name === name)
    const value = valueIn(props.here.draft, props.here.now, name)
    return setting?.shape.kind === 'number' && typeof value === 'number'
      ? [{ setting: { ...setting, shape: setting.shape }, value }]
      : []
  })

const MeasuredPart = ({ measured, ...props }: SettingsProps & { readonly measured: Measured }) => {
  const say = useSay()
  return (
    <section className={styles.part} aria-label={say(policyWords[`measure.${measured.measure}`])}>
      <ThresholdChart
        measure={measured.measure}
        thresholds={thresholdsOf(measured, props)}
        onChange={props.onChange}
        isDisabled={props.isDisabled}
      />
      <Fields {...props} settings={props.settings.filter(({ name }) => measured.settings.includes(name))} />
    </section>
  )
}

export const Settings = (props: SettingsProps) => {
  const say = useSay()
  const charts = measuredOf(props.flow).filter((measured) => thresholdsOf(measured, props).length > 0)
  const onCharts = new Set(charts.flatMap(({ settings }) => settings))
  const others = props.settings.filter(({ name }) => !onCharts.has(name))
  return (
    <>
      {charts.map((measured) => (
        <MeasuredPart key={measured.measure} measured={measured} {...props} />
      ))}
      {others.length > 0 && (
        <section
          className={styles.part}
          aria-label={say(charts.length === 0 ? policyWords.settings : policyWords.more)}
        >
          {charts.length > 0 && <h2 className={styles.heading}>{say(policyWords.more)}</h2>}
          <Fields {...props} settings={others} />
        </section>
      )}
    </>
  )
}
