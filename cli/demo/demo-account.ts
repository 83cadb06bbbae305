/**
 * The demonstration's own accounts, for this machine alone. Their password is kept beside the data: whoever starts it again on
 * the same data finds everybody signed in as before, in the middle of a call too.
 */
import { randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

const newPassword = () => Array.from({ length: 3 }, word).join('-')

/** What somebody else wrote there is no password of ours. */
const isOurs = (text: string) => /^[a-z]{8}(?:-[a-z]{8}){2}$/.test(text)

const kept = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return undefined
  }
}

const passwordIn = (data: string): string => {
  const file = join(data, 'demo-password')
  const known = kept(file)
  if (known !== undefined && isOurs(known)) return known
  const password = newPassword()
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

export const addDemoAccounts = async ({ desk }: Hub, data: string): Promise<DemoAccount> => {
  const password = passwordIn(data)
  await desk.putLocal({ name, roles: ['manager', 'admin'], password })
  await desk.putLocal({ name: second, roles: ['manager'], password })
  await desk.putLocal({ name: expert, roles: ['expert', 'lead'], password })
  await desk.putLocal({ name: auditor, roles: ['auditor'], password })
  return { name, second, expert, auditor, password }
}
