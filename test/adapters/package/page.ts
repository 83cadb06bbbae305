/**
 * The program of a screen as a web page would load it. Node plays the browser: its WebSocket is the one of browsers, and
 * what a page does not have is taken away, but for `Buffer`, which that WebSocket itself is made with.
 */

export const page = `
globalThis.window = globalThis
globalThis.document = {}
const [, , broker, kept] = process.argv
const { log } = console
delete globalThis.process
delete globalThis.setImmediate

const stored = new Map(JSON.parse(kept))
const storage = {
  getItem: (key) => stored.get(key) ?? null,
  setItem(key, value) {
    stored.set(key, value)
    log(JSON.stringify({ level: 'page', msg: 'kept', kept: JSON.stringify([...stored]) }))
  },
}
const { defineAdapter, runInBrowser } = await import('usher-adapter-sdk/browser')
const { z } = await import('zod')

runInBrowser(
  defineAdapter({
    name: 'page',
    version: '1.0.0',
    config: z.object({}),
    async connect() {
      return {
        manifest: { kind: 'screen', vendor: 'Acme', model: 'Page', languages: ['zh', 'en'] },
        capabilities: {
          async display({ content }) {
            log(JSON.stringify({ level: 'page', msg: 'shows', words: content.words }))
            return { shown: content.words }
          },
        },
        close: () => {},
      }
    },
  }),
  { broker, branch: 'demo', device: 'screen-9', storage },
)
`
