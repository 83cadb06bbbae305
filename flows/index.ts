/** The flows that are shipped. */
import type { AnyFlow } from './define.ts'
import { greeting } from './greeting/flow.ts'

export const flows: readonly AnyFlow[] = [greeting]
