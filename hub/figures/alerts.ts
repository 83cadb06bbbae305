/** Which records say that an alert was raised. */
import type { DecisionRecord } from '../engine/turn.ts'

/** Not what became of it, nor that it was raised again. */
export const isRaised = ({ kind, code, params }: DecisionRecord): boolean =>
  kind === 'alert' && !code.startsWith('alert.') && params?.['count'] === 1
