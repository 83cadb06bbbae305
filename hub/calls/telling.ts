/** What the line of the calls has seen becomes an entry: tried again where the disk is full for a moment. */
import { UsherError } from '#protocol/errors.ts'
import type { Clock } from '../engine/hub-time.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { SaleCommand } from '../sales/commands.ts'
import type { CallCommand } from './commands.ts'
import type { SharedCommand } from './shared.ts'

export interface TellingParts {
  readonly engine: Pick<Engine, 'submit'>
  readonly clock: Pick<Clock, 'after'>
  readonly log: { error(fields: object, text: string): void; warn(fields: object, text: string): void }
}

type Told = CallCommand | SharedCommand | SaleCommand

export interface Telling {
  /** @throws UsherError why it was refused */
  submit(command: Told): Promise<unknown>
  /** Refused, it is left: things have changed meanwhile. */
  tell(command: Told): void
}

/** A disk that is full for a moment keeps nobody in a call who has left it. */
const tellAgainMs = 2_000

export const createTelling = ({ engine, clock, log }: TellingParts): Telling => {
  const submit = (command: Told) => engine.submit({ body: { kind: 'command', command } })
  const onUntold = (command: Told, error: unknown) => {
    if (!(error instanceof UsherError))
      return log.error({ err: error }, 'who is in a call could not be noted')
    if (error.code !== 'store.full' && error.code !== 'hub.busy') return
    log.warn({ code: error.code }, 'who is in a call could not be noted; tried again')
    clock.after(tellAgainMs, () => tell(command))
  }
  const tell = (command: Told) => {
    submit(command).catch((error: unknown) => onUntold(command, error))
  }
  return { submit, tell }
}
