/** Who agrees to a version sees all of what changes with it, and what it was. */
import { expect, it } from 'vitest'
import { factsOf } from '#apps/lobby/pages/content/model/changes.ts'
import { draftOfItem, versionIn, withMandatory } from '#apps/lobby/pages/content/model/draft.ts'
import { isMissing } from '#apps/lobby/pages/content/model/standing.ts'
import { item, version } from './rows.ts'

const now = version(1, { state: 'approved', words: { zh: '利率', en: 'Rates' } })

it('sets what would change beside what it was', () => {
  const next = version(2, {
    productCode: 'LC-2027',
    expiresOn: null,
    mandatory: null,
    template: 'notice',
    media: null,
    words: { zh: '新利率' },
  })
  const of = item({ inForce: 1, mandatory: 'rates', versions: [now, next] })
  expect(factsOf(of, next)).toEqual({
    productCode: { is: 'LC-2027', was: 'LC-2026' },
    expiresOn: { is: null, was: '2026-12-31' },
    mandatory: { is: null, was: 'rates' },
    words: { zh: { is: '新利率', was: '利率' }, en: { is: null, was: 'Rates' } },
    before: now,
    isOtherLook: true,
  })
})

it('finds nothing changed in the one in force, in the first, and in what stays as it is', () => {
  const of = item({ inForce: 1, mandatory: 'rates', versions: [now] })
  const same = {
    productCode: { is: 'LC-2026' },
    expiresOn: { is: '2026-12-31' },
    mandatory: { is: 'rates' },
    words: { zh: { is: '利率' }, en: { is: 'Rates' } },
    isOtherLook: false,
  }
  expect(factsOf(of, now)).toEqual(same)
  const again = { ...now, version: 2, state: 'proposed' } as const
  expect(factsOf({ ...of, versions: [now, again] }, again)).toEqual({ ...same, before: now })
  const first = { ...now, state: 'proposed', mandatory: 'rates' } as const
  expect(factsOf({ ...of, inForce: null, versions: [first] }, first)).toEqual(same)
})

it('takes the mark of a mandatory item off by a version, and only where somebody wants it', () => {
  const asked = { id: 'poster', title: '海报', mandatory: 'rates' as const, version: now }
  const draft = draftOfItem(asked, '2026-11-23')
  expect(versionIn(draft, 'zh')).not.toHaveProperty('mandatory')
  const off = withMandatory(draft, null)
  expect(off.way).toBe('later')
  expect(versionIn(off, 'zh')).toMatchObject({ mandatory: null })
  expect(versionIn(withMandatory(off, 'rates'), 'zh')).not.toHaveProperty('mandatory')
})

it('says where something that has to be shown is not', () => {
  const of = item({ mandatory: 'rates', versions: [now] })
  expect(isMissing({ ...of, inForce: 1 }, '2026-11-23')).toBe(false)
  expect(isMissing({ ...of, inForce: 1 }, '2027-01-01')).toBe(true)
  expect(isMissing(of, '2026-11-23')).toBe(true)
  expect(isMissing({ ...of, mandatory: null }, '2026-11-23')).toBe(false)
  expect(isMissing({ ...of, versions: [version(1)] }, '2026-11-23')).toBe(false)
})
