/** HTTPS as a browser sees it: by the branch's own authority, or with the bank's files, which may change. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openAuthority } from '#hub/broker/authority.ts'
import { makeRoot, makeServer } from '#hub/broker/certificates.ts'
import { openPair, readPairFiles, watchPairFiles } from '#hub/desk/certificate.ts'
import { systemClock } from '#hub/engine/hub-time.ts'
import { addAccount, goodPassword, openBrowser, type Pair, raise, remove, scratch } from './support.ts'

const soon = { timeout: 45_000, interval: 20 }

let folder: string
beforeEach(() => {
  folder = scratch()
})
afterEach(() => remove(folder))

const parts = (settings: { host: string; names: readonly string[]; certificate?: string; key?: string }) => ({
  settings,
  directory: folder,
  branch: 'north-gate',
  certificateDays: 397,
  wallMs: () => Date.now(),
})

const bankPair = async (name: string): Promise<Pair & { root: string }> => {
  const terms = { name, days: 30, wallMs: Date.now() }
  const root = await makeRoot(terms)
  const pair = await makeServer(root, { ...terms, hosts: ['127.0.0.1', 'desk.bank.example'] })
  return { ...pair, root: root.certificate }
}

const writePair = (name: string, { certificate, key }: Pair) => {
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
  writeFileSync(files.certificate, certificate)
  writeFileSync(files.key, key)
  return files
}

test('on a loopback address there is none', async () => {
  expect(await openPair(parts({ host: '127.0.0.1', names: ['localhost'] }))).toBeUndefined()
})

test('the branch’s authority signs one of its own for these names, once, beside the broker’s', async () => {
  const broker = await openAuthority({ ...parts({ host: '', names: [] }), hosts: ['hub.bank.example'] })
  const settings = parts({ host: '0.0.0.0', names: ['desk.bank.example', '10.1.2.3'] })
  const pair = (await openPair(settings)) as Pair
  expect(pair).not.toEqual(broker.server)
  expect(await openPair(settings)).toEqual(pair)
  const again = await openAuthority({ ...parts({ host: '', names: [] }), hosts: ['hub.bank.example'] })
  expect(again.server).toEqual(broker.server)
})

test('over it, cookies are bound to the host and browsers are told to keep to HTTPS', async () => {
  const pair = (await openPair(parts({ host: '0.0.0.0', names: ['desk.bank.example'] }))) as Pair
  const ca = readFileSync(join(folder, 'pki/authority.pem'), 'utf8')
  const stage = await raise(folder, { secure: pair, names: ['desk.bank.example'] })
  await addAccount(stage, 'manager-1', ['manager'])
  const browser = openBrowser(stage.port, ca)
  const wish = { name: 'manager-1', password: goodPassword }
  const plain = await browser.post('/api/sign-in', wish, { origin: `http://127.0.0.1:${stage.port}` })
  expect(plain.status).toBe(403)
  const answer = await browser.post('/api/sign-in', wish)
  expect(answer.status).toBe(200)
  expect(answer.headers['set-cookie']?.[0]).toMatch(
    /^__Host-usher=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  )
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
  const spoken = await browser.get('/api/me?lang=en')
  expect([spoken.status, spoken.headers['set-cookie']]).toEqual([
    200,
    ['usher-lang=en; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax; Secure'],
  ])
  expect(stage.desk.addressOf('/x')).toBe(`https://desk.bank.example:${stage.port}/x`)
  await stage.stop()
})

const shownBy = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.subject ?? '')
      socket.destroy()
    })
    socket.on('error', reject)
  })

test('the bank’s files are read again when they change; half of a new pair is not taken', async () => {
  const [first, second] = [await bankPair('first'), await bankPair('second')]
  const files = writePair('desk', first)
  const settings = { host: '0.0.0.0', names: [], ...files }
  const inForce = (await openPair(parts(settings))) as Pair
  const stage = await raise(folder, { secure: inForce })
  const bad: unknown[] = []
  const stop = watchPairFiles(
    { settings, inForce, clock: systemClock(), everyMs: 20 },
    { onNew: stage.renew, onBad: (error) => bad.push(error) },
  )
  expect(await shownBy(stage.port)).toContain('first')
  const next = writePair('next', second)
  renameSync(next.certificate, files.certificate)
  await vi.waitFor(
    () => expect(bad).toContainEqual(expect.objectContaining({ code: 'http.certificate' })),
    soon,
  )
  expect(await shownBy(stage.port)).toContain('first')
  renameSync(next.key, files.key)
  await vi.waitFor(async () => expect(await shownBy(stage.port)).toContain('second'), soon)
  stop()
  await stage.stop()
})

test('files that changed after they were read and before they were first looked at are not missed', async () => {
  const [first, second] = [await bankPair('first'), await bankPair('second')]
  const files = writePair('desk', first)
  const settings = { host: '0.0.0.0', names: [], ...files }
  const inForce = (await openPair(parts(settings))) as Pair
  writePair('desk', second)
  const taken: Pair[] = []
  const stop = watchPairFiles(
    { settings, inForce, clock: systemClock(), everyMs: 20 },
    { onNew: (pair) => taken.push(pair), onBad: () => undefined },
  )
  await vi.waitFor(() => expect(taken.map(({ key }) => key)).toEqual([second.key]), soon)
  stop()
})

test('files that are no pair are a start that fails with a code', async () => {
  const [first, second] = [await bankPair('first'), await bankPair('second')]
  const files = writePair('desk', { certificate: first.certificate, key: second.key })
  await expect(readPairFiles(files.certificate, files.key)).rejects.toThrow('cannot be used')
  await expect(readPairFiles(join(folder, 'none.pem'), files.key)).rejects.toThrow('cannot be used')
})
