/** Why a flow wanted something, or wanted nothing, in the words of the people who read it. */

import { sayReason } from '#hub/dispatch/reason-words.ts'
import type { Reason } from '#protocol/intents.ts'
import type { Tongue } from '../io/language.ts'
import { flowReasons } from './flow-reasons.ts'

/** `{name}` stands for the parameter of that name. */
const filled = (text: string, params: Reason['params']): string =>
  text.replaceAll(/\{([a-z-]+)\}/gi, (_, name: string) => String(params?.[name] ?? '?'))

/** A code that neither the flows' table nor the hub's has is given as it is. */
export const sayWhy = ({ code, params }: Reason, tongue: Tongue): string => {
  const known = Object.hasOwn(flowReasons, code) ? flowReasons[code] : undefined
  return known === undefined ? sayReason(code, tongue) : filled(known[tongue], params)
}
