// @ts-check
/**
 * The robot's own interface: HTTP, places by name, one job at a time. Exchange this file for your device's.
 *
 *     GET    /status         {"battery": 81, "charging": false, "at": "Sofa", "job": null, "places": [...]}
 *     POST   /jobs           {"go": "Sofa"} or {"say": "Hello", "language": "en"}; 201, 404 unknown place, 409 busy
 *     GET    /jobs/{id}      {"id": 1, "state": "running" | "done" | "stopped" | "failed", "percent": 40}
 *     DELETE /jobs/{id}      stops it
 */
import { setTimeout as pause } from 'node:timers/promises'
import { DeviceUnauthorised, DeviceUnreachable } from '../sdk/index.ts'

/** Longer than the robot ever takes to answer. */
const answerMs = 3_000
/** How often it is asked how far it is. */
const pollMs = 100
/** How often it is asked how it is. */
const lookEveryMs = 1_000
/** So many times without an answer, and it counts as gone. */
const silencesMax = 3

/**
 * @typedef {{ battery: number, charging: boolean, at: string, job: number | null, places: string[] }} Status
 * @typedef {{ id: number, state: 'running' | 'done' | 'stopped' | 'failed', percent: number }} Job
 * @typedef {{ go: string } | { say: string, language: string }} Order
 * @typedef {{ signal: AbortSignal, onBegun?: () => void, onWay?: (percent: number) => void }} On
 * @typedef {ReturnType<typeof reachRobot>} Robot
 */

/** The robot understood, and said no. */
export class RefusedByRobot extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`The robot answered ${status}.`)
    this.status = status
  }
}

/** Nobody was reached at all, so certainly nothing began. @param {unknown} error */
const neverArrived = (error) =>
  error instanceof Error &&
  /** @type {{ code?: string } | undefined} */ (error.cause)?.code === 'ECONNREFUSED'

/** @param {string} url */
export const reachRobot = (url) => {
  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  const ask = async (method, path, body) => {
    let response
    try {
      response = await fetch(new URL(path, url), {
        method,
        signal: AbortSignal.timeout(answerMs),
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      })
    } catch (error) {
      throw new DeviceUnreachable(`${method} ${path}: no answer from ${url}.`, {
        cause: error,
        ...(neverArrived(error) && { begun: false }),
      })
    }
    if (response.status === 401 || response.status === 403) throw new DeviceUnauthorised()
    if (!response.ok) throw new RefusedByRobot(response.status)
    return response.json()
  }

  /** @param {number} id */
  const stop = async (id) => {
    await ask('DELETE', `/jobs/${id}`)
  }

  return {
    /** @returns {Promise<Status>} */
    status: () => ask('GET', '/status'),
    stop,
    /**
     * Has it do one job and waits for the end of it. When the signal is aborted the robot is stopped first.
     * @param {Order} order
     * @param {On} on
     * @returns {Promise<Job>}
     */
    async perform(order, { signal, onBegun, onWay }) {
      signal.throwIfAborted()
      /** @type {Job} */
      let job = await ask('POST', '/jobs', order)
      onBegun?.()
      while (job.state === 'running') {
        if (signal.aborted) {
          await stop(job.id)
          throw signal.reason
        }
        onWay?.(job.percent)
        await pause(pollMs, undefined, { signal }).catch(() => undefined)
        job = await ask('GET', `/jobs/${job.id}`)
      }
      return job
    },
  }
}

/**
 * Asks the robot again and again how it is, until it is gone.
 * @param {Robot} robot
 * @param {(status: Status) => void} onStatus
 */
export const lookAfter = (robot, onStatus) => {
  let silences = 0
  /** @type {(error: unknown) => void} */
  let isLost = () => {}
  /** @type {Promise<unknown>} */
  const lost = new Promise((resolve) => {
    isLost = resolve
  })
  const look = async () => {
    try {
      onStatus(await robot.status())
      silences = 0
    } catch (error) {
      silences += 1
      if (silences === silencesMax) isLost(error)
    }
  }
  const timer = setInterval(() => void look(), lookEveryMs)
  return { lost, end: () => clearInterval(timer) }
}
