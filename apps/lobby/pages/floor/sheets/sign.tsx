/** The signs of the plan, as they stand beside words. */
import styles from './sheets.module.css'

const paths = {
  full: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3Z',
  ring: 'M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9Z',
  dashed: 'M8 3.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 0 1 0-9Z',
  check: 'M3 8.5 6.5 12 13 4.5',
  triangle: 'M8 2.5 14 13H2Z',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  arrows: 'M12.5 8a4.5 4.5 0 1 1-1.3-3.2M12.5 2.5v3h-3',
  hand: 'M5 8V4.2a1 1 0 0 1 2 0V7.5V3a1 1 0 0 1 2 0v4.5V3.8a1 1 0 0 1 2 0V9.5a4.5 4.5 0 0 1-8 2.8L1.8 9.3a1 1 0 0 1 1.6-1.2L5 9.5',
  bar: 'M3 8h10',
} as const
export type SignKind = keyof typeof paths

export interface SignProps {
  readonly kind: SignKind
  readonly tone: 'good' | 'high' | 'urgent' | 'normal' | 'soft'
}

export const Sign = ({ kind, tone }: SignProps) => (
  <svg className={styles.sign} data-kind={kind} data-tone={tone} viewBox="0 0 16 16" aria-hidden="true">
    <path d={paths[kind]} />
  </svg>
)
