/** The smallest page that is a device: it shows how it stands, and greets. */
import { defineAdapter, z } from '#adapters/sdk/browser.ts'
import { joinBranch } from '#apps/device/join.ts'

const screen = defineAdapter({
  name: 'small-screen',
  version: '1.0.0',
  config: z.object({}),
  connect: () =>
    Promise.resolve({
      manifest: { kind: 'screen', vendor: 'Usher', model: 'Small', languages: ['zh', 'en'] },
      capabilities: { display: ({ content }) => Promise.resolve({ shown: content.words }) },
      close: () => {},
    }),
})

await joinBranch({
  kind: 'screen',
  adapter: screen,
  onJoining: (joining) => {
    const { dataset } = document.body
    dataset.at = joining.at
    dataset.code = joining.at === 'pairing' ? joining.code : ''
    dataset.device = joining.at === 'joined' ? joining.device : ''
  },
})
