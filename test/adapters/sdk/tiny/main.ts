/** The smallest adapter that does something: a robot that greets, for tests that need a process of their own. */
import { z } from 'zod'
import { defineAdapter } from '#adapters/sdk/adapter.ts'
import { runAdapter } from '#adapters/sdk/run-adapter.ts'

const adapter = defineAdapter({
  name: 'tiny',
  version: '1.0.0',
  config: z.object({ greetMs: z.number().default(50) }),
  async connect({ config, log }) {
    return {
      manifest: { kind: 'robot', vendor: 'Acme', model: 'Tiny', languages: ['zh', 'en'] },
      capabilities: {
        async greet({ words, visit }, { signal, id }) {
          log.info('greets', { task: id, visit })
          await new Promise((resolve, reject) => {
            setTimeout(resolve, config.greetMs)
            signal.addEventListener('abort', () => reject(signal.reason as Error))
          })
          return { said: words, answered: false }
        },
      },
      close: () => {},
    }
  },
})

await runAdapter(adapter)
