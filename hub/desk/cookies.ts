/** The cookie of a session, and the one that remembers the language. */

const codePattern = /^[A-Za-z0-9_-]{43}$/

export interface SessionCookie {
  /** The code that came along; undefined for none, for a malformed one, and for two of them. */
  read(header: string | undefined): string | undefined
  set(code: string): string
  clear(): string
}

export const cookiesOf = (header: string | undefined, name: string): readonly string[] =>
  (header ?? '').split(';').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=')
    return key.trim() === name ? [value.join('=').trim()] : []
  })

/**
 * Over HTTPS `__Host-` binds it to this very host. Plain HTTP is for this machine only, where hubs share the name of the
 * host: there the port tells their cookies apart.
 */
export const createSessionCookie = (about: {
  isSecure: boolean
  port: number
  longestMs: number
}): SessionCookie => {
  const name = about.isSecure ? '__Host-usher' : `usher-${about.port}`
  const rest = `Path=/; HttpOnly; SameSite=Strict${about.isSecure ? '; Secure' : ''}`
  return {
    read: (header) => {
      const [code, second] = cookiesOf(header, name)
      return code !== undefined && second === undefined && codePattern.test(code) ? code : undefined
    },
    set: (code) => `${name}=${code}; Max-Age=${Math.floor(about.longestMs / 1000)}; ${rest}`,
    clear: () => `${name}=; Max-Age=0; ${rest}`,
  }
}

const tongueCookie = 'usher-lang'

export const readTongueCookie = (header: string | undefined): string | undefined =>
  cookiesOf(header, tongueCookie)[0]

/** No secret: which of two languages. */
export const tongueCookieOf = (tongue: string, isSecure: boolean): string =>
  `${tongueCookie}=${tongue}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
