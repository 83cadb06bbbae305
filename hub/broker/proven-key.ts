/** Reads the proof that a device gives as its password, and says whose key it holds. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { parseProof, proofText } from '#protocol/key-proof.ts'
import { keyFingerprint } from './enrolment.ts'

export interface ProvenKeyParts {
  /** @returns whether the challenge is good; it is spent by asking. */
  spend(challenge: string, address: string): boolean
}

export interface Presented {
  readonly clientId: string
  readonly address: string
  readonly password: string
}

const openKey = (spki: string): KeyObject | undefined => {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' })
    const isRight = key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    return isRight ? key : undefined
  } catch {
    return undefined
  }
}

/** @returns the fingerprint of the key that signed this very sign-in; undefined where nothing is shown. */
export const provenKey = (presented: Presented, { spend }: ProvenKeyParts): string | undefined => {
  const proof = parseProof(presented.password)
  const key = proof === undefined ? undefined : openKey(proof.key)
  if (proof === undefined || key === undefined) return undefined
  if (!spend(proof.challenge, presented.address)) return undefined
  const text = Buffer.from(proofText(presented.clientId, proof.challenge))
  const signature = Buffer.from(proof.signature, 'base64url')
  if (!verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, signature)) return undefined
  return keyFingerprint(key.export({ type: 'spki', format: 'der' }))
}
