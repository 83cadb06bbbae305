/**
 * `npm run test:crash -- --rounds N [--seed S] [--port-base P] [--json FILE]`: kills the hub N times under load, with
 * real processes, and judges by the devices' own logs. Exit code 1: a promise was broken.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describe, figuresOf } from './figures.ts'
import { runCrashes } from './run.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'port-base': { type: 'string', default: '21830' },
    json: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
const portBase = Number(values['port-base'])
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(portBase)) {
  console.error('Usage: npm run test:crash -- --rounds N [--seed S] [--port-base P] [--json FILE]')
  process.exit(2)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const folder = mkdtempSync(join(tmpdir(), 'usher-crash-'))
const outcome = await runCrashes({
  rounds,
  seed: values.seed,
  ports: { mqtt: portBase, http: portBase + 1 },
  folder,
  onRound: (round) => {
    if (round % 50 === 0) console.log(`${round} of ${rounds} rounds`)
  },
})
const figures = figuresOf(outcome)
console.log(describe(figures, rounds))
const report = { rounds, seed: values.seed, ...figures, evidence: outcome.broken.slice(0, 100) }
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`)
console.log(JSON.stringify({ rounds, seed: values.seed, ...figures }))
if (outcome.broken.length === 0) rmSync(folder, { recursive: true })
else {
  for (const { promise, evidence } of outcome.broken.slice(0, 20)) console.log(`${promise}: ${evidence}`)
  console.log(`Logs and data are kept in ${folder}`)
  console.log(`Again: npm run test:crash -- --rounds ${rounds} --seed ${values.seed}`)
  process.exitCode = 1
}
