/** Changing a ticket at the queue system: one request, and its answer decides whether it is done. */
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Task } from '../../sdk/adapter.ts'
import { DeviceBusy, DeviceFault, DeviceUnauthorised, DeviceUnsupported } from '../../sdk/errors.ts'
import { type Answered, call } from '../http-call.ts'
import { textOf } from '../mapping/loose.ts'
import { valueAt } from '../mapping/path.ts'
import type { Tables } from '../mapping/rules.ts'
import type { Action, CommandRequest, Commands } from './config.ts'
import { fillHeader, fillJson, fillUrl, Missing, type Values } from './template.ts'

type Command = CommandOf<'manage-ticket'>

export interface ManageParts {
  readonly commands: Commands
  readonly tables: Tables
  readonly ticketPrefixes: Readonly<Record<string, string>>
  /** What is known of a ticket. */
  readonly known: (ticket: string) => { readonly key: string | undefined }
}

/** The vendor's own name again: the first that the table gives for it. */
const back = (tables: Tables, name: string, value: string): string | undefined => {
  const table = tables[name]
  if (table === undefined) return value
  return Object.keys(table).find((vendor) => table[vendor] === value)
}

const printed = (ticket: string, prefixes: Readonly<Record<string, string>>): string => {
  const vendor = Object.keys(prefixes).find((one) => {
    const ours = prefixes[one] ?? ''
    return ours !== '' && ticket.startsWith(ours)
  })
  return vendor === undefined ? ticket : `${vendor}${ticket.slice((prefixes[vendor] ?? '').length)}`
}

const valuesOf = (parts: ManageParts, { ticket, service, to }: Command): Values => {
  const { key } = parts.known(ticket)
  const vendorService = back(parts.tables, 'services', service)
  const vendorTo = to === undefined ? undefined : back(parts.tables, 'services', to)
  return {
    ticket,
    printed: printed(ticket, parts.ticketPrefixes),
    'hub-service': service,
    ...(key !== undefined && { key }),
    ...(vendorService !== undefined && { service: vendorService }),
    ...(to !== undefined && { 'hub-to': to }),
    ...(vendorTo !== undefined && { to: vendorTo }),
  }
}

const isDone = ({ success }: CommandRequest, { status, json }: { status: number; json: unknown }) => {
  if (!success.status.includes(status)) return false
  if (success.path === undefined) return true
  const said = textOf(valueAt(success.path, { item: json, message: json, topic: [] }))
  return said !== undefined && (success.is ?? []).map(String).includes(said)
}

const busy: ReadonlySet<number> = new Set([409, 423, 429, 503])

/** @throws what the hub is told instead of done. */
const judge = (request: CommandRequest, answered: Answered) => {
  if (answered.status === undefined)
    // Only this request went wrong: the rest of the adapter goes on.
    throw new DeviceFault('The queue system does not answer.', {
      code: 'unreachable',
      begun: answered.mayHaveArrived,
    })
  if (isDone(request, answered)) return
  const { status } = answered
  if (status === 401 || status === 403) throw new DeviceUnauthorised()
  if (busy.has(status)) throw new DeviceBusy(`The queue system is busy: ${status}.`)
  if (status === 404 || status === 410)
    throw new DeviceFault('The queue system does not know the ticket.', { code: 'unknown-ticket' })
  throw new DeviceFault(`The queue system did not do it: ${status}.`, { code: 'not-done' })
}

const filled = (commands: Commands, request: CommandRequest, values: Values) => {
  try {
    const path = fillUrl(request.path, values)
    const headers = Object.entries(request.headers)
    return {
      method: request.method,
      url: /^https?:\/\//.test(path) ? path : `${commands.url.replace(/\/$/, '')}/${path.replace(/^\//, '')}`,
      headers: Object.fromEntries(headers.map(([name, text]) => [name, fillHeader(text, values)])),
      ...(request.body !== undefined && { body: JSON.stringify(fillJson(request.body, values)) }),
    }
  } catch (error) {
    if (!(error instanceof Missing)) throw error
    throw new DeviceUnsupported(`The queue system needs {${error.value}}, which is not known here.`, {
      code: error.value === 'key' ? 'unknown-ticket' : 'unsupported',
    })
  }
}

export const createManageTicket = (parts: ManageParts) => {
  const { commands } = parts
  const requestFor = (action: Action): CommandRequest => {
    const request = commands[action]
    if (request === undefined) throw new DeviceUnsupported(`This queue system does not ${action} a ticket.`)
    return request
  }
  return {
    /** Asked before anything is promised, so that a person is asked instead at once. */
    consider(command: Command) {
      const request = requestFor(command.action)
      if (command.action === 'transfer' && command.to === undefined)
        throw new DeviceUnsupported('It is not said where to transfer it to.')
      filled(commands, request, valuesOf(parts, command))
    },
    async manage(command: Command, { signal, started }: Pick<Task, 'signal' | 'started'>) {
      const request = requestFor(command.action)
      const ready = filled(commands, request, valuesOf(parts, command))
      const { signIn, ca, withinMs } = commands
      const answered = await call({ ...ready, signIn, ca, withinMs, signal })
      signal.throwIfAborted()
      judge(request, answered)
      started()
      return {}
    },
  }
}
