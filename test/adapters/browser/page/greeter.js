/** A greeter whose program is this page: it shows the words, and asks for a claim code when it needs one. */
import { defineAdapter, runInBrowser, z } from './usher-adapter-sdk.js'

const find = (id) => document.getElementById(id)
// oxlint-disable-next-line no-console -- a page has no other place to write to
const tell = (msg, fields) => console.log(JSON.stringify({ level: 'page', msg, ...fields }))
const show = (state) => {
  find('state').textContent = state
  tell('shows', { state })
}

const settings = await (await fetch('settings.json')).json()

/** Somebody types it in. */
const askForCode = (why) => {
  const form = find('claim')
  form.hidden = false
  show(why === 'needed' ? 'needs a claim code' : 'this code was not accepted')
  return new Promise((resolve) => {
    const submitted = (event) => {
      event.preventDefault()
      form.hidden = true
      show('waits for approval')
      resolve(form.elements.code.value)
    }
    form.addEventListener('submit', submitted, { once: true })
  })
}

const pause = (ms, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })

const greeter = defineAdapter({
  name: 'page',
  version: '1.0.0',
  config: z.object({ greetMs: z.number() }),
  async connect({ config }) {
    return {
      manifest: {
        kind: 'robot',
        vendor: 'Acme',
        model: 'Page',
        languages: ['zh', 'en'],
        guarantees: { acknowledges: true, cancels: true, deduplicates: true, keepsTime: false },
      },
      capabilities: {
        async greet({ words }, { id, attempt, signal, started }) {
          tell('greets', { task: id, attempt })
          started()
          find('words').textContent = words.map(({ text }) => text).join(' ')
          await pause(config.greetMs, signal)
          tell('has greeted', { task: id })
          return { said: words, answered: false }
        },
      },
      close: () => {},
    }
  },
})

try {
  const { broker, branch, device, config } = settings
  const running = await runInBrowser(greeter, {
    broker,
    branch,
    device,
    config,
    ...(settings.claims && { claim: askForCode }),
    onTurnedAway: () => show('is not admitted any more'),
  })
  // For whoever switches the device off.
  globalThis.stopped = () => running.stop()
  await running.ready
  show('is at work')
} catch (error) {
  show(`failed: ${error.message}`)
}
