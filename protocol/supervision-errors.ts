/** Errors of adapters that run beside the hub on its own machine: made from the template, started and watched. */
import { type ErrorRow, row } from './error-row.ts'

export const supervisionErrors = {
  'adapter.name': row(
    'This cannot be the name of an adapter.',
    'operator',
    'after-change',
    'Use lower-case letters, digits and dashes, for example acme-robot.',
  ),
  'adapter.exists': row(
    'There is something at that path already; nothing was written.',
    'operator',
    'after-change',
    'Take another name or another --dir.',
  ),
  'adapter.sdk': row(
    'The package of the adapter SDK cannot be used.',
    'operator',
    'after-change',
    'Make it with `npm run pack:sdk` in the folder of Usher, or name its file with --sdk.',
  ),
  'adapter.unknown': row(
    'No adapter of that name runs under this hub.',
    'operator',
    'after-change',
    '`usher adapters list` shows them; they are named by their device in the settings of the hub.',
  ),
  'adapter.folder': row(
    'The folder of an adapter cannot be used.',
    'operator',
    'after-change',
    'It needs a package.json with "usher": { "adapter": "./main.js" }.',
  ),
  'adapter.crash-loop': row(
    'An adapter crashed again and again and is not started any more; its device does nothing.',
    'device',
    'after-change',
    'Look at `usher adapters logs`, mend it, then `usher adapters restart`.',
  ),
  'adapter.refused-settings': row(
    'An adapter does not accept its settings and is not started again; its device does nothing.',
    'operator',
    'after-change',
    'Look at `usher adapters logs`, correct its config in the settings of the hub, and start the hub again.',
  ),
  'adapter.too-much-memory': row(
    'An adapter used more memory than its limit and was ended.',
    'device',
    'later',
    'It is started again. Where it needs that much, raise its memoryMb; else it leaks and has to be mended.',
  ),
  'adapter.silent': row(
    'An adapter gave no sign of life and was ended: something in it blocks.',
    'device',
    'later',
    'It is started again; its log shows what it did last.',
  ),
  'adapter.crashed': row(
    'An adapter ended although nobody had asked it to.',
    'device',
    'later',
    'It is started again; `usher adapters logs` shows why it ended.',
  ),
  'adapter.flood': row(
    'An adapter sends more than it may; the hub reads it more slowly, and the other devices are served first.',
    'device',
    'later',
    'Nothing is lost, but its news come late: have it send changes instead of repetitions.',
  ),
} as const satisfies Record<string, ErrorRow>
