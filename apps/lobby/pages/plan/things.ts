/** What the fields of a zone, a place and a device are given alike. */
import type { Picked, Plan } from './model/plan.ts'
import type { Names } from './use-names.ts'

export interface FieldsProps {
  readonly plan: Plan
  /** In force: what is not in it is new. */
  readonly base: Plan
  readonly names: Names
  readonly onEdit: (next: Plan, about?: string) => void
  readonly onPick: (picked: Picked | undefined) => void
  readonly isDisabled: boolean
}
