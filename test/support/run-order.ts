/**
 * In which order the test files run: the long ones first, so that none of them is left over when all others have ended.
 * What was learnt from earlier runs is not there on a fresh machine, and the size of a file says nothing about it.
 */
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Those of more than ten seconds on two cores, longest first. */
export const longestFirst: readonly string[] = [
  'test/tablet/journeys/axe.test.ts',
  'test/cli/demo.test.ts',
  'test/tablet/policies.test.ts',
  'test/expert/expert.test.ts',
  'test/screen/video.test.ts',
  'test/tablet/queues.test.ts',
  'test/tablet/shell.test.ts',
  'test/tablet/journeys/day-of-a-manager.test.ts',
  'test/tablet/work.test.ts',
  'test/tablet/floor.test.ts',
  'test/tablet/alerts.test.ts',
  'test/tablet/journeys/two-managers.test.ts',
  'test/tablet/plan.test.ts',
  'test/kiosk/call.test.ts',
  'test/calls/relay.test.ts',
  'test/tablet/plan-line.test.ts',
  'test/screen/gold.test.ts',
  'test/tablet/content.test.ts',
  'test/screen/screen.test.ts',
  'test/tablet/policy-list.test.ts',
  'test/adapters/named-place-robot/faults.test.ts',
  'test/kiosk/kiosk.test.ts',
  'test/cli/adapters/guide.test.ts',
  'test/adapters/vda-5050/fleet.test.ts',
  'test/adapters/browser/gold.test.ts',
  'test/kiosk/gold.test.ts',
  'test/calls/mesh.test.ts',
  'test/calls/link/lines.test.ts',
  'test/crash/crash.test.ts',
  'test/adapters/conformance/cli.test.ts',
  'test/faults/restore.test.ts',
  'test/adapters/package/package.test.ts',
  'test/cli/adapters/isolation.test.ts',
  'test/adapters/conformance/planted-faults.test.ts',
  'test/calls/hub.test.ts',
  'test/cli/commands.test.ts',
  'test/adapters/vda-5050/gold.test.ts',
  'test/adapters/named-place-robot/gold.test.ts',
  'test/adapters/opc-ua/gold.test.ts',
  'test/adapters/queue-system/gold.test.ts',
  'test/adapters/conformance/programs.test.ts',
  'test/adapters/rosbridge/faults.test.ts',
  'test/adapters/opc-ua/line.test.ts',
  'test/adapters/rosbridge/gold.test.ts',
  'test/store/crash.test.ts',
  'test/adapters/template/gold.test.ts',
  'test/adapters/named-place-robot/tasks.test.ts',
  'test/adapters/xibo/gold.test.ts',
  'test/store/damage.test.ts',
  'test/adapters/browser/chromium.test.ts',
  'test/sim/crash-everywhere.test.ts',
  'test/deploy/deploy.test.ts',
  'test/adapters/xibo/hub.test.ts',
  'test/adapters/opc-ua/plant.test.ts',
  'test/adapters/rosbridge/line.test.ts',
  'test/adapters/conformance/gateway.test.ts',
  'test/faults/clock.test.ts',
  'test/faults/disk.test.ts',
  'test/faults/strangers.test.ts',
  'test/adapters/vda-5050/virtual-agv.test.ts',
  'test/adapters/xibo/faults.test.ts',
  'test/adapters/rosbridge/hub.test.ts',
  'test/adapters/opc-ua/hub.test.ts',
  'test/desk/slow.test.ts',
  'test/cli/records.test.ts',
  'test/store/commit-log.test.ts',
  'test/cli/pages.test.ts',
]

const rank = ({ project, moduleId }: TestSpecification) => {
  const found = longestFirst.indexOf(relative(project.config.root, moduleId))
  return found === -1 ? longestFirst.length : found
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Those that share a process come one after the other, at the end: they are short, and fill what is left.
    const shares = ({ project }: TestSpecification) => Number(!project.config.isolate)
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => shares(a) - shares(b) || rank(a) - rank(b))
  }
}
