/** Why a flow wanted something, or wanted nothing, in the words of the people who read it. */
import { sayReason } from '#hub/look/words/reason-words.ts'
import type { Reason } from '#protocol/intents.ts'
import type { Tongue } from '../io/language.ts'

export const sayWhy = ({ code, params }: Reason, tongue: Tongue): string => sayReason(code, tongue, params)
