/**
 * The plant in a process of its own. Once it listens it prints how the adapter has to be set; while it runs,
 * `POST /simulation` changes what happens there. PLANT_OPEN=yes: without encryption and for anybody.
 */
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LogLevel, type StatusCodes, setLogLevel } from 'node-opcua'
import { z } from 'zod'
import { freePort, login, Plant, plantNamespace, type VariableName } from './plant.ts'

const Wish = z.object({
  set: z
    .array(
      z.object({
        name: z.string(),
        value: z.union([z.boolean(), z.number()]).optional(),
        status: z.string().optional(),
      }),
    )
    .default([]),
  /** null: methods do what they should. */
  methodStatus: z.string().nullable().optional(),
  methodMs: z.number().optional(),
  gateMs: z.number().optional(),
  shop: z
    .object({
      runMs: z.number(),
      accepts: z.boolean(),
      aborts: z.boolean(),
      clears: z.boolean(),
      stays: z.boolean(),
    })
    .partial()
    .default({}),
  accept: z.boolean().optional(),
  server: z.enum(['stop', 'start']).optional(),
})

setLogLevel(LogLevel.Emergency)
const folder = mkdtempSync(join(tmpdir(), 'usher-plant-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const plant = new Plant({
  folder,
  port: await freePort(),
  open: process.env['PLANT_OPEN'] === 'yes',
})
await plant.start()

type Status = keyof typeof StatusCodes

const obey = async (wish: z.infer<typeof Wish>) => {
  const { set, methodStatus, methodMs, gateMs, shop, accept, server } = wish
  for (const { name, value, status } of set)
    plant.set(name as VariableName, {
      ...(value !== undefined && { value }),
      ...(status !== undefined && { status: status as Status }),
    })
  if (methodStatus !== undefined)
    plant.faults.methodStatus = (methodStatus ?? undefined) as Status | undefined
  if (methodMs !== undefined) plant.faults.methodMs = methodMs
  if (gateMs !== undefined) plant.faults.gateMs = gateMs
  Object.assign(plant.shop().faults, shop)
  if (accept !== undefined) plant.accept(accept)
  if (server === 'stop') await plant.stop()
  if (server === 'start') await plant.start()
}

const control = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString('utf8')
  })
  request.on('end', () => {
    obey(Wish.parse(JSON.parse(body || '{}')))
      .then(() => ({ calls: plant.calls.splice(0), jobs: plant.shop().jobs(), sessions: plant.sessions() }))
      .catch((error: unknown) => ({ error: String(error) }))
      .then((answer) => response.end(JSON.stringify(answer)))
      .catch(() => response.destroy())
  })
})
await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve))

const node = (name: string) => `nsu=${plantNamespace};s=${name}`
const inPlant = { object: node('Plant') }
const jobs = {
  by: 'job',
  receiver: `nsu=${plantNamespace};s=Jobs`,
  responses: `nsu=${plantNamespace};s=Responses`,
}
/** The names of the demonstration branch → what they are called in the plant. */
const stations = { entrance: 'A1', waiting: 'B2', 'charger-1': 'C3' }
const certificate = readFileSync(join(folder, 'server', 'own', 'certs', 'certificate.pem'))
const sha256 = new X509Certificate(certificate).fingerprint256

const config = {
  servers: [
    {
      name: 'plant',
      url: plant.url,
      identity: { by: 'password', ...login },
      trusted: [{ sha256 }],
      samplingMs: 50,
      publishingMs: 50,
      lookEveryMs: 500,
      answerWithinMs: 2_000,
      goneAfterMs: 4_000,
      devices: {
        'fire-panel': {
          kind: 'sensor',
          inputs: [{ as: 'alarm', node: node('FireContact'), alarm: 'fire' }],
        },
        'gate-1': {
          kind: 'door',
          inputs: [
            {
              as: 'value',
              node: node('GateOpen'),
              event: 'x-gate',
              values: { true: 'open', false: 'closed' },
            },
            { as: 'blocked', node: node('GateBlocked') },
            { as: 'unwilling', node: node('GateLocked') },
            { as: 'event', node: node('HelpButton'), event: 'help.requested', data: { zone: 'entrance' } },
            { as: 'health', node: node('Temperature'), reason: 'too-hot', when: { above: 60 } },
          ],
          tasks: {
            'x-open-gate': {
              by: 'method',
              ...inPlant,
              method: node('OpenGate'),
              until: { node: node('GateOpen'), withinMs: 3_000 },
              stop: { ...inPlant, method: node('StopGate') },
              outputs: { note: 0 },
              callWithinMs: 3_000,
            },
          },
        },
        'cart-1': {
          kind: 'robot',
          tasks: {
            announce: {
              by: 'method',
              ...inPlant,
              method: node('Announce'),
              arguments: [{ type: 'String', from: 'words.0.text' }],
              stop: { ...inPlant, method: node('StopGate') },
              callWithinMs: 3_000,
            },
            guide: {
              ...jobs,
              workMaster: 'Guide',
              parameters: [{ id: 'station', type: 'String', from: 'to.place', map: stations }],
              outputs: { arrived: 'Arrived' },
              result: { arrived: false },
            },
            dock: {
              ...jobs,
              workMaster: 'Dock',
              priority: 5,
              parameters: [{ id: 'station', type: 'String', from: 'to.place', map: stations }],
              outputs: { arrived: 'Arrived' },
              result: { arrived: false },
            },
          },
        },
      },
    },
  ],
}
const { port } = control.address() as AddressInfo
process.stdout.write(
  `${JSON.stringify({ ready: true, config, simulation: `http://127.0.0.1:${port}/simulation` })}\n`,
)
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0))
