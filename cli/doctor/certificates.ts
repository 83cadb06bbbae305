/** The certificates of the TLS listener and of its authority: are they there, and for how long still? */
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, fail, ok, warn } from './check.ts'

const dayMs = 86_400_000
const soonDays = 30

const checkOne = (name: string, file: string): Check => {
  if (!existsSync(file)) return ok(name, 'will be made at the first start')
  const certificate = new X509Certificate(readFileSync(file))
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  const days = Math.floor((to - Date.now()) / dayMs)
  const until = new Date(to).toISOString().slice(0, 10)
  if (Date.now() < from)
    return fail(
      name,
      `valid only from ${new Date(from).toISOString()}`,
      'The clock is wrong, or was when it was made.',
    )
  if (days < 0)
    return fail(name, `ran out on ${until}`, 'Restart the hub: it makes a new one. Devices keep theirs.')
  return days < soonDays
    ? warn(name, `until ${until}, ${days} days`, 'Restart the hub: it renews in time at a start.')
    : ok(name, `until ${until}, ${days} days`)
}

const openKeys = (folder: string): Check => {
  const name = 'private keys'
  const open = ['authority.key', 'server.key', 'token.key', 'calls.key'].filter((file) => {
    const path = join(folder, file)
    return existsSync(path) && (statSync(path).mode & 0o077) !== 0
  })
  return open.length === 0
    ? ok(name, 'closed to others')
    : fail(
        name,
        `${open.join(', ')} can be read by others`,
        `chmod 600 ${open.map((file) => join(folder, file)).join(' ')}`,
      )
}

export const checkCertificates = (data: string): readonly Check[] => {
  const folder = join(data, 'pki')
  return [
    checkOne('authority', join(folder, 'authority.pem')),
    checkOne('server certificate', join(folder, 'server.pem')),
    openKeys(folder),
  ]
}
