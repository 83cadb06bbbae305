/** The scripted speech engine as a process: `node simulators/speech/main.ts URL TRANSCRIPT [SPEED]`, its token in the environment. */
import { readFileSync } from 'node:fs'
import { createSpeechEngine } from './engine.ts'
import { parseTranscript } from './transcript.ts'

const [url = '', file = '', speed = '1'] = process.argv.slice(2)
const token = process.env['USHER_SPEECH_TOKEN'] ?? ''

const engine = createSpeechEngine({
  url,
  token,
  transcript: parseTranscript(readFileSync(file, 'utf8')),
  speed: Number(speed),
  fetch,
  nowMs: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  log: (text) => process.stderr.write(`${text}\n`),
})
engine.start()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => engine.stop())
// Whoever started it is gone.
process.stdin.resume()
process.stdin.once('end', () => engine.stop())
