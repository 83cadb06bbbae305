/** The demonstration's own accounts: made with each start, with a password of that start, for this machine alone. */
import { randomInt } from 'node:crypto'
import type { Hub } from '#hub/main.ts'

export interface DemoAccount {
  readonly name: string
  /** What one person sets, and another has to agree to, needs two. */
  readonly second: string
  /** Whom kiosks and the tablet can call. */
  readonly expert: string
  readonly auditor: string
  /** Of all of them. */
  readonly password: string
}

/** Who has the shift in the demonstration branch, and who works beside them. */
const name = 'manager-1'
const second = 'lobby-1'
/** Also leads the experts. */
const expert = 'expert-1'
const auditor = 'auditor-1'

/** Easy to type, hard to guess: three words of four syllables, each one of 32. */
const syllables = [
  'ba be bi bo da de di do fa fe fi fo ga ge ka ke ki ko la le li lo ma me mi mo na ne ni no ra ri',
].flatMap((text) => text.split(' '))

const word = () => Array.from({ length: 4 }, () => syllables[randomInt(syllables.length)]).join('')

export const addDemoAccounts = async ({ desk }: Hub): Promise<DemoAccount> => {
  const password = Array.from({ length: 3 }, word).join('-')
  await desk.putLocal({ name, roles: ['manager', 'admin'], password })
  await desk.putLocal({ name: second, roles: ['manager'], password })
  await desk.putLocal({ name: expert, roles: ['expert', 'lead'], password })
  await desk.putLocal({ name: auditor, roles: ['auditor'], password })
  return { name, second, expert, auditor, password }
}
