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

/** Of its call, and of a sale that has a room of its own. */
const carriers = ['call', 'sale'] as const

interface KioskConfig {
  readonly settings?: { readonly [C in (typeof carriers)[number]]?: { readonly ticket?: unknown } }
}

const signedIn = (ticket: unknown, device: string, issue: IssueTicket): string | undefined => {
  if (typeof ticket !== 'string' || !ticket.startsWith(mark)) return undefined
  const pass = passIn(ticket)
  return pass.participant === kioskIn(device) ? issue(pass) : undefined
}

/**
 * @returns the config of a kiosk with its own tickets signed. Any other message, and any other place, goes out as it is:
 * whoever writes words for a screen must not write tickets.
 */
export const signIn = (
  { kind, device, payload }: Pick<OutboxRow, 'kind' | 'device' | 'payload'>,
  issue: IssueTicket,
): string => {
  if (kind !== 'config' || !payload.includes(`"${mark}`)) return payload
  const config = JSON.parse(payload) as KioskConfig
  const signed = carriers.flatMap((name) => {
    const ticket = signedIn(config.settings?.[name]?.ticket, device, issue)
    return ticket === undefined ? [] : [[name, { ...config.settings?.[name], ticket }] as const]
  })
  if (signed.length === 0) return payload
  return canonicalJson({ ...config, settings: { ...config.settings, ...Object.fromEntries(signed) } })
}
