/** A gateway with two lamps behind it, for tests that need a process of their own. */
import { z } from 'zod'
import { type DeviceSide, defineAdapter } from '#adapters/sdk/adapter.ts'
import { runAdapter } from '#adapters/sdk/run-adapter.ts'

const adapter = defineAdapter({
  name: 'lamps',
  version: '1.0.0',
  config: z.object({}),
  async connect({ log }) {
    const lamp = (id: string): DeviceSide => ({
      manifest: { kind: 'screen', vendor: 'Acme', model: 'Lamp', languages: ['zh', 'en'] },
      capabilities: {
        async display({ content }) {
          log.info('shows', { device: id, words: content.words.length })
          return {}
        },
      },
    })
    return {
      manifest: { vendor: 'Acme', model: 'Box' },
      devices: { 'lamp-1': lamp('lamp-1'), 'lamp-2': lamp('lamp-2') },
      close: () => {},
    }
  },
})

await runAdapter(adapter)
