/**
 * The right to be one participant of one call. What is decided, and kept, names it unsigned: a signature is made of a
 * secret, which belongs neither into the journal nor into what a replay has to find again. It is signed where it leaves.
 */
import { z } from 'zod'

/** `until`: wall-clock time. */
export const Pass = z.strictObject({ call: z.string(), participant: z.string(), until: z.int() })
export type Pass = z.infer<typeof Pass>

/** The same pass gives the same ticket, whenever it is asked. */
export type IssueTicket = (pass: Pass) => string

const mark = 'unsigned:'

export const unsigned = ({ call, participant, until }: Pass): string =>
  `${mark}${call}/${participant}/${until}`

const found = new RegExp(`"${mark}([^"/]+)/([^"/]+)/(\\d+)"`, 'g')

/** @returns the message with what stood in it unsigned; anything else is as it was. */
export const signIn = (payload: string, issue: IssueTicket): string =>
  payload.includes(`"${mark}`)
    ? payload.replaceAll(found, (_, call: string, participant: string, until: string) =>
        JSON.stringify(issue({ call, participant, until: Number(until) })),
      )
    : payload
