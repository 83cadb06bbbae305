/** A queue system, simulated: it issues, calls and ends tickets, posts each event, answers for its queues and takes commands. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { queueView, type SimulatedCounter, type Visit, type VisitEvent, visitEvent } from './documented.ts'

export interface OrchestraParts {
  /** Where it posts to. */
  readonly webhook: { readonly url: string; readonly token: string }
  /** What it asks for at its own door. */
  readonly login: { readonly username: string; readonly password: string }
  /** How long it thinks about a command. */
  readonly thinksMs: number
}

export interface Orchestra {
  readonly url: string
  /** The commands that it took, in order: `hold A007`. */
  readonly taken: readonly string[]
  issue(queue: Visit['queue']): Promise<Visit>
  tell(event: VisitEvent, visit: Visit, counter?: SimulatedCounter): Promise<void>
  /** It ended, and nobody is told. */
  forget(visit: Visit): void
  close(): Promise<void>
}

const ended: ReadonlySet<VisitEvent> = new Set(['VISIT_NOSHOW', 'VISIT_REMOVE', 'VISIT_END'])

const answer = (response: ServerResponse, status: number, body?: object) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

export const startOrchestra = async (parts: OrchestraParts): Promise<Orchestra> => {
  const { webhook, login, thinksMs } = parts
  const waiting = new Map<number, Visit>()
  const taken: string[] = []
  let last = 0
  const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  const count = (queue: Visit['queue']) =>
    [...waiting.values()].filter((visit) => visit.queue === queue).length

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    if (request.headers.authorization !== authorization) return answer(response, 401)
    const path = request.url ?? ''
    if (path === '/rest/managementinformation/v2/branches/1/queues')
      return answer(response, 200, queueView({ cash: count('cash'), account: count('account') }))
    const [, ticket, action] = /^\/rest\/tickets\/([^/]+)\/([a-z]+)$/.exec(path) ?? []
    if (ticket === undefined || action === undefined) return answer(response, 404)
    setTimeout(() => {
      taken.push(`${action} ${ticket}`)
      answer(response, 200, { result: 'OK' })
    }, thinksMs)
  }
  const server = createServer(serve)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const tell = async (event: VisitEvent, visit: Visit, counter?: SimulatedCounter) => {
    if (event === 'VISIT_CREATE' || event === 'VISIT_RECYCLE') waiting.set(visit.visitId, visit)
    if (event === 'VISIT_CALL' || ended.has(event)) waiting.delete(visit.visitId)
    const about = { at: Date.now(), ...(counter !== undefined && { counter }) }
    // The adapter may not be there yet: what it misses, it misses.
    await fetch(webhook.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${webhook.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(visitEvent(event, visit, about)),
    }).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    )
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    async issue(queue) {
      last += 1
      const visit = { visitId: 4_000 + last, ticket: `A${String(last).padStart(3, '0')}`, queue }
      await tell('VISIT_CREATE', visit)
      return visit
    },
    tell,
    forget: (visit) => void waiting.delete(visit.visitId),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
