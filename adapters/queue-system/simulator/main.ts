/**
 * The vendor's side, simulated: a queue system that is busy by itself. It says when it is ready and how the adapter has to be
 * set, and ends on SIGTERM.
 */
import { type AddressInfo, createServer } from 'node:net'
import { z } from 'zod'
import { tables } from './documented.ts'
import { startOrchestra } from './orchestra.ts'

const Settings = z.object({ VENDOR_EVERY_MS: z.coerce.number().int().min(10).default(1_000) })
const settings = Settings.parse(process.env)

/** Where the adapter will listen: free now, and nobody else asks for it in the next moment. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const port = await freePort()
const login = { token: 'the-token-of-the-simulation' }
const signIn = { username: 'usher', password: 'of the simulation' }
const orchestra = await startOrchestra({
  webhook: { url: `http://127.0.0.1:${port}/events`, token: login.token },
  login: signIn,
  thinksMs: 900,
})

let round = 0
const live = async () => {
  round += 1
  const visit = await orchestra.issue(round % 2 === 0 ? 'cash' : 'account')
  await orchestra.tell('VISIT_CALL', visit, 'counter-3')
  await orchestra.tell(round % 3 === 0 ? 'VISIT_NOSHOW' : 'VISIT_END', visit)
}
const timer = setInterval(() => void live(), settings.VENDOR_EVERY_MS)

process.once('SIGTERM', () => {
  clearInterval(timer)
  void orchestra.close().then(() => process.exit(0))
})

const command = (action: string) => ({
  path: `/rest/tickets/{ticket}/${action}`,
  success: { path: 'result', is: 'OK' },
})
const config = {
  preset: 'qmatic-orchestra',
  tables,
  webhook: { port, login },
  snapshot: {
    url: `${orchestra.url}/rest/managementinformation/v2/branches/1/queues`,
    signIn,
    everyMs: 2_000,
  },
  commands: {
    url: orchestra.url,
    signIn,
    hold: command('hold'),
    restore: command('restore'),
    release: command('release'),
    transfer: command('transfer'),
  },
}
process.stdout.write(`${JSON.stringify({ ready: true, config })}\n`)
