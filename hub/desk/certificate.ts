/**
 * What the desk shows browsers beyond this machine: a certificate that the bank brings, read again when its files change,
 * or one that the branch's own authority signs.
 */
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { UsherError } from '#protocol/errors.ts'
import { openServerPair } from '../broker/authority.ts'
import type { Pair } from '../broker/certificates.ts'
import { isLoopback } from '../broker/gate.ts'
import type { Clock } from '../engine/hub-time.ts'

export interface HttpsSettings {
  readonly host: string
  readonly names: readonly string[]
  readonly certificate?: string | undefined
  readonly key?: string | undefined
}

interface Parts {
  readonly settings: HttpsSettings
  readonly directory: string
  readonly branch: string
  readonly certificateDays: number
  readonly wallMs: () => number
}

const lookEveryMs = 10_000

/** @throws UsherError `http.certificate` unless they are a pair. */
export const readPairFiles = async (certificate: string, key: string): Promise<Pair> => {
  try {
    const [cert, secret] = await Promise.all([readFile(certificate, 'utf8'), readFile(key, 'utf8')])
    createSecureContext({ cert, key: secret })
    return { certificate: cert, key: secret }
  } catch (cause) {
    throw new UsherError('http.certificate', `${certificate}, ${key}`, { cause })
  }
}

/** Plain HTTP is for this machine only: then undefined. @throws UsherError `http.certificate` */
export const openPair = async (parts: Parts): Promise<Pair | undefined> => {
  const { host, names, certificate, key } = parts.settings
  if (isLoopback(host)) return undefined
  if (certificate !== undefined && key !== undefined) return readPairFiles(certificate, key)
  return openServerPair({ ...parts, hosts: names }, 'desk')
}

export interface Watched {
  readonly settings: HttpsSettings
  /** What the files are held against: they may have changed before they are looked at for the first time. */
  readonly inForce: Pair | undefined
  readonly clock: Pick<Clock, 'after'>
  readonly everyMs?: number
}

const textOf = ({ certificate, key }: Pair) => JSON.stringify([certificate, key])

/** Files are looked at, not listened to: a certificate may come over a network drive. @returns how to stop. */
export const watchPairFiles = (
  { settings: { certificate, key }, inForce, clock, everyMs = lookEveryMs }: Watched,
  told: { onNew: (pair: Pair) => void; onBad: (error: unknown) => void },
): (() => void) => {
  if (certificate === undefined || key === undefined || inForce === undefined) return () => undefined
  let known = textOf(inForce)
  let isOver = false
  const isNews = (found: string) => {
    if (isOver || found === known) return false
    known = found
    return true
  }
  const look = async () => {
    try {
      const pair = await readPairFiles(certificate, key)
      if (isNews(textOf(pair))) told.onNew(pair)
    } catch (error) {
      // Between the writing of the one and of the other they are no pair: what was there stays in force.
      if (isNews(String(error instanceof Error ? error.cause : error))) told.onBad(error)
    }
    if (!isOver) next = wait()
  }
  const wait = () => clock.after(everyMs, () => void look())
  let next = wait()
  return () => {
    isOver = true
    next()
  }
}
