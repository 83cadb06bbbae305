/** A flow is loaded for the first time in a process of its own: whatever it does there, the caller gets a coded answer. */
import { afterAll, expect, it } from 'vitest'
import { checkFolders } from '#cli/flows/check.ts'
import { sourceOf } from '#hub/deploy/flow-folder.ts'
import { checkSource } from '#hub/flow-check/check-source.ts'
import { bellFlow, createFolders } from '../deploy/folders.ts'

const folders = createFolders()
afterAll(() => folders.remove())

const nothing = { stored: [], others: [], claims: [], shippedRests: null }

const check = (files: Readonly<Record<string, string>>, withinMs = 30_000) =>
  checkSource(sourceOf(files), {
    against: () => Promise.resolve(nothing),
    limits: { withinMs, memoryMb: 128 },
  })

it('a sound one is reported', async () => {
  const report = await check({ 'flow.ts': bellFlow() })
  expect(report).toMatchObject({ flow: 'bell', version: 1, findings: [] })
  expect(report.situations).toBeGreaterThan(3)
})

it('one in the place of a measured flow that no longer rests is warned of', async () => {
  const written = folders.write('promotion', { 'flow.ts': bellFlow({ id: 'promotion' }) })
  const [report] = await checkFolders(written, () => Promise.resolve([]))
  expect(report?.findings).toMatchObject([
    { code: 'resting.dropped', severity: 'warning', at: 'resting.standing' },
  ])
})

it.each([
  ['hangs while it is loaded', { 'flow.ts': bellFlow({ before: 'for (;;) {}\n' }) }, 'flow.hangs'],
  [
    'hangs when it is tried',
    {
      'flow.ts': bellFlow({
        before: 'const forever = () => { for (;;) {} }\n',
        waiting: '{ entry: wish(forever), after: { patience: "over" } }',
      }),
    },
    'flow.hangs',
  ],
  [
    'goes round for ever in its machine',
    { 'flow.ts': bellFlow({ waiting: '{ always: [{ target: "new2" }] }, new2: { always: "waiting" }' }) },
    'loop',
  ],
  [
    'eats memory',
    {
      'flow.ts': bellFlow({
        before: 'const heap: unknown[] = []\nfor (;;) heap.push(new Array(100_000).fill({}))\n',
      }),
    },
    'flow.hangs',
  ],
  ['throws', { 'flow.ts': bellFlow({ before: "throw new Error('planted')\n" }) }, 'flow.broken'],
  ['wants to end the process', { 'flow.ts': bellFlow({ before: 'process.exit(0)\n' }) }, 'flow.impure'],
  ['imports what it may not', { 'flow.ts': bellFlow({ before: "import 'node:fs'\n" }) }, 'flow.import'],
  [
    'brings broken samples',
    { 'flow.ts': bellFlow(), 'samples.ts': 'export const samples = 3' },
    'flow.broken',
  ],
])('one that %s', { timeout: 30_000 }, async (_, files: Record<string, string>, code) => {
  const said = await check(files, code === 'flow.hangs' ? 1_500 : 30_000).then(
    ({ findings }) => findings.map((one) => one.code).join(' '),
    (error: { code: string }) => error.code,
  )
  expect(said).toContain(code)
})
