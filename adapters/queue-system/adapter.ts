/** Queue systems (ticket machines, 叫号机) as an adapter: one system of a branch, heard by webhook, MQTT, CSV and by asking. */
import { join } from 'node:path'
import { capabilities } from '#protocol/capabilities.ts'
import { type DeviceSide, defineAdapter } from '../sdk/adapter.ts'
import type { Clock } from '../sdk/ports.ts'
import { createKeptTickets } from './book/kept.ts'
import { createManageTicket } from './commands/manage-ticket.ts'
import { QueueSystemConfig } from './config.ts'
import { createIntake, type Intake } from './intake.ts'
import { presets } from './mapping/presets.ts'
import { channelsOf, openSources } from './sources/open-sources.ts'

export interface QueueSystemParts {
  readonly clock: Clock
  readonly timeOfDay: () => number
  readonly chance: () => number
  readonly stateFolder: string
}

/** What it can be told; a system that can only be read takes no task, and a person is asked instead. */
const tasksOf = (
  { commands, tables, ticketPrefixes }: QueueSystemConfig,
  intake: Intake,
): Pick<DeviceSide, 'capabilities' | 'concurrent' | 'consider'> => {
  if (commands === undefined) return { capabilities: {} }
  const tickets = createManageTicket({ commands, tables, ticketPrefixes, known: intake.ticket })
  return {
    capabilities: { 'manage-ticket': (command, task) => tickets.manage(command, task) },
    concurrent: ['manage-ticket'],
    consider(_capability, command) {
      tickets.consider(capabilities['manage-ticket'].command.parse(command))
    },
  }
}

export const createQueueSystem = (parts: QueueSystemParts) =>
  defineAdapter({
    name: 'queue-system',
    version: '1.0.0',
    config: QueueSystemConfig,
    async connect({ config, log, device }) {
      const kept = createKeptTickets(join(parts.stateFolder, `${device.id}.tickets`))
      const intake = createIntake({ config, device, log, kept, ...parts, channels: channelsOf(config) })
      const ends: (() => Promise<void>)[] = []
      const close = async () => {
        intake.close()
        await Promise.all(ends.map((end) => end()))
        log.info('the queue system is let go', { troubles: intake.counts() })
      }
      try {
        await openSources({ ...parts, config, intake, log, device: device.id, ends })
      } catch (error) {
        await close()
        throw error
      }
      const { vendor, model } = presets[config.preset]
      return {
        manifest: {
          kind: 'ticket-machine',
          vendor,
          model,
          periods: { 'queue.snapshot': config.snapshotPeriodMs },
        },
        ...tasksOf(config, intake),
        close,
      }
    },
  })
