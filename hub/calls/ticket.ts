/**
 * The right to be one participant of one call. What is decided, and kept, names it unsigned: a signature is made of a
 * secret, which belongs neither into the journal nor into what a replay has to find again. It is signed where it leaves.
 */
import type { OutboxRow } from '../dispatch/rows.ts'
import { canonicalJson } from '../engine/canonical.ts'
import { kioskIn } from './find.ts'
import type { Pass, Tickets } from './line/ticket.ts'

export type IssueTicket = Tickets['issue']

const mark = 'unsigned:'

export const unsigned = ({ call, participant, until }: Pass): string =>
  `${mark}${call}/${participant}/${until}`

const passIn = (ticket: string): Pass => {
  const [call = '', participant = '', until = ''] = ticket.slice(mark.length).split('/')
  return { call, participant, until: Number(until) }
}

interface KioskConfig {
  readonly settings?: { readonly call?: { readonly ticket?: unknown } }
}

/**
 * @returns the config of a kiosk with its own ticket signed. Any other message, and any other place, goes out as it is:
 * whoever writes words for a screen must not write tickets.
 */
export const signIn = (
  { kind, device, payload }: Pick<OutboxRow, 'kind' | 'device' | 'payload'>,
  issue: IssueTicket,
): string => {
  if (kind !== 'config' || !payload.includes(`"${mark}`)) return payload
  const config = JSON.parse(payload) as KioskConfig
  const { ticket, ...call } = config.settings?.call ?? {}
  if (typeof ticket !== 'string' || !ticket.startsWith(mark)) return payload
  const pass = passIn(ticket)
  if (pass.participant !== kioskIn(device)) return payload
  return canonicalJson({
    ...config,
    settings: { ...config.settings, call: { ...call, ticket: issue(pass) } },
  })
}
