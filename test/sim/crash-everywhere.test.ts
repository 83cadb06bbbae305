import { describe, expect, it } from 'vitest'
import { flows } from '#flows/index.ts'
import { attemptsBegunTwice, greetedTwice, tasksBegunTwice } from '#simulators/devices/oracle.ts'
import { type KillMoment, play } from './play.ts'
import { scenarios } from './scenarios.ts'

const moments: readonly KillMoment[] = ['lost', 'unsent', 'sent']

describe('the engine stopped at every commit of every flow', () => {
  for (const scenario of scenarios) {
    it(`comes to the same tasks: ${scenario.name}`, { timeout: 180_000 }, async () => {
      const calm = await play(scenario, flows)
      for (const flow of scenario.tasksOf) expect(calm.flows, scenario.name).toContain(flow)
      for (let commit = 1; commit < calm.commits; commit++) {
        for (const moment of moments) {
          const killed = await play(scenario, flows, { commit, moment })
          const where = `killed at commit ${commit} of ${calm.commits}, ${moment}`
          expect(killed.stage.starts, where).toBe(2)
          expect(killed.stage.bugs, where).toEqual([])
          expect(killed.tasks, where).toEqual(calm.tasks)
          const logs = killed.stage.logs()
          expect(
            [...greetedTwice(logs), ...attemptsBegunTwice(logs), ...tasksBegunTwice(logs)],
            where,
          ).toEqual([])
        }
      }
    })
  }
})
