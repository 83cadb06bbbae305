/** Plays one scenario on the real hub, killed at a chosen commit or not at all, and tells which tasks came of it. */
import type { AnyFlow } from '#flows/define.ts'
import { faithful } from '#hub/broker/memory-bus.ts'
import type { TaskRow } from '#hub/dispatch/rows.ts'
import { createMemoryStore } from '#hub/store/memory-store.ts'
import { branchName, simBranch } from './branch.ts'
import type { Scenario } from './scenarios.ts'
import { Stage } from './stage.ts'

/** `lost`: while the commit is on its way. `unsent`: committed, nothing sent. `sent`: committed and handed over. */
export type KillMoment = 'lost' | 'unsent' | 'sent'

export interface Played {
  readonly stage: Stage
  /** Commits that began before the story ended. */
  readonly commits: number
  /** What became of every task, without names that differ from run to run. */
  readonly tasks: readonly string[]
  readonly flows: ReadonlySet<string>
  /** Versions of flows that made tasks, as `greeting 2`. */
  readonly versions: ReadonlySet<string>
  /** Commits in which a version came in force. */
  readonly deployed: readonly number[]
}

/** Short against every deadline of a flow: the same story, only interrupted. */
const backAfterMs = 20

/** Visits and tasks are named by the entry that began them; a restart adds entries, so names shift but not their order. */
const withoutNames = (tasks: readonly TaskRow[]): string[] => {
  const ordinals = new Map<string, string>()
  const plain = (text: string) =>
    text.replaceAll(/\b([a-z]+)-\d+-\d+-\d+\b/g, (name, kind: string) => {
      if (!ordinals.has(name)) ordinals.set(name, `${kind}#${ordinals.size}`)
      return ordinals.get(name) as string
    })
  return tasks
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ flow, phase, intent: { capability, ref, subject, because } }) =>
      plain(JSON.stringify({ flow, capability, ref, phase, subject, because: because.code })),
    )
    .sort()
}

export const play = async (
  scenario: Scenario,
  flows: readonly AnyFlow[],
  kill?: { readonly commit: number; readonly moment: KillMoment },
): Promise<Played> => {
  let commits = 0
  const deployed: number[] = []
  const strike = (moment: KillMoment, commit: number) => {
    if (kill?.moment === moment && kill.commit === commit) stage.killHub(backAfterMs)
  }
  const stage: Stage = new Stage({
    seed: 'scenario',
    branch: simBranch({ holdoutShare: scenario.tasksOf.includes('promotion') ? 0 : null }),
    flows,
    ...(scenario.library && { library: scenario.library }),
    fate: () => faithful,
    behaviour: (device) => ({
      pace: 0.5,
      stateEveryMs: 600_000,
      people: { accept: 1, decline: 0, intent: 0, interested: 0 },
      ...scenario.behaviour?.[device],
    }),
    commitMs: () => 1,
    onCommitBegun: (commit) => {
      commits = commit + 1
      strike('lost', commit)
    },
    onCommitted: ({ entries }) => {
      if (entries.some(({ body }) => body.kind === 'deploy')) deployed.push(commits - 1)
      strike('unsent', commits - 1)
    },
    onSent: () => strike('sent', commits - 1),
  })
  stage.startHub()
  stage.startDevices()
  scenario.play(stage)
  await stage.clock.run(scenario.untilMs)
  const within = commits
  // Whatever was interrupted last has come back by then.
  await stage.clock.run(scenario.untilMs + 5_000)
  const ended = (await createMemoryStore({ disk: stage.disk }).tasks(branchName, {
    limit: 5_000,
  })) as readonly TaskRow[]
  const open = stage.hub()?.engine.state.tasks.values() ?? []
  const tasks = [...new Map([...ended, ...open].map((task) => [task.id, task])).values()]
  return {
    stage,
    commits: within,
    tasks: withoutNames(tasks),
    flows: new Set(tasks.map((task) => task.flow)),
    versions: new Set(tasks.map(({ flow, flowVersion }) => `${flow} ${flowVersion}`)),
    deployed,
  }
}
