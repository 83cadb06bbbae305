/** Xibo signage as an adapter: a gateway to one CMS, where each configured display group is a screen of the branch. */
import { join } from 'node:path'
import { type ConnectContext, type DeviceSide, defineAdapter } from '../sdk/adapter.ts'
import type { Clock } from '../sdk/ports.ts'
import { createSystemClock } from '../sdk/system-clock.ts'
import { monotonic } from '../shared/monotonic.ts'
import { createClient } from './cms/client.ts'
import { type Cms, createCms } from './cms/cms.ts'
import { type CmsTime, createCmsTime } from './cms/cms-time.ts'
import { createExchange } from './cms/exchange.ts'
import { createTokens } from './cms/tokens.ts'
import { commandIn, runCommand } from './command.ts'
import { readable, XiboConfig } from './config.ts'
import { considerCriteria, keepMode, setCriteria } from './criteria.ts'
import { layoutFor, type Wish, wishOf } from './layouts.ts'
import { Proof } from './proof.ts'
import { openProofMemory, type ProofMemory } from './proof-memory.ts'
import { Screen } from './screen.ts'
import { type ShowTask, show } from './show.ts'
import { createWatch } from './watch.ts'

export interface XiboParts {
  readonly clock: Clock
  readonly chance: () => number
  /** Of the gateway with that id. */
  readonly proofMemory: (device: string) => ProofMemory
}

type Context = ConnectContext<XiboConfig>

const openCms = ({ config, log }: Context, { clock, chance }: XiboParts): { cms: Cms; time: CmsTime } => {
  const { url, ca, clientId, clientSecret, clientSecretFile, timeZone } = config.cms
  const exchange = createExchange({
    url,
    ca: ca === undefined ? undefined : readable(ca),
    answerMs: config.answerMs,
  })
  const secret = clientSecret ?? readable(clientSecretFile ?? '')?.trim() ?? ''
  const nowMs = () => monotonic(clock)
  const tokens = createTokens({ exchange, clientId, clientSecret: secret, nowMs })
  const time = createCmsTime(timeZone)
  const odd = new Set<string>()
  const onOdd = (path: string) => {
    if (odd.has(path)) return
    odd.add(path)
    log.warn('the CMS sends rows that make no sense; they are left out', { path })
  }
  return { cms: createCms({ client: createClient({ exchange, tokens, clock, chance }), time, onOdd }), time }
}

interface Hands {
  readonly context: Context
  readonly parts: XiboParts
  readonly cms: Cms
  readonly proof: Proof
}

const sideOf = (screen: Screen, { context, parts, cms, proof }: Hands): DeviceSide => {
  const { config, log } = context
  const { id } = screen.device
  const put = (wish: Wish, task: ShowTask) =>
    show(
      { cms, config, clock: parts.clock, log, remember: (record) => proof.remember(record) },
      { screen, wish, task, row: layoutFor(config.layouts, wish) },
    )
  return {
    manifest: {
      kind: 'screen',
      vendor: 'Xibo',
      model: 'Display',
      // A value that is set again is only renewed.
      capabilities: { 'x-set-criteria': { repeat: 'until-done' } },
    },
    concurrent: ['x-set-criteria'],
    consider(capability, command) {
      if (capability === 'x-set-criteria') considerCriteria(command)
      else if (capability === 'x-run-command') commandIn(config, command)
      else layoutFor(config.layouts, wishOf(id, { capability, command } as Parameters<typeof wishOf>[1]))
      screen.assertThere()
    },
    capabilities: {
      async display(command, task) {
        const wish = wishOf(id, { capability: 'display', command })
        const { says } = layoutFor(config.layouts, wish)
        const shownForMs = await put(wish, task)
        return shownForMs === undefined ? {} : { shownForMs, ...(says !== undefined && { shown: says }) }
      },
      async promote(command, task) {
        const shownForMs = await put(wishOf(id, { capability: 'promote', command }), task)
        return shownForMs === undefined ? {} : { shownForMs }
      },
      'x-set-criteria': setCriteria(screen, { cms, config }),
      ...(Object.keys(config.commands).length > 0 && {
        'x-run-command': runCommand(screen, { cms, config }),
      }),
    },
  }
}

export const createXibo = (parts: XiboParts) =>
  defineAdapter({
    name: 'xibo',
    version: '1.0.0',
    config: XiboConfig,
    async connect(context) {
      const { config, log, device, devices, signal } = context
      const { cms, time } = openCms(context, parts)
      const { clock, chance } = parts
      const screens = config.screens.map(
        (one) =>
          new Screen({
            device: devices(one.device),
            displayGroupId: one.displayGroupId,
            cms,
            time,
            config,
            signal,
          }),
      )
      const watch = createWatch({ screens, config, clock, log, chance })
      await watch.begin()
      const memory = parts.proofMemory(device.id)
      const proof = new Proof({ cms, time, screens, config, clock, log, signal, memory })
      proof.begin()
      const ends = screens.map((screen) =>
        keepMode({ screen, device: screen.device, cms, config, clock, log }),
      )
      const sides = screens.map((screen) => [
        screen.device.id,
        sideOf(screen, { context, parts, cms, proof }),
      ])
      return {
        manifest: { vendor: 'Usher', model: 'Xibo gateway' },
        devices: Object.fromEntries(sides) as Record<string, DeviceSide>,
        close() {
          watch.end()
          proof.end()
          for (const end of ends) end()
        },
      }
    },
  })

export const xibo = createXibo({
  clock: createSystemClock(),
  chance: Math.random,
  proofMemory: (device) =>
    openProofMemory(join(process.env['USHER_STATE'] ?? './usher-state', `${device}.proof`)),
})
