/** Why a server cannot be worked with: the reason that the hub shows for its devices, in one word for each cause. */

export const causes = [
  'server-unreachable',
  'server-not-running',
  'server-certificate-untrusted',
  'server-certificate-expired',
  'server-certificate-refused',
  'adapter-certificate-refused',
  'security-not-offered',
  'login-refused',
  'login-unreadable',
] as const
export type Cause = (typeof causes)[number]

export class ServerTrouble extends Error {
  readonly reason: Cause
  /** For the log. */
  readonly fields: Readonly<Record<string, unknown>>

  constructor(reason: Cause, message: string, fields: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'ServerTrouble'
    this.reason = reason
    this.fields = fields
  }
}

/** What somebody has to mend, as opposed to what may pass by itself. */
export const needsSomebody = (reason: Cause): boolean =>
  reason !== 'server-unreachable' && reason !== 'server-not-running'

const logins = /BadIdentityToken|BadUserAccessDenied|BadUserSignatureInvalid|BadIdentityChangeNotSupported/
const ours = /BadSecurityChecksFailed|BadCertificate|BadApplicationSignatureInvalid|BadTcpEndpointUrlInvalid/
const security =
  /[Cc]annot find an Endpoint|cannot find endpoint|End point must exist|BadSecurityModeRejected|BadSecurityPolicyRejected/

/** What the client library's error means, once our own trust list has had nothing against the server. */
export const troubleOf = (error: unknown): ServerTrouble => {
  if (error instanceof ServerTrouble) return error
  const message = error instanceof Error ? error.message : String(error)
  const short = message.split('\n').join(' ').slice(0, 300)
  if (logins.test(message)) return new ServerTrouble('login-refused', short)
  if (security.test(message)) return new ServerTrouble('security-not-offered', short)
  if (ours.test(message)) return new ServerTrouble('adapter-certificate-refused', short)
  return new ServerTrouble('server-unreachable', short)
}
