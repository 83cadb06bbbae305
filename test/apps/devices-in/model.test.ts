/** What is asked of the hub for what somebody typed and chose, and when there is enough of it to ask. */
import { describe, expect, test } from 'vitest'
import { pagesFor } from '#apps/lobby/frame/pages.ts'
import {
  blankDraft,
  choicesFor,
  codeOf,
  freeId,
  newDevice,
  type Pairings,
  pageOf,
  wishOf,
} from '#apps/lobby/pages/devices-in/model.ts'
import type { DeskRole } from '#protocol/desk/roles.ts'

const pairings: Pairings = {
  waiting: [
    { code: 'K7M4Q2', kind: 'screen', address: '10.0.0.7', since: 1 },
    { code: '01AB2C', kind: 'kiosk', address: '10.0.0.8', since: 2 },
  ],
  devices: [
    { id: 'screen-1', title: 'One', kind: 'screen', zone: 'waiting', isTaken: true },
    { id: 'screen-2', title: 'Two', kind: 'screen', zone: null, isTaken: false },
    { id: 'kiosk-1', title: 'Kiosk', kind: 'kiosk', zone: 'waiting', isTaken: false },
  ],
  zones: [{ id: 'waiting', title: 'Waiting area' }],
  revision: 7,
}
const draft = (to: Partial<typeof blankDraft>) => ({ ...blankDraft, ...to })

test.each([
  ['k7m4q2', 'K7M4Q2'],
  [' K7M-4Q2 ', 'K7M4Q2'],
  ['oiab2c', '01AB2C'],
  ['K7M4', undefined],
  ['K7M4Q2X', undefined],
  ['K7M4Q!', undefined],
])('%s is read as %s', (typed, code) => {
  expect(codeOf(typed)).toBe(code)
})

describe('a wish', () => {
  test('is for a page that waits, and a device of its kind', () => {
    expect(pageOf(pairings, draft({ code: 'O1AB2C' }))?.kind).toBe('kiosk')
    expect(choicesFor(pairings, 'kiosk').map(({ id }) => id)).toEqual(['kiosk-1'])
    expect(wishOf(pairings, draft({ code: 'k7m4q2', device: 'screen-2' }), [])).toEqual({
      code: 'K7M4Q2',
      device: 'screen-2',
    })
    for (const unfinished of [
      draft({ code: 'k7m4q2' }),
      draft({ code: 'ZZZZZZ', device: 'screen-2' }),
      draft({ code: 'k7m4q2', device: 'kiosk-1' }),
    ])
      expect(wishOf(pairings, unfinished, [])).toBeUndefined()
  })

  test('says so where another page is shut out', () => {
    expect(wishOf(pairings, draft({ code: 'k7m4q2', device: 'screen-1' }), [])).toMatchObject({
      replace: true,
    })
  })

  test('for a new device has a name that nobody has, a title and a zone, and names the revision it began from', () => {
    const begun = draft({ code: 'k7m4q2', device: newDevice, zh: ' 三号屏 ', zone: 'waiting' })
    expect(wishOf(pairings, begun, [{ id: 'screen-3' }])).toEqual({
      code: 'K7M4Q2',
      device: 'screen-4',
      create: { title: { zh: '三号屏' }, zone: 'waiting', revision: 7 },
    })
    expect(wishOf(pairings, { ...begun, zh: ' ' }, [])).toBeUndefined()
    expect(wishOf(pairings, { ...begun, zone: undefined }, [])).toBeUndefined()
    expect(freeId([], 'kiosk')).toBe('kiosk-1')
  })
})

test('the page is for administrators alone', () => {
  const paths = (roles: readonly DeskRole[]) => pagesFor(roles).map(({ path }) => path)
  expect(paths(['admin'])).toContain('/devices-in')
  for (const role of ['manager', 'staff', 'auditor', 'expert'] as const)
    expect(paths([role])).not.toContain('/devices-in')
})
