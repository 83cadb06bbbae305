/** `npm run test:trace -- [--messages N]`: 10,000 messages under strace; exit code 1: one was acknowledged too early. */
import { parseArgs } from 'node:util'
import { createStage } from './stage.ts'
import { generousLimits, traceHub } from './trace-hub.ts'

const { values } = parseArgs({ options: { messages: { type: 'string', default: '10000' } } })
const messages = Number(values.messages)
if (!Number.isInteger(messages) || messages < 1 || messages > 65_535) {
  console.error('Usage: npm run test:trace -- [--messages N], N up to 65535')
  process.exit(2)
}
const stage = await createStage({ limits: generousLimits })
try {
  const { acknowledged, syncs, early } = await traceHub(stage, { messages })
  console.log(
    `${acknowledged} of ${messages} messages acknowledged, ${syncs} synced appends to the log, ` +
      `${early.length} acknowledged before their commit was on disk`,
  )
  for (const line of early.slice(0, 20)) console.log(line)
  process.exitCode = early.length === 0 && acknowledged === messages ? 0 : 1
} finally {
  await stage.end()
}
