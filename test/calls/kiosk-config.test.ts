/** What kiosks are told when something about calls changes, and that nothing else is made anew for it. */
import { expect, it, vi } from 'vitest'
import { add, approve, ask } from '../content/orders.ts'
import { branchYaml, createTestBranch, type TestBranch } from '../support/branch.ts'

const kiosks = Array.from({ length: 8 }, (_, nth) => `kiosk-${nth + 10}`)
const zones = ['entrance', 'waiting']

const yaml = `${branchYaml.replace(
  'devices:\n',
  `devices:\n${kiosks.map((id, nth) => `  - { id: ${id}, kind: kiosk, zone: ${zones[nth % 2]} }\n`).join('')}`,
)}
experts:
  people:
    - { id: ann, title: { en: Ann } }
    - { id: ben, title: { en: Ben } }
`

const comes = (branch: TestBranch, expert: string) => {
  branch.command({ name: 'expert.line', expert, here: true, by: 'hub' })
  branch.command({ name: 'expert.presence', expert, presence: 'available', reason: null, by: expert })
}

interface Config {
  readonly revision: number
  readonly settings: { readonly experts: object; readonly programme: { entries: unknown[] } }
}
const configOf = ({ state }: TestBranch, device: string) =>
  JSON.parse(state.outbox.get(`config/${device}`)?.payload ?? '') as Config

it('the programme is made once for each zone, and not at all for kiosks that are told the same of calls', () => {
  const branch = createTestBranch({ yaml })
  ask(branch, add('rates', { mandatory: 'fraud-warning' }))
  ask(branch, approve('rates'))
  const before = configOf(branch, 'kiosk-10')
  const looks = vi.spyOn(branch.state.contentItems, 'values')
  comes(branch, 'ann')
  expect(looks.mock.calls.length).toBe(3)
  for (const id of [...kiosks, 'kiosk-1']) {
    const { settings } = configOf(branch, id)
    expect(settings.experts).toEqual({ open: true })
    expect(settings.programme.entries).toHaveLength(1)
  }
  expect(configOf(branch, 'kiosk-10').revision).toBe(before.revision + 1)
  looks.mockClear()
  comes(branch, 'ben')
  expect(looks).not.toHaveBeenCalled()
  expect(configOf(branch, 'kiosk-10').revision).toBe(before.revision + 1)
  // What changes beside the calls is told as it always was.
  ask(branch, add('news', { mandatory: 'fraud-warning' }))
  ask(branch, approve('news'))
  expect(configOf(branch, 'kiosk-10').settings.programme.entries).toHaveLength(2)
})
