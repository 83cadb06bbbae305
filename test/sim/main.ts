/**
 * `npm run test:sim -- --seeds N [--from K]`: lives N simulated days and judges each. A seed that fails prints the
 * command that lives it again.
 */
import { parseArgs } from 'node:util'
import { flows } from '#flows/index.ts'
import { greetedVisits } from './figures.ts'
import { judge } from './invariants.ts'
import { liveOneDay } from './world.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '200' }, from: { type: 'string', default: '1' } },
})
const from = Number(values.from)
const seeds = Number(values.seeds)
if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from)) {
  console.error('Usage: npm run test:sim -- --seeds N [--from K]')
  process.exit(2)
}

let broken = 0
const sums = { entries: 0, starts: 0, greeted: 0, begun: 0 }
const began = performance.now()
for (let seed = from; seed < from + seeds; seed++) {
  const day = await liveOneDay(String(seed), { flows })
  const faults = await judge(day)
  sums.entries += day.hub.engine.position().seq
  sums.starts += day.starts
  sums.greeted += greetedVisits(day.logs)
  sums.begun += day.logs.filter((line) => line.kind === 'begun').length
  if (faults.length > 0) {
    broken += 1
    console.log(`seed ${seed}: ${faults.length} broken\n  ${faults.slice(0, 5).join('\n  ')}`)
    console.log(`  again: npm run test:sim -- --seeds 1 --from ${seed}`)
  }
  if ((seed - from + 1) % 50 === 0) {
    const elapsedS = (performance.now() - began) / 1_000
    console.log(`${seed - from + 1} of ${seeds} seeds, ${broken} broken, ${elapsedS.toFixed(0)} s`)
  }
}
console.log(
  `${seeds} seeds: ${sums.entries} entries, ${sums.starts} starts of the hub, ${sums.begun} tasks begun, ` +
    `${sums.greeted} visits greeted; ${broken} seeds with a broken invariant`,
)
process.exit(broken === 0 ? 0 : 1)
