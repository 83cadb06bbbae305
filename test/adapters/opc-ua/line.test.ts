/** The line to a server: who is trusted, who is let in, and what becomes of everything when it breaks. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { layCable } from './support/cable.ts'
import { type PlantConfig, type StartedPlant, startPlant } from './support/plant.ts'
import { createOpcUaRig, type OpcUaRig, type OpcUaRigOptions, stateFolder } from './support/rig.ts'

let plant: StartedPlant
let folder: string
const rigs: OpcUaRig[] = []

beforeAll(async () => {
  plant = await startPlant()
  folder = stateFolder()
}, 120_000)

afterEach(async () => {
  await Promise.all(rigs.splice(0).map((rig) => rig.stop()))
  await plant.wish({
    set: [{ name: 'FireContact', value: false }],
    shop: { stays: false },
    methodMs: 0,
    accept: true,
  })
})

afterAll(async () => {
  await plant?.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Server = PlantConfig['servers'][number]

/** All with the same key, which takes its time to make. */
const start = async (change: (server: Server) => void = () => {}, more: Partial<OpcUaRigOptions> = {}) => {
  const config = plant.config()
  change(config.servers[0])
  const rig = await createOpcUaRig({ config, folder, ...more })
  rigs.push(rig)
  return rig
}
const fault = (rig: OpcUaRig, reason: string) =>
  rig.until(() => {
    expect(rig.state('gate-1')?.health?.level).toBe('faulted')
    expect(rig.state('gate-1')?.health?.reasons).toContain(reason)
  })
const works = (rig: OpcUaRig) =>
  rig.until(() => expect(rig.state('fire-panel')?.health?.level).toBe('ok'), 25_000)

test('a server nobody trusts yet is not signed in at; moved to the trusted ones, it is', async () => {
  const rig = await start((server) => {
    server.trusted = []
    server.lookEveryMs = 200
  })
  await fault(rig, 'server-certificate-untrusted')
  expect((await plant.wish()).sessions).toBe(0)
  const [told] = rig.lines.filter(({ fields }) => fields['code'] === 'server-certificate-untrusted')
  const rejected = join(rig.pki, 'plant', 'rejected')
  const [file = ''] = readdirSync(rejected)
  expect(told?.fields).toMatchObject({ rejectedTo: join(rejected, file) })
  renameSync(join(rejected, file), join(rig.pki, 'plant', 'trusted', file))
  await rig.stop()
  const again = await start((server) => {
    server.trusted = []
  })
  await works(again)
  rmSync(join(again.pki, 'plant', 'trusted', file))
}, 120_000)

test('a certificate that has expired is not accepted, though it is trusted', async () => {
  const rig = await start(() => {}, { folder: stateFolder(), aheadMs: 40 * 365 * 86_400_000 })
  await fault(rig, 'server-certificate-expired')
  expect((await plant.wish()).sessions).toBe(0)
  rmSync(rig.folder, { recursive: true, force: true })
})

test('a server that does not trust the adapter is told from one that is away', async () => {
  await plant.wish({ accept: false })
  const rig = await start(() => {}, { folder: stateFolder() })
  await fault(rig, 'adapter-certificate-refused')
  rmSync(rig.folder, { recursive: true, force: true })
})

test('a wrong password: one line that does not tell it, and no hammering', async () => {
  const rig = await start((server) => {
    server.identity = { by: 'password', username: 'usher', password: 'not-the-password' }
  })
  await fault(rig, 'login-refused')
  expect(rig.lines.filter(({ fields }) => fields['code'] === 'login-refused')).toHaveLength(1)
  expect(JSON.stringify(rig.lines)).not.toContain('not-the-password')
  expect(JSON.stringify(rig.hub.sent)).not.toContain('not-the-password')
})

test('a password out of a file that is not there', async () => {
  const rig = await start((server) => {
    server.identity = { by: 'password', username: 'usher', passwordFile: join(folder, 'nowhere') }
  })
  await fault(rig, 'login-unreadable')
})

test('without encryption only where the server offers it, and it is said each time', async () => {
  const rig = await start((server) => {
    server.security = { mode: 'None', allowInsecure: true }
  })
  await fault(rig, 'security-not-offered')
  expect(rig.texts()).toContain('the line to a server is not encrypted')
  expect(rig.texts()).toContain('the password of a server is not protected on its way')
  expect((await plant.wish()).sessions).toBe(0)
})

test('a certificate signs in, too', async () => {
  const own = join(folder, 'opc-ua-1.pki', 'own')
  await works(
    await start((server) => {
      server.identity = {
        by: 'certificate',
        certificate: join(own, 'certificate.pem'),
        key: join(own, 'key.pem'),
      }
    }),
  )
}, 90_000)

