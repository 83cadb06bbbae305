/** A sensor that says something every few milliseconds, and notes what it was told is kept: for tests that kill it. */
import { appendFileSync } from 'node:fs'
import { z } from 'zod'
import { defineAdapter } from '#adapters/sdk/adapter.ts'
import { runAdapter } from '#adapters/sdk/run-adapter.ts'

const everyMs = 4

await runAdapter(
  defineAdapter({
    name: 'teller',
    version: '1.0.0',
    config: z.object({ life: z.number(), notes: z.string(), isQuiet: z.boolean() }),
    async connect({ config, device, log }) {
      let count = 0
      const say = () => {
        count += 1
        const what = `${config.life}-${count}`
        const sent =
          count % 2 === 0
            ? device.emit('x-told', { what })
            : device.emit('ticket.issued', { ticket: what, service: 'corporate' })
        if (sent.sent) appendFileSync(config.notes, `${what}\n`)
        if (count === 1) log.info('says')
      }
      const timer = config.isQuiet ? undefined : setInterval(say, everyMs)
      return {
        manifest: { kind: 'sensor', vendor: 'Acme', model: 'Teller' },
        capabilities: {},
        close: () => clearInterval(timer),
      }
    },
  }),
)
