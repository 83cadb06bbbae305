/**
 * The little of ASN.1 that a page needs to ask for a certificate and to see when it ends (ITU-T X.690, RFC 2986): a
 * library for all of it would be larger than everything else the page loads.
 */

type Bytes = Uint8Array<ArrayBuffer>

const joined = (parts: readonly Bytes[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** [X.690, 8.1.3] */
const lengthOf = (length: number): number[] => {
  if (length < 128) return [length]
  const digits: number[] = []
  for (let left = length; left > 0; left >>= 8) digits.unshift(left & 255)
  return [128 | digits.length, ...digits]
}

const element = (tag: number, ...parts: readonly Bytes[]): Bytes => {
  const body = joined(parts)
  return joined([Uint8Array.from([tag, ...lengthOf(body.length)]), body])
}

const sequence = (...parts: readonly Bytes[]) => element(0x30, ...parts)

/** Without needless zeros, and never negative [X.690, 8.3]. */
const integer = (number: Bytes): Bytes => {
  const first = number.findIndex((byte) => byte !== 0)
  const digits = first === -1 ? Uint8Array.of(0) : number.slice(first)
  return (digits[0] ?? 0) > 127 ? element(0x02, Uint8Array.of(0), digits) : element(0x02, digits)
}

const bits = (bytes: Bytes) => element(0x03, Uint8Array.of(0), bytes)

/** 2.5.4.3 */
const commonName = Uint8Array.of(0x06, 3, 0x55, 4, 3)
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = Uint8Array.of(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)

const pem = (label: string, bytes: Bytes): string => {
  const text = btoa(String.fromCharCode(...bytes))
  const lines = text.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

export interface RequestParts {
  readonly name: string
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Bytes
  /** ECDSA on P-256 with SHA-256: two numbers of 32 bytes side by side. */
  sign(bytes: Bytes): Promise<Bytes>
}

/** @returns a PKCS#10 request as PEM (RFC 2986). */
export const certificateRequest = async ({ name, publicKey, sign }: RequestParts): Promise<string> => {
  const text = element(0x0c, Uint8Array.from(new TextEncoder().encode(name)))
  const subject = sequence(element(0x31, sequence(commonName, text)))
  const info = sequence(integer(Uint8Array.of(0)), subject, publicKey, element(0xa0))
  const signature = await sign(info)
  const half = signature.length / 2
  const numbers = sequence(integer(signature.slice(0, half)), integer(signature.slice(half)))
  return pem('CERTIFICATE REQUEST', sequence(info, sequence(ecdsaWithSha256), bits(numbers)))
}

interface Element {
  readonly tag: number
  readonly body: Bytes
  readonly rest: Bytes
}

const read = (bytes: Bytes): Element => {
  const [tag = 0, first = 0] = bytes
  const digits = first < 128 ? 0 : first & 127
  const length = digits === 0 ? first : bytes.slice(2, 2 + digits).reduce((sum, byte) => sum * 256 + byte, 0)
  const from = 2 + digits
  return { tag, body: bytes.slice(from, from + length), rest: bytes.slice(from + length) }
}

/** UTCTime has two digits of the year, GeneralizedTime four (RFC 5280, 4.1.2.5). */
const timeOf = ({ tag, body }: Element): number => {
  const text = new TextDecoder().decode(body)
  const full = tag === 0x17 ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  return Date.parse(full.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

/** @returns from when to when a certificate (PEM) is good, in ms since 1970; NaN where it is none. */
export const validityOf = (certificate: string): { readonly from: number; readonly to: number } => {
  const text = certificate.replace(/-----[^-]+-----|\s/g, '')
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  let next = read(read(read(bytes).body).body)
  // Version, where it is said; serial number, algorithm, issuer: then come the dates.
  const before = next.tag === 0xa0 ? 4 : 3
  for (let skipped = 0; skipped < before; skipped++) next = read(next.rest)
  const from = read(next.body)
  return { from: timeOf(from), to: timeOf(read(from.rest)) }
}