test('an old server without anything: only when both are allowed, and both are said', async () => {
  const old = await startPlant({ PLANT_OPEN: 'yes' })
  const config = old.config()
  config.servers[0].security = { mode: 'None', allowInsecure: true, allowAnonymous: true }
  config.servers[0].identity = { by: 'anonymous' }
  const rig = await createOpcUaRig({ config, folder })
  await works(rig)
  expect(rig.texts()).toContain('the line to a server is not encrypted')
  expect(rig.texts()).toContain('nobody signs in at a server')
  await rig.stop()
  await old.stop()
}, 90_000)

test('a better policy is spoken by setting', async () => {
  await works(
    await start((server) => {
      server.security = { policy: 'Aes256_Sha256_RsaPss' }
    }),
  )
}, 90_000)

const portOf = (url: string) => Number(new URL(url.replace('opc.tcp', 'http')).port)
const throughCable = async () => {
  const config = plant.config()
  const cable = await layCable(portOf(config.servers[0].url))
  const rig = await start((server) => {
    server.url = server.url.replace(/:\d+\//, `:${cable.port}/`)
  })
  await works(rig)
  return { cable, rig }
}
const dock = (rig: OpcUaRig) => rig.give('cart-1', 'dock', { to: { place: 'charger-1' }, charge: false })

test('a cut: what was missed is read anew, one line when lost and one when back, a job goes on by its id', async () => {
  const { cable, rig } = await throughCable()
  await plant.wish({ shop: { runMs: 3_000 } })
  const task = dock(rig)
  await rig.until(() => expect(rig.said('cart-1', task)).toContain('started'))
  rig.forget()
  cable.cut()
  await fault(rig, 'server-unreachable')
  await plant.wish({ set: [{ name: 'FireContact', value: true }] })
  expect(rig.events('fire-panel')).toEqual([])
  cable.mend()
  await works(rig)
  await rig.until(() => expect(rig.events('fire-panel')).toEqual([['alarm.raised', { alarm: 'fire' }]]))
  await rig.until(() => expect(rig.said('cart-1', task).at(-1)).toBe('done'))
  expect(rig.count('the server is lost')).toBe(1)
  expect(rig.count('the server is back')).toBe(1)
  cable.close()
}, 120_000)

test('a line that swallows everything is noticed, and a call in flight fails as unreachable', async () => {
  const { cable, rig } = await throughCable()
  await plant.wish({ methodMs: 2_500 })
  const task = rig.give('gate-1', 'x-open-gate', {})
  await rig.until(async () => expect((await plant.wish()).calls).toContain('OpenGate'))
  cable.silence()
  await fault(rig, 'server-unreachable')
  await rig.until(() => expect(rig.said('gate-1', task).at(-1)).toMatch(/failed (unreachable|no-answer)/))
  cable.close()
}, 120_000)

test('the server restarts: back by itself with a new session; a job it has forgotten is lost, not done', async () => {
  await plant.wish({ shop: { stays: true } })
  const rig = await start((server) => {
    server.goneAfterMs = 30_000
  })
  await works(rig)
  const task = dock(rig)
  await rig.until(() => expect(rig.said('cart-1', task)).toContain('started'))
  await plant.wish({ server: 'stop' })
  await fault(rig, 'server-unreachable')
  await plant.wish({ server: 'start' })
  await works(rig)
  await rig.until(() => expect(rig.said('cart-1', task).at(-1)).toBe('failed job-lost'))
  await plant.wish({ set: [{ name: 'FireContact', value: true }] })
  await rig.until(() => expect(rig.events('fire-panel')).toEqual([['alarm.raised', { alarm: 'fire' }]]))
}, 120_000)

test('jobs of an earlier life are stopped: nobody looks after them', async () => {
  await plant.wish({ shop: { stays: true } })
  const first = await start()
  await works(first)
  const task = dock(first)
  await first.until(() => expect(first.said('cart-1', task)).toContain('started'))
  // As a killed process: it ends nothing.
  rigs.pop()
  first.adapter.die()
  const second = await start()
  await second.until(async () => expect((await plant.wish()).jobs[`usher/cart-1/${task}/1`]).toBe('ended'))
  expect(second.count('jobs of an earlier life are stopped')).toBe(1)
}, 120_000)

test('its key is for its owner only', () => {
  const own = join(folder, 'opc-ua-1.pki', 'own')
  mkdirSync(own, { recursive: true })
  expect(readFileSync(join(own, 'key.pem'), 'utf8')).toContain('PRIVATE KEY')
})
