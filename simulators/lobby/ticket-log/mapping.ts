/** How the log of a queue system is to be read: which column is what, how it writes times, what it calls the services. */
import { z } from 'zod'
import { UsherError } from '#protocol/errors.ts'
import { Id } from '#protocol/ids.ts'
import { parseYaml } from '../yaml-text.ts'

const Columns = z.strictObject({
  issued: z.string().default('issued'),
  called: z.string().default('called'),
  ended: z.string().default('ended'),
  service: z.string().default('service'),
  counter: z.string().default('counter'),
  /** Names the visitor in the report; a log may be without it. */
  ticket: z.string().default('ticket'),
  /** A cell that says `yes`, `true` or `1` makes a priority customer; a log may be without it. */
  priority: z.string().default('priority'),
})

export const TicketLogMapping = z
  .strictObject({
    columns: Columns.prefault({}),
    /** Default: the one of `, ; tab |` that the first line has most of. */
    separator: z.string().length(1).optional(),
    /** Of `yyyy MM M dd d HH H hh h mm ss SSS a`; letters as such in single quotes. */
    timeFormat: z.string().default('yyyy-MM-dd HH:mm:ss'),
    /** What the log calls a service, or a counter → its name in the branch file. What is not named keeps its name. */
    services: z.record(z.string(), Id).default({}),
    counters: z.record(z.string(), Id).default({}),
    /** The day to read, `YYYY-MM-DD`, where the log has several; default: that of the first line. */
    date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .optional(),
  })
  .meta({ id: 'TicketLogMapping' })
export type TicketLogMapping = z.infer<typeof TicketLogMapping>
export type TicketLogMappingInput = z.input<typeof TicketLogMapping>

/**
 * @param text a mapping as a YAML file.
 * @throws UsherError `ticket-log.invalid` with every fault, its line and its path.
 */
export const parseMapping = (text: string, where: string): TicketLogMapping => {
  const yaml = parseYaml(text, (faults) => new UsherError('ticket-log.invalid', `${where}${faults}`))
  const parsed = TicketLogMapping.safeParse(yaml.value ?? {})
  return parsed.success ? parsed.data : yaml.refuse(parsed.error.issues)
}
