/**
 * The right to be one participant of one call. What is decided, and kept, names it unsigned: a signature is made of a
 * secret, which belongs neither into the journal nor into what a replay has to find again. It is signed where it leaves.
 */
import type { Pass, Tickets } from './line/ticket.ts'

export type IssueTicket = Tickets['issue']

const mark = 'unsigned:'

export const unsigned = ({ call, participant, until }: Pass): string =>
  `${mark}${call}/${participant}/${until}`

const found = new RegExp(`"${mark}[^"]+"`, 'g')

/** @returns the message with what stood in it unsigned; anything else is as it was. */
export const signIn = (payload: string, issue: IssueTicket): string =>
  payload.includes(`"${mark}`)
    ? payload.replaceAll(found, (quoted) => {
        const [call = '', participant = '', until = ''] = quoted.slice(mark.length + 1, -1).split('/')
        return JSON.stringify(issue({ call, participant, until: Number(until) }))
      })
    : payload
