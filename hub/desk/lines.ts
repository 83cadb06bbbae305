/** A file that is made while it is sent: nothing of it is held in memory, and who goes away ends it. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export interface Lines {
  /** As the browser is to call it: nothing in it that a header would mind. */
  readonly file: string
  readonly lines: AsyncGenerator
}

async function* textOf(first: unknown, rest: AsyncGenerator): AsyncGenerator<string> {
  try {
    yield `${JSON.stringify(first)}\n`
    for await (const line of rest) yield `${JSON.stringify(line)}\n`
  } finally {
    await rest.return(undefined)
  }
}

/** What cannot be begun is answered with its error; after the first line it can only break off. */
export const sendLines = async ({ file, lines }: Lines, reply: FastifyReply): Promise<FastifyReply> => {
  const first = await lines.next()
  void reply
    .type('application/x-ndjson; charset=utf-8')
    .header('content-disposition', `attachment; filename="${file}"`)
  return reply.send(Readable.from(first.done === true ? [] : textOf(first.value, lines)))
}
