/** The key of a page: made in the browser, kept by it, and readable by no script, not even the page's own. */
import { UsherError } from '#protocol/errors.ts'
import { joinProof, proofText } from '#protocol/key-proof.ts'
import { certificateRequest } from './der.ts'

/** As the platform at hand calls it: the same file is checked with Node's words and with a browser's. */
type MadeKey = Awaited<ReturnType<typeof crypto.subtle.generateKey>>
export type PageKeys = Extract<MadeKey, { readonly privateKey: unknown }>

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
const signing = { name: 'ECDSA', hash: 'SHA-256' }

/** @throws UsherError `adapter.enrolment` on a page that is no secure one */
export const makePageKeys = async (): Promise<PageKeys> => {
  if ((globalThis as { isSecureContext?: boolean }).isSecureContext === false)
    throw new UsherError(
      'adapter.enrolment',
      'Browsers give keys only to pages that came over https://, or from this machine itself.',
    )
  return await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
}

const sign = async ({ privateKey }: PageKeys, bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.sign(signing, privateKey, bytes))

const publicKeyOf = async ({ publicKey }: PageKeys) =>
  new Uint8Array(await crypto.subtle.exportKey('spki', publicKey))

export const requestWith = async (keys: PageKeys, name: string): Promise<string> =>
  await certificateRequest({
    name,
    publicKey: await publicKeyOf(keys),
    sign: (bytes) => sign(keys, bytes),
  })

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** @returns the password of one sign-in. */
export const proofWith = async (keys: PageKeys, clientId: string, challenge: string): Promise<string> => {
  const text = Uint8Array.from(new TextEncoder().encode(proofText(clientId, challenge)))
  return joinProof({
    key: base64url(await publicKeyOf(keys)),
    challenge,
    signature: base64url(await sign(keys, text)),
  })
}
