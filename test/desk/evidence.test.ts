/** Evidence that is taken away from the desk proves itself to whoever has it, and a single changed letter shows. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyEvidence } from '#cli/evidence/verify.ts'
import { addAccount, type Browser, codeOf, raise, remove, type Stage, scratch, signIn } from './support.ts'

const folder = scratch()
let stage: Stage
let auditor: Browser
let task = ''

beforeAll(async () => {
  stage = await raise(folder)
  const { lab } = stage
  await addAccount(stage, 'eve', ['auditor'])
  auditor = await signIn(stage, 'eve')
  await lab.bringRobot()
  await lab.event('camera-1', 'visitor.detected', { zone: 'entrance', track: 't1', direction: 'in' })
  task = lab.engine.state.tasks.keys()[0] ?? ''
  await lab.report('robot-1', { status: 'accepted' })
  for (let count = 0; count < 30; count++)
    await lab.event('camera-1', 'zone.count', { zone: 'waiting', count })
  await lab.report('robot-1', { status: 'started' })
  await lab.report('robot-1', { status: 'done' })
})
afterAll(async () => {
  await stage.stop()
  remove(folder)
})

test('the file is checked without the hub', async () => {
  const answer = await auditor.get(`/api/evidence?task=${task}`)
  expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8')
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="usher-evidence-north-gate-task-${task}.jsonl"`,
  )
  const file = join(folder, 'evidence.jsonl')
  writeFileSync(file, answer.text)
  const verdict = verifyEvidence(file)
  expect(verdict).toMatchObject({ ok: true, branch: 'north-gate', broken: null })
  // The bodies of those concerned only: what lies between is there as links.
  expect(verdict.shown).toBeLessThan(10)
  expect(verdict.entries).toBeGreaterThan(30)
  expect(verdict.records).toBeGreaterThan(3)
  const lines = answer.text.split('\n')
  const at = lines.findIndex((line) => line.startsWith('{"type":"entry"') && line.includes('robot-1'))
  writeFileSync(file, lines.with(at, (lines[at] ?? '').replace('chosen', 'chosem')).join('\n'))
  expect(verifyEvidence(file)).toMatchObject({ ok: false, broken: expect.any(Object) })
})

test('what cannot be begun is answered as an error, not as a file', async () => {
  const answer = await auditor.get('/api/evidence?task=task-9-9-9')
  expect([answer.status, codeOf(answer)]).toEqual([404, 'explain.nothing'])
  expect(answer.headers['content-disposition']).toBeUndefined()
  expect(codeOf(await auditor.get('/api/evidence'))).toBe('request.invalid')
})
