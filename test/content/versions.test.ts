/** A version of an item: added by one, judged by another, in force, taken off, and back again. */
import { describe, expect, test } from 'vitest'
import type { ErrorCode } from '#protocol/errors.ts'
import { add, approve, ask, items, type Of, open, playlist, programme } from './orders.ts'

describe('a version', () => {
  test('is never judged by who added it, and only once', () => {
    const branch = open()
    ask(branch, add('rates'))
    expect(ask(branch, approve('rates', 1, 'ann'))).toBe('content.own')
    expect(ask(branch, { name: 'content.decline', item: 'rates', version: 1, reason: 'x', by: 'ann' })).toBe(
      'content.own',
    )
    expect(ask(branch, { name: 'content.withdraw', item: 'rates', version: 1, by: 'bob' })).toBe(
      'content.others',
    )
    expect(ask(branch, approve('rates', 2))).toBe('content.unknown')
    expect(ask(branch, approve('rates'))).toBeUndefined()
    expect(ask(branch, approve('rates'))).toBe('content.judged')
    expect(branch.decisions.map(({ code, params }) => [code, params?.['by']])).toEqual([
      ['config.applied', 'operator'],
      ['content.added', 'ann'],
      ['content.approved', 'bob'],
    ])
  })

  test('that is newer takes the place of one that waits', () => {
    const branch = open()
    ask(branch, add('rates'))
    ask(branch, add('rates', { by: 'bob' }))
    expect(branch.state.contentItems.get('rates')?.versions.map(({ state }) => state)).toEqual([
      'withdrawn',
      'proposed',
    ])
    expect(ask(branch, approve('rates', 1))).toBe('content.judged')
    expect(ask(branch, approve('rates', 2))).toBe('content.own')
  })

  test('comes back, and is taken off, by who saw how things stand', () => {
    const branch = open()
    for (const number of [1, 2]) {
      ask(branch, add('rates'))
      ask(branch, approve('rates', number))
    }
    ask(branch, playlist())
    expect(items(branch)).toEqual(['rates 2'])
    const put = (number: number | null, seen: number) =>
      ask(branch, { name: 'content.put-in-force', item: 'rates', version: number, revision: seen, by: 'ann' })
    expect(put(1, 0)).toBe('config.conflict')
    expect(put(1, 4)).toBeUndefined()
    expect(items(branch)).toEqual(['rates 1'])
    expect(put(null, 4)).toBe('config.conflict')
    expect(put(null, 5)).toBeUndefined()
    expect([items(branch), branch.view().content('rates')]).toEqual([[], undefined])
    ask(branch, add('rates'))
    expect(put(3, 7)).toBe('content.not-approved')
  })

  test('keeps what is in force among the last thirty', () => {
    const branch = open()
    ask(branch, add('rates'))
    ask(branch, approve('rates'))
    for (let number = 2; number < 50; number++) expect(ask(branch, add('rates'))).toBeUndefined()
    const row = branch.state.contentItems.get('rates')
    expect([row?.versions.length, row?.versions[0]?.version, row?.versions.at(-1)?.version]).toEqual([
      30, 1, 49,
    ])
    expect(branch.view().content('rates')?.version).toBe(1)
  })

  test('becomes what must be shown, or is no longer, only with the approval', () => {
    const branch = open()
    ask(branch, add('fraud', { mandatory: 'fraud-warning' }))
    ask(branch, approve('fraud'))
    ask(branch, add('fraud', { mandatory: null }))
    expect(programme(branch)?.entries).toMatchObject([{ item: 'fraud', mandatory: true }])
    ask(branch, approve('fraud', 2))
    expect(programme(branch)?.entries).toEqual([])
  })

  test.each<[Partial<Of<'content.add'>>, ErrorCode]>([
    [{ media: null, words: { zh: ' ' } }, 'content.empty'],
    [{ title: null }, 'content.title'],
    [{ expiresOn: '2026-03-01' }, 'content.expired'],
  ])('is refused with %o', (more, code) => {
    expect(ask(open(), add('rates', more))).toBe(code)
  })
})
