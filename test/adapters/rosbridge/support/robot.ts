/** A robot of `roslib`'s in a process of its own, and the relay in the place of rosbridge. */
import { join } from 'node:path'
import { startAdapterProcess } from '../../sdk/support/process.ts'
import { Relay, type RelayOptions } from './relay.ts'

const robotProgram = join(import.meta.dirname, 'ros-robot.main.ts')

export interface Simulation {
  readonly at: { readonly x: number; readonly y: number }
  readonly spoken: readonly string[]
  readonly active: number
}

/** A relay with a robot behind it. */
export const startRobot = async (
  options: RelayOptions & { readonly environment?: Readonly<Record<string, string>> } = {},
) => {
  const relay = new Relay(options)
  const url = await relay.listen()
  const robot = startAdapterProcess([robotProgram], {
    ROS_BRIDGE: `${url}/robot`,
    ...(options.tls !== undefined && { NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
    ...options.environment,
  })
  await robot.says('ready')
  return {
    relay,
    url: `${url}/`,
    robot,
    /** Changes what happens there. */
    wish: (wish: object) => relay.publish('/simulation', { data: JSON.stringify(wish) }),
    simulation: () => relay.last('/simulation_state') as Simulation,
    async end() {
      robot.kill('SIGKILL')
      await robot.ended
      await relay.close()
    },
  }
}
export type RunningRobot = Awaited<ReturnType<typeof startRobot>>
