/**
 * How a device that cannot sign in with a certificate shows that it holds its key: a web page may keep a key, but has
 * no say in TLS. It asks for a challenge, signs it together with its name, and gives key, challenge and signature as
 * password.
 */

/** User name of a session that signs in with a proof. */
export const proofUser = 'key'

/** Where MQTT is on a WebSocket listener. */
export const webSocketPath = '/mqtt'

/** Where a challenge is had, on the same listener, over HTTP. */
export const challengePath = '/challenge'

/** [MQTT-6.0.0-3] */
export const webSocketProtocol = 'mqtt'

export interface KeyProof {
  /** SubjectPublicKeyInfo of an ECDSA key on P-256, base64url. */
  readonly key: string
  readonly challenge: string
  /** ECDSA with SHA-256, as two numbers side by side (IEEE P1363), base64url. */
  readonly signature: string
}

/** What is signed. The name is in it, so that the answer of one device is of no use to another. */
export const proofText = (clientId: string, challenge: string): string =>
  `usher/v1 sign-in\n${clientId}\n${challenge}`

export const joinProof = ({ key, challenge, signature }: KeyProof): string =>
  `${key}.${challenge}.${signature}`

const proofPattern = /^([\w-]{60,400})\.([\w-]{16,200})\.([\w-]{86})$/

/** @returns undefined where it has not the form of one. */
export const parseProof = (password: string): KeyProof | undefined => {
  const [, key, challenge, signature] = proofPattern.exec(password) ?? []
  return key === undefined || challenge === undefined || signature === undefined
    ? undefined
    : { key, challenge, signature }
}
