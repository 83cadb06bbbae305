/** One setting: what it means, its default and bounds, and the control that fits what it may be. */
import { RotateCcw } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import chips from '../../../ui/chips.module.css'
import { classes } from '../../../ui/classes.ts'
import { Field } from '../../../ui/field.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Stepper } from '../../../ui/stepper.tsx'
import { Toggle } from '../../../ui/toggle.tsx'
import { useSay } from '../../../ui/words.ts'
import { isBeyond } from './model/beyond.ts'
import { isSame } from './model/draft.ts'
import { type Json, type Setting, type Shape, toKept, toShown } from './model/fields.ts'
import { troubleOf } from './model/trouble.ts'
import styles from './policies.module.css'
import { useSaidValue } from './use-said-value.ts'
import { pairFor, policyWords } from './words.ts'

export interface SettingFieldProps {
  readonly setting: Setting
  readonly value: Json
  /** In force now. */
  readonly inForce: Json
  readonly onChange: (value: Json) => void
  readonly isDisabled: boolean
  /** The hub found it wrong. */
  readonly isRefused: boolean
}

interface ControlProps extends SettingFieldProps {
  /** The element that says what it is. */
  readonly labelledBy: string
}

type ControlOf<Kind extends Shape['kind']> = ControlProps & {
  readonly shape: Extract<Shape, { kind: Kind }>
}

const NumberControl = ({ setting, shape, value, onChange, isDisabled }: ControlOf<'number'>) => {
  const say = useSay()
  const { unit, least, most, step } = shape
  return (
    <Stepper
      label={setting.label}
      isBare
      value={toShown(typeof value === 'number' ? value : least, unit)}
      min={least}
      max={most}
      step={step}
      {...(unit.name !== 'none' && { unit: say(policyWords[`unit.${unit.name}`]) })}
      onChange={(shown) => onChange(toKept(shown, unit))}
      isDisabled={isDisabled}
    />
  )
}

const ChoicesControl = ({ setting, shape, value, onChange, isDisabled }: ControlOf<'choices'>) => {
  const said = useSaidValue()
  const chosen = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  return (
    <ToggleButtonGroup
      aria-label={setting.label}
      className={classes(chips.chips)}
      selectionMode="multiple"
      isDisabled={isDisabled}
      selectedKeys={chosen}
      onSelectionChange={(keys) => {
        // In the order in which they were chosen: who is asked first may matter.
        const kept = chosen.filter((one) => keys.has(one))
        onChange([...kept, ...shape.options.filter((one) => keys.has(one) && !chosen.includes(one))])
      }}
    >
      {shape.options.map((option) => (
        <ToggleButton key={option} id={option} className={classes(chips.chip)}>
          {said.member(option)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

const wordsIn = (value: Json): Record<string, string> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, string>)
    : {}

const languages = ['zh', 'en']

const PhraseControl = ({ shape, value, onChange, labelledBy }: ControlOf<'phrase'>) => {
  const say = useSay()
  const words = wordsIn(value)
  const set = (language: string, text: string) => {
    const { [language]: _, ...others } = words
    onChange(text === '' ? others : { ...words, [language]: text })
  }
  return (
    <fieldset className={styles.phrases} aria-labelledby={labelledBy}>
      {[...new Set([...languages, ...Object.keys(words)])].map((language) => {
        const pair = pairFor('language', language)
        const name = pair === undefined ? language : say(pair)
        return (
          <Field
            key={language}
            label={name}
            value={words[language] ?? ''}
            onChange={(text) => set(language, text)}
            lines={2}
            maxLength={shape.longest}
          />
        )
      })}
    </fieldset>
  )
}

const control = (props: ControlProps, fixed: ReactNode): ReactNode => {
  const { setting, value, onChange, isDisabled } = props
  const { shape } = setting
  switch (shape.kind) {
    case 'number':
      return <NumberControl {...props} shape={shape} />
    case 'choice':
      return (
        <Segmented
          label={setting.label}
          options={shape.options.map((id) => ({ id, text: id }))}
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
          isDisabled={isDisabled}
        />
      )
    case 'choices':
      return <ChoicesControl {...props} shape={shape} />
    case 'phrase':
      return isDisabled ? fixed : <PhraseControl {...props} shape={shape} />
    case 'text':
      return isDisabled ? (
        fixed
      ) : (
        <Field
          label={setting.label}
          isBare
          value={typeof value === 'string' ? value : ''}
          onChange={onChange}
          maxLength={shape.longest}
        />
      )
    case 'flag':
    case 'fixed':
      return fixed
  }
}

const useNote = ({ setting, value, inForce }: SettingFieldProps): string => {
  const say = useSay()
  const said = useSaidValue()
  const { shape, usual } = setting
  const isLong = shape.kind === 'phrase' || shape.kind === 'choices' || shape.kind === 'fixed'
  const parts = [
    ...(isSame(value, inForce) || isLong
      ? []
      : [say(policyWords.was, { value: said.value(setting, inForce) })]),
    ...(isSame(value, usual) && shape.kind !== 'number'
      ? []
      : [say(policyWords.usual, { value: said.value(setting, usual) })]),
    ...(shape.kind === 'number'
      ? [
          say(
            shape.allowed === undefined ? policyWords.bounds : policyWords.headOffice,
            said.span(setting, shape.allowed ?? shape),
          ),
        ]
      : []),
    ...(shape.kind === 'fixed' ? [say(policyWords.notHere)] : []),
  ]
  return parts.join(' · ')
}

const useTrouble = ({ setting, value }: SettingFieldProps): string | undefined => {
  const say = useSay()
  const trouble = troubleOf(setting, value)
  return trouble === undefined ? undefined : say(policyWords[trouble.word], trouble.params)
}

export const SettingField = (props: SettingFieldProps) => {
  const { setting, value, inForce, onChange, isDisabled, isRefused } = props
  const say = useSay()
  const said = useSaidValue()
  const id = useId()
  const note = useNote(props)
  const trouble = useTrouble(props)
  const isChanged = !isSame(value, inForce)
  const needsSecond = isBeyond(setting, { was: inForce, is: value })
  const isWide = setting.shape.kind === 'phrase' || setting.shape.kind === 'choices'
  return (
    <li
      className={classes(
        styles.setting,
        isWide && styles.wide,
        isChanged && styles.isChanged,
        needsSecond && styles.isBeyond,
        (trouble !== undefined || isRefused) && styles.isWrong,
      )}
      data-setting={setting.name}
    >
      {setting.shape.kind === 'flag' ? (
        <Toggle
          label={setting.label}
          hint={note}
          isOn={value === true}
          onChange={onChange}
          isDisabled={isDisabled}
        />
      ) : (
        <>
          <span className={styles.settingWords}>
            <span id={id}>{setting.label}</span>
            <span className={styles.soft}>{note}</span>
            {needsSecond && <span className={styles.beyond}>{say(policyWords.needsSecond)}</span>}
            {trouble !== undefined && <span className={styles.trouble}>{trouble}</span>}
          </span>
          <span className={styles.control}>
            {control(
              { ...props, labelledBy: id },
              <span className={styles.fixed}>{said.value(setting, value)}</span>,
            )}
            {!isDisabled && setting.shape.kind !== 'fixed' && !isSame(value, setting.usual) && (
              <IconButton
                label={`${say(policyWords.backToUsual)}: ${setting.label}`}
                icon={<RotateCcw aria-hidden size={20} />}
                onPress={() => onChange(setting.usual)}
              />
            )}
          </span>
        </>
      )}
    </li>
  )
}
