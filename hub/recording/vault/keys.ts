/**
 * The keys of the recordings. One key of the data directory wraps a key of each recording, from which each file has one of its
 * own: destroying a recording's key destroys what is in its files, wherever copies of them are. What is sealed is signed,
 * so that somebody elsewhere can check an export without any secret.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsherError } from '#protocol/errors.ts'

const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

export interface VaultKeys {
  /** A new key for one recording, as it is kept on disk. */
  wrap(recording: string, key: Buffer): string
  /** @throws UsherError `recording.damaged` */
  unwrap(recording: string, wrapped: string): Buffer
  /** Of what is kept beside the files and may change: holds, the end of its time. */
  mac(purpose: string, text: string): string
  isMac(purpose: string, text: string, mac: string): boolean
  /** Ed25519, base64url. */
  sign(text: string): string
  /** SPKI, PEM: goes with an export. */
  readonly publicKey: string
}

export const newDataKey = (): Buffer => randomBytes(keyBytes)

const derive = (master: Buffer, info: string) => Buffer.from(hkdfSync('sha256', master, '', info, keyBytes))

const readOr = async (path: string, make: () => Buffer): Promise<Buffer> => {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const made = make()
  // Whole or not at all: a start that was cut off leaves no half key behind.
  await writeFile(`${path}.new`, made, { mode: 0o600, flush: true })
  await rename(`${path}.new`, path)
  return made
}

const makePair = () =>
  Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }))

const seal = (key: Buffer, plain: Buffer): string => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

const open = (key: Buffer, sealed: string): Buffer => {
  const all = Buffer.from(sealed, 'base64url')
  // Two ways of writing one key would be a bit that can be flipped unseen.
  if (all.toString('base64url') !== sealed || all.length !== nonceBytes + keyBytes + tagBytes)
    throw new UsherError('recording.damaged', 'key')
  const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, nonceBytes))
  decipher.setAuthTag(all.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(all.subarray(nonceBytes, -tagBytes)), decipher.final()])
  } catch (cause) {
    throw new UsherError('recording.damaged', 'key', { cause })
  }
}

const keysOf = (master: Buffer, pair: KeyObject): VaultKeys => {
  const wrapKey = (recording: string) => derive(master, `usher recording wrap 1\n${recording}`)
  const macKey = derive(master, 'usher recording record 1\n')
  const mac = (purpose: string, text: string) =>
    createHmac('sha256', macKey).update(`${purpose}\n`).update(text).digest('base64url')
  return {
    wrap: (recording, key) => seal(wrapKey(recording), key),
    unwrap: (recording, wrapped) => open(wrapKey(recording), wrapped),
    mac,
    isMac: (purpose, text, given) => {
      const right = Buffer.from(mac(purpose, text))
      const said = Buffer.from(given)
      return right.length === said.length && timingSafeEqual(right, said)
    },
    sign: (text) => sign(null, Buffer.from(text), pair).toString('base64url'),
    publicKey: createPublicKey(pair).export({ type: 'spki', format: 'pem' }) as string,
  }
}

export const isSignedBy = (publicKey: string, text: string, signature: string): boolean => {
  const given = Buffer.from(signature, 'base64url')
  if (given.toString('base64url') !== signature) return false
  return verify(null, Buffer.from(text), createPublicKey(publicKey), given)
}

/**
 * @param directory the data directory; both keys are made once, readable by the hub's user alone.
 * @throws UsherError `recording.damaged`
 */
export const openVaultKeys = async (directory: string): Promise<VaultKeys> => {
  const folder = join(directory, 'pki')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const master = await readOr(join(folder, 'recordings.key'), () => randomBytes(keyBytes))
  if (master.length !== keyBytes) throw new UsherError('recording.damaged', join(folder, 'recordings.key'))
  const sealPath = join(folder, 'recordings-seal.pem')
  const pem = await readOr(sealPath, makePair)
  try {
    return keysOf(master, createPrivateKey(pem))
  } catch (cause) {
    throw new UsherError('recording.damaged', sealPath, { cause })
  }
}
