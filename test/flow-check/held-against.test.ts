/** What a flow is held against beside its machine: what is stored of its former version, and the text of its source. */
import { describe, expect, it } from 'vitest'
import type { AnyFlow } from '#flows/define.ts'
import { flows as shipped } from '#flows/index.ts'
import { sourceOf } from '#hub/deploy/flow-folder.ts'
import { checkFlow } from '#hub/flow-check/check-flow.ts'
import { purityFindings } from '#hub/flow-check/purity.ts'
import { restsAs } from '#hub/flow-check/resting.ts'
import { plant, samples } from './planted.ts'

describe('what is stored', () => {
  const stored = {
    key: 'kiosk-1',
    version: 1,
    stored: {
      snapshot: {
        status: 'active',
        value: 'asking',
        historyValue: {},
        context: { key: 'kiosk-1', calls: 1 },
      },
      timers: [],
      tasks: [],
    },
  }
  const second = (migrations: AnyFlow['migrations']) =>
    checkFlow({ flow: plant({ flow: { version: 2, migrations } }), samples, stored: [stored] }).findings

  const said = (migrations: AnyFlow['migrations']) =>
    second(migrations).map(({ code, says }) => `${code}: ${says}`)

  it('of an older version needs a migration that this version can open', () => {
    expect(said({})).toEqual(['migration.missing: kiosk-1: no migration from version 1 to 2'])
    expect(said({ 1: (old) => old })[0]).toContain('cannot be opened')
    expect(said({ 1: () => undefined })[0]).toContain('gives it up')
    expect(said({ 1: (old) => ({ ...old, snapshot: { ...old.snapshot, value: 'waiting' } }) })).toEqual([])
  })
})

describe('a flow that takes the place of a measured one', () => {
  const said = (id: string, flow: Partial<AnyFlow>) =>
    checkFlow({ flow: plant({ id, flow }), samples, shippedRests: restsAs(shipped, id) })
      .findings.filter(({ code }) => code === 'resting.dropped')
      .map(({ severity, at, says, excused }) => ({ severity, at, says, excused }))
  const listens: AnyFlow['listens'] = ['help.requested', 'behaviour.performed']

  it('is to rest as that one does', () => {
    expect(said('promotion', {})).toMatchObject([{ severity: 'warning', at: 'resting.standing' }])
    const notes = said('greeting', { listens })
    expect(notes).toMatchObject([{ at: 'resting.notes' }])
    expect(notes[0]?.says).toContain('behaviour.performed')
  })

  it('is left alone where it does, where there is nothing to keep, and where it was never measured', () => {
    expect(said('promotion', { resting: { standing: () => true } })).toEqual([])
    expect(said('greeting', { listens, resting: { notes: ['behaviour.performed'] } })).toEqual([])
    expect(said('greeting', {})).toEqual([])
    expect(said('diversion-invitation', {})).toEqual([])
    expect(said('bell', {})).toEqual([])
  })

  it('may mean it so', () => {
    const because = 'Its instances are short, and are never begun in such a block.'
    const excuses = [{ finding: 'resting.dropped', at: 'resting.*', because }]
    expect(said('promotion', { excuses })).toMatchObject([{ excused: because }])
  })
})

describe('a source', () => {
  const uses = (text: string) =>
    purityFindings(sourceOf({ 'flow.ts': text })).map(({ at, says }) => `${at} ${says}`)

  it.each([
    ['const now = Date.now()', 'flow.ts:1 uses Date'],
    ['\nconst die = () => Math.random()', 'flow.ts:2 uses Math.random'],
    ['setTimeout(() => {}, 1)', 'flow.ts:1 uses setTimeout'],
    ['const a = [globalThis]', 'flow.ts:1 uses globalThis'],
    ['const text = `${process.pid}`', 'flow.ts:1 uses process'],
  ])('that touches the world is found: %s', (text, words) => {
    expect(uses(text)).toContain(words)
  })

  it.each([
    '// Date.now() would be wrong here',
    "const said = 'the Date and the process'",
    'const max = Math.max(1, 2)',
    'interface Row { readonly process: string; Date?: number }',
    'const of = (row: Row) => [row.process, row.Date]',
  ])('that does not is left alone: %s', (text) => {
    expect(uses(text)).toEqual([])
  })
})
