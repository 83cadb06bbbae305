/** Names as they may appear in a topic level, a client id and a log line: nothing a shell, SQL or a terminal minds. */
import { z } from 'zod'

export const idPattern = /^[a-z0-9][a-z0-9-]{0,63}$/

/** A branch, device, zone, place, service, counter, person, flow or policy name. */
export const Id = z
  .string()
  .regex(idPattern)
  .meta({ id: 'Id', description: 'Lower-case letters, digits and dashes, 1 to 64' })

/** A ticket as printed for the customer, for example `A012`. */
export const TicketNo = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/)
  .meta({ id: 'TicketNo', description: 'The ticket number as printed' })

/** A track of one sensor; means nothing outside that sensor and dies with the visit. */
export const TrackId = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,64}$/)
  .meta({ id: 'TrackId' })

/** BCP 47, for example `zh`, `zh-CN` or `en`. */
export const Language = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
  .meta({ id: 'Language', description: 'BCP 47 language tag' })

/** Random per device start: with `n` it lets the hub recognise a message it has already committed. */
export const BootId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .meta({ id: 'BootId' })

/** Milliseconds, a duration. Deadlines on the wire are durations, so that a device needs no clock of ours. */
export const DurationMs = z
  .int()
  .min(0)
  .max(86_400_000)
  .meta({ id: 'DurationMs', description: 'Duration in milliseconds' })

export const MessageNumber = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** Free text for people; control characters are refused because they end up on terminals and in logs. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    // oxlint-disable-next-line no-control-regex -- control characters are what is being refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\uffff]*$/u)
