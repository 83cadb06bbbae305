/**
 * A process that commits without end and prints each acknowledged entry, for tests that kill it or break its disk.
 * Arguments: the data directory, after how many commits to stop by itself (0: never), and the bytes of a log segment.
 */
import { writeSync } from 'node:fs'
import { argv, exit } from 'node:process'
import { createDurableStore } from '#hub/store/durable-store.ts'
import { batchOn, change } from './batches.ts'

const say = (line: string) => writeSync(1, `${line}\n`)
const [, , directory = '', stopAfter = '0', segmentBytes] = argv

try {
  const store = createDurableStore({
    directory,
    ...(segmentBytes !== undefined && { segmentBytes: Number(segmentBytes) }),
  })
  for (let commits = 1; ; commits++) {
    const head = await store.open('b')
    const rows = change('zones', { [`z-${head.seq % 50}`]: { seq: head.seq, fill: 'x'.repeat(200) } })
    await store.commit(batchOn(head, { entries: 1 + (commits % 5), changes: [rows] }))
    say(`acked ${(await store.open('b')).seq}`)
    if (commits === Number(stopAfter)) break
  }
  say('holding')
  // Keeps the lock until the test ends the process.
  setInterval(() => {}, 1000)
} catch (error) {
  const { name, code } = error as { name: string; code?: string }
  say(`failed ${name} ${code ?? ''}`)
  exit(70)
}
