/** The screen as a device of the branch: what the hub may ask of it, and what it says of itself. */
import { type Capabilities, DeviceBusy, type DeviceHandle, defineAdapter, z } from '#adapters/sdk/browser.ts'
import type { CommandOf } from '#protocol/capabilities.ts'
import type { Content, Words } from '#protocol/targets.ts'
import type { Health } from './health.ts'
import type { Volume } from './keep/volume.ts'
import type { Player } from './play/player.ts'
import { rankOf } from './play/tasks.ts'
import { type SettingsParts, takeSettings } from './settings.ts'
import type { Scene } from './show/scene.ts'

export interface DeviceParts extends SettingsParts {
  readonly player: Player
  readonly health: Health
  readonly languages: () => readonly string[]
  readonly sceneOf: (content: Content) => Promise<Scene>
  readonly isMandatory: (item: string) => boolean
  readonly screenshot: () => Promise<{ readonly image: string }>
  readonly identify: (forMs: number) => void
  /** @returns whether the page will be loaded anew. */
  readonly reload: (isNeeded: boolean) => Promise<boolean>
  readonly volume: Volume
  /** Only now the hub can be told anything. */
  readonly onHandle: (handle: DeviceHandle) => void
}

interface Task {
  readonly id: string
  readonly signal: AbortSignal
  readonly runWithinMs: number
  started(): void
}

const greetMs = 8_000
const offerMs = 20_000
/** So much earlier than it must, so that the report is not late. */
const marginMs = 1_000
const identifyMs = 10_000

/** What may be shown for as long as nothing else is, ends with its task. */
const lengthOf = (wishedMs: number | undefined, { runWithinMs }: Task) =>
  Math.max(0, Math.min(wishedMs ?? Number.POSITIVE_INFINITY, runWithinMs - marginMs))

const greeting = (words: readonly Words[]): Content => ({ template: 'greeting', words: [...words] })

const createShowing =
  ({ player, sceneOf, isMandatory }: DeviceParts) =>
  async (content: Content, task: Task, wishedMs: number | undefined): Promise<number> => {
    const rank = rankOf(content.template)
    player.interrupts.admit(rank)
    const scene = await sceneOf(content)
    try {
      task.signal.throwIfAborted()
      // Something more urgent may have come while it was made.
      player.interrupts.admit(rank)
    } catch (error) {
      scene.dispose()
      throw error
    }
    const { item } = content
    task.started()
    return await player.interrupts.run({
      rank,
      scene,
      frame: { kind: 'task', task: task.id, ...(item !== undefined && { item }) },
      playing: item === undefined ? undefined : { item, task: task.id, mandatory: isMandatory(item) },
      showForMs: lengthOf(wishedMs, task),
      signal: task.signal,
    })
  }

const capabilitiesOf = (parts: DeviceParts): Capabilities => {
  const show = createShowing(parts)
  return {
    async display({ content, showForMs }, task) {
      const shownForMs = await show(content, task, showForMs)
      return { shownForMs: Math.round(shownForMs), shown: content.words }
    },
    async promote({ content, showForMs }, task) {
      const shownForMs = await show(content, task, showForMs)
      return { shownForMs: Math.round(shownForMs), response: 'none' }
    },
    async 'offer-service'({ content }, task) {
      await show(content, task, offerMs)
      // Nobody can answer a screen: who accepts goes to the kiosk.
      return { answer: 'none' }
    },
    async greet({ words }, task) {
      await show(greeting(words), task, greetMs)
      return { said: words, answered: false }
    },
    ...vendorCapabilitiesOf(parts),
  }
}

const VolumeWish = z.object({ percent: z.number().min(0).max(100).optional() })
const Reload = z.object({ anyway: z.boolean().default(false) })
const Identify = z.object({ forMs: z.number().min(1_000).max(60_000).default(identifyMs) })

const vendorCapabilitiesOf = (parts: DeviceParts) => ({
  'x-usher-screenshot': async () => ({ ...(await parts.screenshot()) }),
  'x-usher-reload': async (command: object) => ({
    reloads: await parts.reload(Reload.parse(command).anyway),
  }),
  'x-usher-volume': async (command: object) => {
    const { percent } = VolumeWish.parse(command)
    if (percent !== undefined) parts.volume.set(percent)
    return { percent: Math.round(parts.volume.level() * 100) }
  },
  'x-usher-identify': async (command: object) => {
    const { forMs } = Identify.parse(command)
    parts.identify(forMs)
    return { forMs }
  },
})

/** Asked before anything is promised. */
const consider = ({ player }: DeviceParts, capability: string, command: object) => {
  const { interrupts } = player
  if (capability === 'greet') interrupts.admit(rankOf('greeting'))
  if (!('content' in command)) return
  const { content, visit } = command as CommandOf<'promote'>
  const rank = rankOf(content.template)
  interrupts.admit(rank)
  if (capability !== 'promote') return
  // One content for one visitor at a time.
  if (interrupts.rank() === rank) throw new DeviceBusy('Another promotion is shown.')
  if (visit === undefined && player.owes())
    throw new DeviceBusy('Mandatory content is owed its share of the time.', { code: 'mandatory-due' })
}

export const screenAdapter = (parts: DeviceParts) => {
  const capabilities = capabilitiesOf(parts)
  const names = Object.keys(capabilities) as (keyof Capabilities)[]
  return defineAdapter({
    name: 'usher-screen',
    version: '1.0.0',
    config: z.object({}),
    async connect({ device }) {
      parts.onHandle(device)
      const ends = [
        device.onConfig((config) => takeSettings(config, parts)),
        parts.health.listen((reasons) =>
          device.state({ health: { level: reasons.length > 0 ? 'degraded' : 'ok', reasons: [...reasons] } }),
        ),
      ]
      return {
        manifest: {
          kind: 'screen',
          vendor: 'Usher',
          model: 'Web screen',
          languages: [...parts.languages()],
          // It is on when it is asked.
          capabilities: Object.fromEntries(names.map((name) => [name, { immediate: true }])),
          guarantees: { cancels: true, keepsTime: false },
        },
        capabilities,
        // The more urgent replaces the less; which is which is the screen's own affair.
        concurrent: names,
        consider: (capability, command) => consider(parts, capability, command),
        close: () => ends.forEach((end) => end()),
      }
    },
  })
}
