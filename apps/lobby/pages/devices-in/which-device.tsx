/** Which device a page becomes: one that the branch has, with who is it now, or a new one with a name and a zone. */
import { Label, Radio, RadioGroup } from 'react-aria-components'
import type { PageKind } from '#protocol/desk/pairing-routes.ts'
import { Badge } from '../../../ui/badge.tsx'
import { classes } from '../../../ui/classes.ts'
import { Field } from '../../../ui/field.tsx'
import { useSay } from '../../../ui/words.ts'
import { useTable } from '../../live/use-live.ts'
import styles from './devices-in.module.css'
import { type Choice, type Draft, freeId, newDevice, type Pairings } from './model.ts'
import { devicesInWords } from './words.ts'

interface WhichDeviceProps {
  readonly kind: PageKind
  readonly choices: readonly Choice[]
  readonly pairings: Pairings
  readonly draft: Draft
  readonly onChange: (to: Partial<Draft>) => void
}

const titleMax = 80

const NewDevice = ({ kind, pairings, draft, onChange }: Omit<WhichDeviceProps, 'choices'>) => {
  const say = useSay()
  const id = freeId([...useTable('devices'), ...pairings.devices], kind)
  return (
    <div className={styles.newDevice}>
      <Field
        label={say(devicesInWords.nameZh)}
        value={draft.zh}
        maxLength={titleMax}
        onChange={(zh) => onChange({ zh })}
      />
      <Field
        label={say(devicesInWords.nameEn)}
        value={draft.en}
        maxLength={titleMax}
        onChange={(en) => onChange({ en })}
      />
      <RadioGroup
        className={classes(styles.group)}
        value={draft.zone ?? null}
        onChange={(zone) => onChange({ zone })}
      >
        <Label className={classes(styles.label)}>{say(devicesInWords.zone)}</Label>
        <div className={styles.zones}>
          {pairings.zones.map((zone) => (
            <Radio key={zone.id} value={zone.id} className={classes(styles.chip)}>
              {zone.title}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <p className={styles.soft}>{say(devicesInWords.asId, { id })}</p>
    </div>
  )
}

export const WhichDevice = ({ choices, ...props }: WhichDeviceProps) => {
  const say = useSay()
  const { kind, pairings, draft, onChange } = props
  const zoneTitle = (id: string | null) => pairings.zones.find((zone) => zone.id === id)?.title ?? ''
  return (
    <>
      <RadioGroup
        className={classes(styles.group)}
        value={draft.device ?? null}
        onChange={(device) => onChange({ device })}
      >
        <Label className={classes(styles.label)}>{say(devicesInWords.which)}</Label>
        {choices.map(({ id, title, zone, isTaken }) => (
          <Radio key={id} value={id} className={classes(styles.choice)}>
            <span className={styles.choiceText}>
              <span>{title}</span>
              <span className={styles.soft}>{zoneTitle(zone)}</span>
            </span>
            <Badge tone={isTaken ? 'high' : 'plain'}>
              {say(isTaken ? devicesInWords.taken : devicesInWords.free)}
            </Badge>
          </Radio>
        ))}
        <Radio value={newDevice} className={classes(styles.choice)}>
          <span className={styles.choiceText}>
            <span>{say(devicesInWords.newOne)}</span>
            <span className={styles.soft}>{say(devicesInWords[`newText.${kind}`])}</span>
          </span>
        </Radio>
      </RadioGroup>
      {draft.device === newDevice && <NewDevice {...props} />}
    </>
  )
}
