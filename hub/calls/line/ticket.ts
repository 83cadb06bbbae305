/**
 * The right to be one participant of one call, signed by the hub: a kiosk has no session, and whoever has one is in no call
 * by that alone. The key outlives a restart, so that people in a call need no new ticket because the hub needed a new start.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Participant } from '#protocol/calls/signalling.ts'
import { UsherError } from '#protocol/errors.ts'

const Pass = z.strictObject({
  call: z.string().min(1).max(80),
  participant: Participant,
  /** Wall-clock time. */
  until: z.int(),
})
export type Pass = z.infer<typeof Pass>

export interface Tickets {
  /** The same for the same pass, whenever it is asked: what carries it does not change by a restart. */
  issue(pass: Pass): string
  /** @throws UsherError `call.ticket` */
  read(ticket: string): Pass
}

const keyBytes = 32
/** Nothing else that is ever signed with this key begins so. */
const purpose = 'usher call ticket 1\n'

const readKey = async (path: string): Promise<Buffer | undefined> => {
  try {
    const key = await readFile(path)
    return key.length === keyBytes ? key : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all: a start that was cut off leaves no half key behind. */
const makeKey = async (path: string): Promise<Buffer> => {
  const key = randomBytes(keyBytes)
  await writeFile(`${path}.new`, key, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  return key
}

const sign = (key: Buffer, body: string) => createHmac('sha256', key).update(purpose).update(body).digest()

const parse = (body: string): Pass => {
  const [call, participant, until] = JSON.parse(Buffer.from(body, 'base64url').toString()) as unknown[]
  return Pass.parse({ call, participant, until })
}

export const ticketsOf = (key: Buffer, wallMs: () => number): Tickets => ({
  issue: ({ call, participant, until }) => {
    const body = Buffer.from(JSON.stringify([call, participant, until])).toString('base64url')
    return `${body}.${sign(key, body).toString('base64url')}`
  },
  read: (ticket) => {
    const [body = '', signature = '', more] = ticket.split('.')
    const given = Buffer.from(signature, 'base64url')
    const right = sign(key, body)
    if (more !== undefined || given.length !== right.length || !timingSafeEqual(given, right))
      throw new UsherError('call.ticket')
    const pass = parse(body)
    if (pass.until <= wallMs()) throw new UsherError('call.ticket', 'its time is over')
    return pass
  },
})

/** @param directory the data directory; the key is made once, readable by the hub's user alone. */
export const openTickets = async (directory: string, wallMs: () => number): Promise<Tickets> => {
  const folder = join(directory, 'pki')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'calls.key')
  return ticketsOf((await readKey(path)) ?? (await makeKey(path)), wallMs)
}
