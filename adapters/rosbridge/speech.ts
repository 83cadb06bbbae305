/** What the robot says: by an action that ends when it is said, or on a topic, where nobody tells the end. */
import type { z } from 'zod'
import type { Words } from '#protocol/targets.ts'
import { DeviceFault, DeviceUnreachable, DeviceUnsupported } from '../sdk/errors.ts'
import { languageFor } from '../shared/languages.ts'
import { carryOut } from './carry-out.ts'
import type { RosbridgeConfig, Speech } from './config.ts'
import type { RosRobot } from './robot.ts'
import { judgeEnd } from './way.ts'

type Json = z.infer<ReturnType<typeof z.json>>

export interface Speaking {
  readonly signal: AbortSignal
  started(): void
}

export interface Voice {
  /** @throws DeviceUnsupported when it speaks none of these languages */
  choose(given: readonly Words[]): Words
  say(given: readonly Words[], on: Speaking): Promise<Words[]>
}

const breathMs = 500

const filled = (template: Json, { text, language }: Words): Json => {
  if (typeof template === 'string')
    return template.replaceAll(/\{(text|language)\}/g, (_, name) => (name === 'text' ? text : language))
  if (Array.isArray(template)) return template.map((one) => filled(one, { text, language }))
  if (template === null || typeof template !== 'object') return template
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [key, filled(value, { text, language })]),
  )
}

export const createVoice = (robot: RosRobot, speech: Speech, config: RosbridgeConfig): Voice => {
  const choose = (given: readonly Words[]): Words => {
    for (const words of given)
      if (languageFor(config.languages ?? [], words.language) !== undefined) return words
    throw new DeviceUnsupported('It speaks none of these languages.')
  }
  const say = speech.by === 'topic' ? sayOnTopic(robot, speech) : sayByAction(robot, speech)
  return {
    choose,
    async say(given, on) {
      if (given.length === 0) return []
      const words = choose(given)
      on.signal.throwIfAborted()
      await say(words, on)
      return [words]
    },
  }
}

/** It cannot be silenced, so a cancel is over when the words are. */
const sayOnTopic =
  (robot: RosRobot, speech: Extract<Speech, { by: 'topic' }>) =>
  async (words: Words, { signal, started }: Speaking) => {
    if (!robot.publish(speech.topic, filled(speech.message, words) as object))
      throw new DeviceUnreachable('The robot is out of reach.', { begun: false })
    started()
    const ms = breathMs + speech.msPerCharacter * words.text.length
    await new Promise<void>((resolve) => robot.clock.after(ms, resolve))
    signal.throwIfAborted()
  }

const sayByAction =
  (robot: RosRobot, speech: Extract<Speech, { by: 'action' }>) =>
  async (words: Words, { signal, started }: Speaking) => {
    const client = robot.speech
    if (client === undefined) return
    const end = await carryOut(robot, {
      client,
      args: filled(speech.goal, words) as object,
      signal,
      began: started,
      heardAtMs: () => undefined,
      nowMs: robot.nowMs,
    })
    const verdict = judgeEnd(end, { isForeign: false })
    if (verdict.done) return
    if (!verdict.begun) throw new DeviceUnsupported(verdict.note, { code: verdict.code })
    throw new DeviceFault(verdict.note, { code: 'speech-failed' })
  }
