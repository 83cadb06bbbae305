/**
 * Whether a request comes from a page of this hub and was meant for it. SameSite keeps the cookie away from other sites;
 * this keeps away what SameSite lets through: other ports of the same host, and other names for this address.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { UsherError } from '#protocol/errors.ts'

export interface OwnNames {
  readonly isSecure: boolean
  /** Lower case, without a port. */
  readonly names: ReadonlySet<string>
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** An address of IPv6 stands in brackets in a URL. */
const inUrl = (name: string) =>
  (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name).toLowerCase()

export const ownNames = (isSecure: boolean, names: readonly string[]): OwnNames => ({
  isSecure,
  names: new Set([...loopbackNames, ...names.map(inUrl)]),
})

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/

/** Else a foreign name that was made to point here would be a page of ours. @throws UsherError `request.host` */
export const checkHost = ({ host }: IncomingHttpHeaders, { names }: OwnNames): void => {
  const [, name] = hostPattern.exec((host ?? '').toLowerCase()) ?? []
  if (name === undefined || !names.has(name)) throw new UsherError('request.host')
}

/** As browsers write it: without the port that goes without saying. undefined: no address has this name. */
const originOf = (isSecure: boolean, name: string, port: number) =>
  URL.parse(`${isSecure ? 'https' : 'http'}://${name}:${port}`)?.origin

/** Whether pages of this origin are those that the hub serves on this port. */
export const isOwnOrigin = ({ isSecure, names }: OwnNames, port: number, origin: string): boolean =>
  [...names].some((name) => originOf(isSecure, name, port) === origin)

/** Of a request that changes something. @throws UsherError `request.origin` */
export const checkOrigin = (headers: IncomingHttpHeaders, { isSecure }: OwnNames): void => {
  const { origin, host } = headers
  const site = headers['sec-fetch-site']
  const own = `${isSecure ? 'https' : 'http'}://${(host ?? '').toLowerCase()}`
  const isOwn = origin === undefined ? site === 'same-origin' : origin === own
  if (!isOwn || (site !== undefined && site !== 'same-origin')) throw new UsherError('request.origin')
}
