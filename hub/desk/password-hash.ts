/**
 * Passwords as argon2id, with what OWASP asks for (19 MiB, two passes, one lane). One at a time, and few in the queue:
 * however many try to sign in, they get one core and 19 MiB, and the hub has the rest.
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { UsherError } from '#protocol/errors.ts'

export interface HashCost {
  readonly memoryKib: number
  readonly passes: number
  readonly lanes: number
}

export const owaspCost: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 }

/** A person who signs in waits at most for so many others: about a second on a small machine. */
const waitingMax = 8
const saltBytes = 16
const hashBytes = 32

export interface PasswordHasher {
  /** @throws UsherError `sign-in.busy` */
  hash(password: string): Promise<string>
  /**
   * Takes the same work whatever it is asked: with no stored hash it is compared with one that nothing fits.
   * @throws UsherError `sign-in.busy`
   */
  verify(password: string, stored: string | null): Promise<boolean>
  /** Made with the cost of today. */
  isCurrent(stored: string): boolean
}

interface Stored {
  readonly cost: HashCost
  readonly salt: Buffer
  readonly hash: Buffer
}

/** The PHC string format, as other programs write it too; base64 without padding. */
const pattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/

const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

const write = ({ cost: { memoryKib, passes, lanes }, salt, hash }: Stored): string =>
  `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`

const read = (text: string): Stored => {
  const [, memory, passes, lanes, salt = '', hash = ''] = pattern.exec(text) ?? []
  if (memory === undefined)
    throw new UsherError('desk.accounts-unreadable', 'A hash is not as it was written.')
  return {
    cost: { memoryKib: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

/** The same sentence typed on two keyboards is the same password (NIST SP 800-63B-4, 3.1.1.2). */
const bytesOf = (password: string) => Buffer.from(password.normalize('NFC'), 'utf8')

const derive = (password: string, { cost, salt, hash }: Stored): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      {
        message: bytesOf(password),
        nonce: salt,
        parallelism: cost.lanes,
        tagLength: hash.length,
        memory: cost.memoryKib,
        passes: cost.passes,
      },
      (error, derived) => (error === null ? resolve(derived) : reject(error)),
    )
  })

/** One after the other. @throws UsherError `sign-in.busy` when too many wait. */
const createQueue = () => {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting > waitingMax) return Promise.reject(new UsherError('sign-in.busy'))
    waiting += 1
    const turn = last.then(work)
    last = turn
      .catch(() => undefined)
      .finally(() => {
        waiting -= 1
      })
    return turn
  }
}

export const createPasswordHasher = (cost: HashCost = owaspCost): PasswordHasher => {
  const inTurn = createQueue()
  /** Nothing hashes to it but by a chance of one in 2^256. */
  const nobody: Stored = { cost, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) }
  return {
    hash: (password) =>
      inTurn(async () => {
        const blank = { cost, salt: randomBytes(saltBytes), hash: Buffer.alloc(hashBytes) }
        return write({ ...blank, hash: await derive(password, blank) })
      }),
    verify: (password, stored) =>
      inTurn(async () => {
        const known = stored === null ? nobody : read(stored)
        return timingSafeEqual(await derive(password, known), known.hash)
      }),
    isCurrent: (stored) => {
      const made = read(stored).cost
      return made.memoryKib === cost.memoryKib && made.passes === cost.passes && made.lanes === cost.lanes
    },
  }
}
