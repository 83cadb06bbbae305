/** A length to type, to the centimetre: not every wall stands on the grid. */
import { Group, Input, Label, NumberField } from 'react-aria-components'
import { planMetresMax } from '#protocol/desk/look/plan-file.ts'
import { useSay } from '../../../ui/words.ts'
import { exact } from './model/grid.ts'
import styles from './panel.module.css'
import { planWords } from './words.ts'

export interface MetresProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min?: number
  readonly isDisabled?: boolean
}

export const Metres = ({ label, value, onChange, min = -planMetresMax, isDisabled = false }: MetresProps) => {
  const say = useSay()
  return (
    <NumberField
      className={styles.metres ?? ''}
      value={value}
      minValue={min}
      maxValue={planMetresMax}
      isDisabled={isDisabled}
      formatOptions={{ maximumFractionDigits: 2, useGrouping: false }}
      onChange={(next) => {
        if (!Number.isNaN(next)) onChange(exact(next))
      }}
    >
      <Label>{label}</Label>
      <Group className={styles.metresGroup ?? ''}>
        <Input className={styles.input ?? ''} />
        <span className={styles.soft}>{say(planWords.metres)}</span>
      </Group>
    </NumberField>
  )
}
