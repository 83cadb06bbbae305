/** ROS 2 robots with nav2, over rosbridge, as an adapter of one robot. */
import { randomUUID } from 'node:crypto'
import { defineAdapter } from '../sdk/adapter.ts'
import type { Clock } from '../sdk/ports.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { RosbridgeConfig } from './config.ts'
import { type MeetingMemory, RosRobot } from './robot.ts'
import { createVoice } from './speech.ts'
import { createTasks } from './tasks.ts'

export const createRosbridge = (parts: { readonly clock: Clock; readonly newId: () => string }) => {
  const memory: MeetingMemory = { hasMet: false, leftovers: new Map() }
  return defineAdapter({
    name: 'rosbridge',
    version: '1.0.0',
    config: RosbridgeConfig,
    async connect({ config, log, device }) {
      const robot = new RosRobot({ ...parts, config, log, device, memory })
      try {
        const { lost } = await robot.open()
        const { speech, languages } = config
        const voice = speech && createVoice(robot, speech, config)
        const { vendor, model, metresPerSecond } = config.robot
        return {
          manifest: {
            kind: 'robot',
            vendor,
            model,
            ...(languages !== undefined && { languages }),
            ...(metresPerSecond !== undefined && { metresPerSecond }),
            // Words on a topic cannot be taken back.
            guarantees: { cancels: speech?.by !== 'topic' },
          },
          ...createTasks({ robot, config, device, voice }),
          lost,
          close: () => robot.close(),
        }
      } catch (error) {
        await robot.close()
        throw error
      }
    },
  })
}

export const rosbridge = createRosbridge({ clock: createSystemClock(), newId: () => randomUUID() })
