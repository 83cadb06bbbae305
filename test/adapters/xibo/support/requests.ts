/** Every kind of request that the adapter sends, as it stood on the wire, with what differs each time made the same. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSystemClock } from '#adapters/sdk/system-clock.ts'
import { createClient } from '#adapters/xibo/cms/client.ts'
import { type Cms, createCms } from '#adapters/xibo/cms/cms.ts'
import { createCmsTime } from '#adapters/xibo/cms/cms-time.ts'
import { createExchange } from '#adapters/xibo/cms/exchange.ts'
import { createTokens } from '#adapters/xibo/cms/tokens.ts'
import { SimulatedCms } from '#adapters/xibo/simulator/cms.ts'
import { demoCms } from '#adapters/xibo/simulator/demo.ts'
import { CmsServer } from '#adapters/xibo/simulator/server.ts'

export interface RequestShape {
  readonly what: string
  readonly method: string
  readonly path: string
  readonly query: readonly (readonly [string, string])[]
  readonly contentType: string | null
  /** A form's fields, or JSON. */
  readonly body: unknown
}

export const fixtures = (): readonly RequestShape[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/requests.json'), 'utf8')) as RequestShape[]

const patience = { withinMs: 3_000 }
const order = { layoutId: 20, forMs: 15_000, downloadRequired: false }
const at = Date.UTC(2026, 0, 15, 1)

const calls: Readonly<Record<string, (cms: Cms) => Promise<unknown>>> = {
  'displays of a group': (cms) => cms.displays(101, patience),
  'the layout of its own campaign': (cms) => cms.layoutOf(1_020, patience),
  'change the layout': (cms) => cms.changeLayout(101, { ...order, changeMode: 'replace' }, patience),
  'put an overlay': (cms) => cms.overlayLayout(101, { ...order, downloadRequired: true }, patience),
  'back to the schedule': (cms) => cms.revertToSchedule(101, patience),
  'run a command': (cms) => cms.command(101, 5, patience),
  'write a row of a data set': (cms) =>
    cms.writeRow(
      { dataSetId: 4, rowId: 1 },
      new Map([
        [7, '三号柜台'],
        [8, 'Kiosk 3'],
      ]),
      patience,
    ),
  'proof of play': (cms) =>
    cms.plays({ displayIds: [1, 2], fromMs: at, toMs: at + 3_600_000, after: '1000', length: 200 }, patience),
  // The first form is refused by this CMS, the second is what it takes: both are on record.
  'set criteria': (cms) =>
    cms.criteria(101, [{ metric: 'queue_length', value: '12', ttlMs: 300_000 }], patience),
}

const bodyOf = (contentType: string | undefined, body: string): unknown => {
  if (body === '') return null
  return contentType === 'application/json' ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
}

const nameOf = (what: string, path: string, json: unknown) => {
  if (path.endsWith('access_token')) return 'ask for a token'
  return what === 'set criteria' && !Array.isArray(json) ? `${what}, as the source of the CMS reads it` : what
}

export const recordRequests = async (): Promise<readonly RequestShape[]> => {
  const server = new CmsServer(new SimulatedCms({ ...demoCms, criteriaBody: 'wrapped' }))
  const url = await server.listen()
  const clock = createSystemClock()
  const exchange = createExchange({ url, ca: undefined, answerMs: 3_000 })
  const { clientId, clientSecret } = demoCms
  const tokens = createTokens({ exchange, clientId, clientSecret, nowMs: () => clock.now() })
  const client = createClient({ exchange, tokens, clock, chance: () => 0 })
  const cms = createCms({ client, time: createCmsTime('Asia/Shanghai'), onOdd: () => {} })
  const shapes: RequestShape[] = []
  const collect = (what: string) => {
    for (const { method, path, query, contentType, body } of server.requests.splice(0))
      shapes.push({
        what: nameOf(what, path, contentType === 'application/json' ? JSON.parse(body) : null),
        method,
        path,
        query: [...new URLSearchParams(query)],
        contentType: contentType ?? null,
        body: bodyOf(contentType, body),
      })
  }
  for (const [what, call] of Object.entries(calls)) {
    await call(cms)
    collect(what)
  }
  server.cms.end()
  await server.close()
  return shapes
}
