/** Which experts have a page open: the desk is told of the first that comes and of the last that goes. */
import type { DeskRole } from '#protocol/desk/roles.ts'
import { UsherError } from '#protocol/errors.ts'
import type { Engine } from '../../engine/open-engine.ts'

interface Somebody {
  readonly name: string
  readonly roles: readonly DeskRole[]
}

export interface ExpertLines {
  enter(who: Somebody): void
  leave(who: Somebody): void
}

interface Parts {
  readonly engine: Pick<Engine, 'submit'>
  readonly onBug: (error: unknown) => void
}

class OpenLines implements ExpertLines {
  readonly #parts: Parts
  readonly #pages = new Map<string, number>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  enter({ name, roles }: Somebody) {
    if (!roles.includes('expert')) return
    this.#pages.set(name, (this.#pages.get(name) ?? 0) + 1)
    // Also with the second page: what was told of the first may not have been taken, for a full disk or another file.
    this.#tell(name, true)
  }

  leave({ name }: Somebody) {
    const left = (this.#pages.get(name) ?? 0) - 1
    if (left > 0) return void this.#pages.set(name, left)
    if (this.#pages.delete(name)) this.#tell(name, false)
  }

  #tell(expert: string, here: boolean) {
    const command = { name: 'expert.line', expert, here, by: 'hub' } as const
    this.#parts.engine.submit({ body: { kind: 'command', command } }).catch((error: unknown) => {
      // An account with the role whom the branch file does not list is called by nobody.
      if (!(error instanceof UsherError)) this.#parts.onBug(error)
    })
  }
}

export const createExpertLines = (parts: Parts): ExpertLines => new OpenLines(parts)
