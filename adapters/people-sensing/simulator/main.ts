/**
 * The vendors' side, simulated: sensors that publish what their vendors document, to the broker named in VENDOR_BROKER or
 * else to one of its own. It says when it is ready and how the adapter has to be set, and ends on SIGTERM.
 */
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Aedes } from 'aedes'
import { connect } from 'mqtt'
import { z } from 'zod'
import { roundOf, sourceFor, vendors } from './round.ts'

const Settings = z.object({
  VENDOR_BROKER: z.string().optional(),
  VENDOR_EVERY_MS: z.coerce.number().int().min(10).default(1_000),
  VENDOR_WHO: z
    .string()
    .default(vendors.join(','))
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(vendors)).min(1)),
})

const ownBroker = async () => {
  const aedes = await Aedes.createBroker()
  const server = createServer((socket) => aedes.handle(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        aedes.close(() => server.close(() => resolve()))
      }),
  }
}

const settings = Settings.parse(process.env)
const own = settings.VENDOR_BROKER === undefined ? await ownBroker() : undefined
const url = settings.VENDOR_BROKER ?? own?.url ?? ''

/** Frigate says that it is there, and its broker says when it is not. */
const client = connect(url, {
  clientId: 'vendor-side',
  protocolVersion: 4,
  will: { topic: 'frigate/available', payload: Buffer.from('offline'), qos: 1, retain: true },
})
client.on('connect', () => client.publish('frigate/available', 'online', { qos: 1, retain: true }))
client.on('error', (error) => process.stderr.write(`${error.message}\n`))
await new Promise<void>((resolve) => client.once('connect', () => resolve()))

let round = 0
const timer = setInterval(() => {
  round += 1
  for (const vendor of settings.VENDOR_WHO)
    for (const { topic, payload, retain = false } of roundOf(vendor, round, Date.now()))
      client.publish(topic, payload, { qos: 1, retain })
}, settings.VENDOR_EVERY_MS)

process.once('SIGTERM', () => {
  clearInterval(timer)
  client.end(true)
  void (own?.close() ?? Promise.resolve()).then(() => process.exit(0))
})

const sources = settings.VENDOR_WHO.map((vendor) => sourceFor[vendor])
process.stdout.write(`${JSON.stringify({ ready: true, config: { broker: { url }, sources } })}\n`)
