/**
 * What the desk shows browsers beyond this machine: a certificate that the bank brings, read again when its files change,
 * or one that the branch's own authority signs.
 */
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { UsherError } from '#protocol/errors.ts'
import { openServerPair } from '../broker/authority.ts'
import type { Pair } from '../broker/certificates.ts'
import { isLoopback } from '../broker/gate.ts'

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
export const readPairFiles = (certificate: string, key: string): Pair => {
  try {
    const pair = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
    createSecureContext({ cert: pair.certificate, key: pair.key })
    return pair
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

/** Files are looked at, not listened to: a certificate may come over a network drive. @returns how to stop. */
export const watchPairFiles = (
  { certificate, key }: HttpsSettings,
  told: { onNew: (pair: Pair) => void; onBad: (error: unknown) => void },
  everyMs = lookEveryMs,
): (() => void) => {
  if (certificate === undefined || key === undefined) return () => undefined
  const look = () => {
    try {
      told.onNew(readPairFiles(certificate, key))
    } catch (error) {
      // Between the writing of the one and of the other they are no pair: what was there stays in force.
      told.onBad(error)
    }
  }
  const files = [certificate, key]
  for (const file of files) watchFile(file, { persistent: false, interval: everyMs }, look)
  return () => {
    for (const file of files) unwatchFile(file, look)
  }
}
