// @ts-check
/**
 * The vendor's robot, without the robot: its HTTP interface on this machine, so that the adapter has something real to
 * talk to. Once it listens it prints one line that says where; the examiner gives that to the adapter.
 */
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
/** It may live faster than a real one, where somebody only wants to see that all is well. */
const speed = Number(process.env['ROBOT_SPEED'] ?? 1)

/** The branch's names of zones → the places this robot was taught. */
const places = { entrance: 'Front Door', waiting: 'Sofa', kiosks: 'Kiosk Corner', counters: 'Desk' }
const charger = 'Charging Pad'
const placeNames = [...Object.values(places), charger]
/** One robot's length takes a moment; a sentence as long as it is. */
const goMs = 1_200
const sayMs = (/** @type {string} */ text) => Math.min(2_000, 300 + 40 * text.length)
const bodyBytesMax = 10_000

/** @typedef {{ id: number, kind: string, place?: string, beganMs: number, takesMs: number, state: 'running' | 'done' | 'stopped' }} Job */

/** @type {Job[]} */
const jobs = []
/** More than anybody asks about. */
const jobsKept = 200
let count = 0
let at = 'Front Door'
const startedMs = performance.now()

const now = () => performance.now() * speed

/** @param {Job} job */
const settle = (job) => {
  if (job.state === 'running' && now() - job.beganMs >= job.takesMs) {
    job.state = 'done'
    if (job.place !== undefined) at = job.place
  }
  return job
}
const running = () => jobs.map(settle).find(({ state }) => state === 'running')

/** @param {Job} job */
const shown = (job) => {
  const { id, kind, state, beganMs, takesMs } = settle(job)
  const percent = Math.min(100, Math.round(((now() - beganMs) / takesMs) * 100))
  return { id, kind, state, percent }
}

const status = () => ({
  battery: Math.max(20, Math.round(90 - (performance.now() - startedMs) / 120_000)),
  charging: at === charger,
  at,
  job: running()?.id ?? null,
  places: placeNames,
})

/** @param {any} order @returns {[number, object]} */
const take = (order) => {
  if (typeof order?.go !== 'string' && typeof order?.say !== 'string') return [400, { error: 'go or say' }]
  if (order.go !== undefined && !placeNames.includes(order.go)) return [404, { error: 'no such place' }]
  if (running() !== undefined) return [409, { error: 'one job at a time' }]
  count += 1
  const begun = { id: count, beganMs: now(), state: /** @type {const} */ ('running') }
  const job =
    order.go === undefined
      ? { ...begun, kind: 'say', takesMs: sayMs(order.say) }
      : { ...begun, kind: 'go', place: order.go, takesMs: order.go === at ? goMs / 2 : goMs }
  jobs.push(job)
  if (jobs.length > jobsKept) jobs.shift()
  return [201, shown(job)]
}

/** @param {string} method @param {string} path @param {string} body @returns {[number, object]} */
const answer = (method, path, body) => {
  if (method === 'GET' && path === '/status') return [200, status()]
  if (method === 'POST' && path === '/jobs') return take(parse(body))
  const job = jobs.find(({ id }) => path === `/jobs/${id}`)
  if (job === undefined) return [404, { error: 'no such thing' }]
  if (method === 'DELETE' && settle(job).state === 'running') job.state = 'stopped'
  return [200, shown(job)]
}

/** @param {string} text */
const parse = (text) => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8').on('data', (part) => {
    body += part
    if (body.length > bodyBytesMax) request.destroy()
  })
  request.on('end', () => {
    const [code, value] = answer(request.method ?? '', request.url ?? '', body)
    response.writeHead(code, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  })
})

server.listen(Number(values.port), '127.0.0.1', () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address())
  const config = { url: `http://127.0.0.1:${address.port}`, places }
  process.stdout.write(`${JSON.stringify({ ready: true, config })}\n`)
})
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0))
