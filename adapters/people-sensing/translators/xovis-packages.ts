/** Xovis numbers its packages: which were here already, which are missing, and when the sensor began anew. */
import type { TroubleCode } from '../troubles.ts'
import { Cumulative } from './loose.ts'

interface Known {
  readonly newest: number
  /** The newest few, in the order they came. */
  readonly seen: readonly number[]
}

/** Device, kind and agent → what is known of its packages. */
export type Packages = Readonly<Record<string, Known>>

export interface Order {
  readonly packages: Packages
  readonly isDuplicate: boolean
  /** The sensor restarted: what it calls track 5 now is somebody else. */
  readonly isNewLife: boolean
  readonly trouble?: TroubleCode
  readonly times?: number
}

/** A package that is overtaken by more than this was not overtaken: the numbers begin anew. */
const windowMax = 64
const agentsMax = 256

export const orderOf = (
  packages: Packages,
  on: {
    readonly key: string
    readonly info: { readonly id?: unknown; readonly agent_id?: unknown }
    readonly isAgain: boolean
  },
): Order => {
  const id = Cumulative.safeParse(on.info.id)
  if (!id.success) return { packages, isDuplicate: false, isNewLife: false }
  const agent = Cumulative.safeParse(on.info.agent_id)
  const key = `${on.key} ${agent.success ? agent.data : ''}`
  const known = packages[key]
  if (known === undefined && Object.keys(packages).length >= agentsMax)
    return { packages, isDuplicate: false, isNewLife: false }
  const put = (next: Known): Packages => ({ ...packages, [key]: next })
  const number = id.data
  if (known === undefined)
    return { packages: put({ newest: number, seen: [number] }), isDuplicate: false, isNewLife: false }
  const seen = [...known.seen, number].slice(-windowMax)
  if (known.seen.includes(number) && !beginsAnew(known, number, on.isAgain))
    return { packages, isDuplicate: true, isNewLife: false, trouble: 'duplicate' }
  if (number > known.newest) {
    const missing = number - known.newest - 1
    return {
      packages: put({ newest: number, seen }),
      isDuplicate: false,
      isNewLife: false,
      ...(missing > 0 && { trouble: 'gap', times: missing }),
    }
  }
  if (beginsAnew(known, number, on.isAgain))
    return {
      packages: put({ newest: number, seen: [number] }),
      isDuplicate: false,
      isNewLife: true,
      trouble: 'sensor-restarted',
    }
  return {
    packages: put({ newest: known.newest, seen }),
    isDuplicate: false,
    isNewLife: false,
    trouble: 'out-of-order',
  }
}

/** The first two numbers are only ever given by a sensor that has just started. */
const beginsAnew = ({ newest }: Known, number: number, isAgain: boolean) =>
  newest - number >= windowMax || (number <= 1 && newest > number + 1 && !isAgain)
