/** What the branch says of experts and calls, as a kiosk reads it. */
import { expect, test } from 'vitest'
import { readExpertDesk } from '#apps/kiosk/outside/expert-desk.ts'
import { kioskCall } from '../../support/call-rows.ts'

const call = kioskCall('call-1', {
  state: 'in-call',
  since: 1,
  expert: { id: 'wang', title: { zh: '王专家' } },
  ticket: 'ticket-of-the-kiosk',
})

test('a branch without an expert desk says nothing, and offers none', () => {
  expect(readExpertDesk({ kiosk: {} })).toEqual({ isOpen: null, call: null, troubles: [] })
})

test('a call that cannot be read is named, and nobody falls out of the one that is known', () => {
  const known = readExpertDesk({ experts: { open: true }, call })
  expect(known).toMatchObject({ isOpen: true, call: { call: 'call-1' }, troubles: [] })
  const bad = readExpertDesk({ experts: { open: 'yes' }, call: { ...call, state: 'singing' } }, known)
  expect(bad.call).toEqual(known.call)
  expect(bad.isOpen).toBeNull()
  expect(bad.troubles).toEqual([
    expect.stringMatching(/^experts\.open: /),
    expect.stringMatching(/^call\.state: /),
  ])
  expect(readExpertDesk({ experts: { open: true } }, known).call).toBeNull()
})
