// @ts-check
/**
 * What the hub may ask of this robot, put into the robot's own words. The line to the hub, deadlines, repeats and
 * restarts are the SDK's business; here is only what no other robot has.
 */
import { z } from 'zod'
import { DeviceBusy, DeviceFault, DeviceUnsupported, defineAdapter } from '../sdk/index.ts'
import { lookAfter, RefusedByRobot, reachRobot } from './robot.js'

const languages = ['zh', 'en']

/**
 * @typedef {{ place?: string | undefined, zone?: string | undefined }} Spot
 * @typedef {{ language: string, text: string }} Words
 * @typedef {{ signal: AbortSignal, started(): void, progress(progress: { percent: number }): void }} Task
 */

export const adapter = defineAdapter({
  name: 'acme-robot',
  version: '0.1.0',
  config: z.object({
    /** Where the robot listens. */
    url: z.url(),
    /** The branch's name of a place or zone → the robot's name of it. */
    places: z.record(z.string(), z.string()),
  }),

  async connect({ config, log, device }) {
    const robot = reachRobot(config.url)
    const first = await robot.status()
    log.info('the robot answers', { url: config.url, places: first.places.length })
    // Left over from before a restart: the hub has been told that it was interrupted.
    if (first.job !== null) await robot.stop(first.job)

    const { knows, go, say } = wordsFor(robot, config.places)
    const watch = lookAfter(robot, ({ battery, charging, at }) => {
      const zone = Object.entries(config.places).find(([, name]) => name === at)?.[0]
      device.state({ battery: { percent: battery, charging }, ...(zone !== undefined && { spot: { zone } }) })
    })

    return {
      manifest: { kind: 'robot', vendor: 'Acme', model: 'G2', firmware: '1.0.0', languages },

      // Asked before anything is promised: where this robot cannot go, another may.
      consider(_capability, command) {
        const spot = /** @type {Spot | undefined} */ (command['to'] ?? command['at'])
        if (spot !== undefined && !knows(spot)) throw new DeviceUnsupported('Not in the place table.')
      },

      capabilities: {
        async greet({ at, words }, task) {
          await go(at, task)
          const said = await say(words, task)
          return { said, ...(said[0] !== undefined && { language: said[0].language }) }
        },
        async guide({ to, words = [] }, task) {
          const said = await say(words, task)
          await go(to, task)
          return { arrived: true, said }
        },
        async announce({ words }, task) {
          return { said: await say(words, task) }
        },
        async dock({ to }, task) {
          await go(to, task)
          return { arrived: true }
        },
      },

      lost: watch.lost,
      close: watch.end,
    }
  },
})

/**
 * Going and saying, as this robot understands it.
 * @param {import('./robot.js').Robot} robot
 * @param {Record<string, string>} places
 */
const wordsFor = (robot, places) => {
  /** @param {Spot} spot */
  const nameOf = ({ place, zone }) => places[place ?? ''] ?? places[zone ?? '']

  /** @param {import('./robot.js').Order} what @param {Task} task */
  const order = async (what, task) => {
    try {
      const job = await robot.perform(what, {
        signal: task.signal,
        onBegun: task.started,
        ...('go' in what && { onWay: (percent) => task.progress({ percent }) }),
      })
      if (job.state !== 'done') throw new DeviceFault(`The robot reports the job as ${job.state}.`)
    } catch (error) {
      if (!(error instanceof RefusedByRobot)) throw error
      if (error.status === 409) throw new DeviceBusy()
      if (error.status === 404) throw new DeviceUnsupported('The robot does not know this place.')
      throw new DeviceFault(error.message)
    }
  }
  return {
    /** Nowhere in particular is fine, too. @param {Spot} spot */
    knows: (spot) => (spot.place === undefined && spot.zone === undefined) || nameOf(spot) !== undefined,

    /** @param {Spot} spot @param {Task} task */
    async go(spot, task) {
      const place = nameOf(spot)
      if (place !== undefined) await order({ go: place }, task)
    },

    /** @param {readonly Words[]} words @param {Task} task @returns what was said */
    async say(words, task) {
      const chosen = words.find(({ language }) => languages.includes(language)) ?? words[0]
      if (chosen === undefined) return []
      await order({ say: chosen.text, language: chosen.language }, task)
      return [chosen]
    },
  }
}
