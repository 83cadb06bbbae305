/** Every method of the local socket. */
import type { Handler } from '../control.ts'
import { branchMethods } from './branch.ts'
import { callMethods } from './calls.ts'
import { configMethods } from './config.ts'
import { contentMethods } from './content.ts'
import { deviceMethods } from './devices.ts'
import { effectMethods } from './effect.ts'
import { explainMethods } from './explain.ts'
import { flowMethods } from './flows.ts'
import { journalMethods } from './journal.ts'
import type { MethodParts } from './method.ts'
import { peopleMethods } from './people.ts'
import { promotionMethods } from './promotion.ts'
import { proposalMethods } from './proposals.ts'
import { recordMethods } from './records.ts'
import { remoteMethods } from './remote.ts'
import { saleMethods } from './sales.ts'
import { scoreMethods } from './score.ts'
import { storeMethods } from './store.ts'
import { taskMethods } from './tasks.ts'

export const allMethods = (parts: MethodParts): Readonly<Record<string, Handler>> => ({
  ...branchMethods(parts),
  ...callMethods(parts),
  ...configMethods(parts),
  ...contentMethods(parts),
  ...deviceMethods(parts),
  ...effectMethods(parts),
  ...explainMethods(parts),
  ...flowMethods(parts),
  ...proposalMethods(parts),
  ...journalMethods(parts),
  ...peopleMethods(parts),
  ...promotionMethods(parts),
  ...recordMethods(parts),
  ...remoteMethods(parts),
  ...saleMethods(parts),
  ...scoreMethods(parts),
  ...storeMethods(parts),
  ...taskMethods(parts),
})
