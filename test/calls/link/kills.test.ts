/** A branch and its desk, as processes that are killed at each step of a call: it rings once, ends, and the branch goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BranchAt } from './stage.ts'
import { LinkStage, until } from './stage.ts'

/** Long enough for a process to start again on a machine that does much else. */
const stage = new LinkStage(60_000)
let branch: BranchAt

beforeAll(async () => {
  branch = await stage.openNorth()
}, 60_000)
afterAll(() => stage.stop())

type Step = 'request' | 'ringing' | 'accepted' | 'wrap-up'
const killed = {
  branch: () => branch.hub.restart(),
  desk: () => stage.restartDesk(),
} as const

const cases = (['branch', 'desk'] as const).flatMap((who) =>
  (['request', 'ringing', 'accepted', 'wrap-up'] as const).map((at) => [who, at] as const),
)

describe('killed and started again', () => {
  it.each(cases)(
    'the %s, at the step "%s"',
    async (who, at) => {
      const kill = (step: Step) => (step === at ? killed[who]() : undefined)
      await branch.isOpen(true)
      const before = new Set((await branch.hub.rows('calls')).map(({ escalation }) => escalation))
      await branch.asks()
      await kill('request')
      const { escalation, id } = await until('the request', async () =>
        (await branch.hub.rows('calls')).find((row) => !before.has(row.escalation)),
      )
      const rung = await stage.call('ringing', { escalation })
      await branch.call('ringing', escalation)
      await kill('ringing')
      const still = await stage.call('ringing', { escalation })
      expect(still.ring?.id).toBe(rung.ring?.id)
      await stage.desk.command({ name: 'call.accept', call: still.id, ring: still.ring?.id ?? '', by: 'ann' })
      await branch.call('accepted', escalation)
      await kill('accepted')
      await branch.command({ name: 'call.joined', call: id, participant: 'kiosk:kiosk-1', by: 'hub' })
      await stage.desk.command({ name: 'call.joined', call: still.id, participant: 'expert:ann', by: 'hub' })
      const talking = await branch.call('in-call', escalation)
      expect(talking.expert).toBe('ann')
      await until('both in the call at the desk', async () =>
        (await stage.call('in-call', { escalation })).participants.length === 2 ? true : undefined,
      )
      await branch.command({
        name: 'call.hang-up',
        call: id,
        participant: 'kiosk:kiosk-1',
        by: 'kiosk:kiosk-1',
      })
      await stage.call('wrap-up', { escalation })
      await kill('wrap-up')
      await stage.desk.command({
        name: 'call.wrap-up',
        call: still.id,
        code: 'solved',
        notes: 'Done.',
        by: 'ann',
      })
      const ended = await branch.call('ended', escalation)
      expect(ended).toMatchObject({ outcome: 'solved', notes: 'Done.', expert: 'ann' })
      expect(await stage.rings(still.id)).toBe(1)
      const escalations = await branch.hub.rows('escalations')
      expect(escalations.find((row) => row.id === escalation)?.state).toBe('ended')
      const instances = await branch.hub.rows('instances')
      expect(instances.map((row) => row.id)).not.toContain(`escalation/${id}`)
      const experts = await stage.desk.rows('experts')
      expect(experts[0]?.call).toBeNull()
    },
    60_000,
  )
})
