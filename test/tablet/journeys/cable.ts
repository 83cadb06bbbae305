/** The network between a page and its hub, as a test holds it in its hands: silent in one direction or both, cut, mended. */
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

export interface Cable {
  readonly port: number
  /** Nothing comes back any more, and nobody notices: what the page says still arrives. */
  hush(): void
  /** Nothing arrives in either direction, and nobody notices. @returns resolves with the next words that got lost */
  hang(): Promise<void>
  /** Every connection dies, and no new one comes about. */
  cut(): void
  mend(): void
  stop(): Promise<void>
}

class Wire implements Cable {
  readonly #target: () => number
  readonly #server: Server
  readonly #ends = new Set<Socket>()
  #state: 'whole' | 'hushed' | 'hung' | 'cut' = 'whole'
  #onLost: (() => void) | undefined

  constructor(target: () => number) {
    this.#target = target
    this.#server = createServer((page) => this.#join(page))
  }

  get port() {
    return (this.#server.address() as AddressInfo).port
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  #join(page: Socket) {
    if (this.#state === 'cut') return void page.destroy()
    const hub = new (page.constructor as typeof Socket)().connect(this.#target(), '127.0.0.1')
    for (const [end, other] of [
      [page, hub],
      [hub, page],
    ] as const) {
      this.#ends.add(end)
      end.setNoDelay(true)
      end.on('error', () => end.destroy())
      end.on('close', () => {
        this.#ends.delete(end)
        // A cable that hangs does not carry a goodbye either.
        if (this.#state === 'whole') other.destroy()
      })
    }
    page.on('data', (data) => {
      if (this.#state === 'hung') return this.#onLost?.()
      hub.write(data)
    })
    hub.on('data', (data) => {
      if (this.#state === 'whole') page.write(data)
    })
  }

  hush() {
    this.#state = 'hushed'
  }

  hang() {
    this.#state = 'hung'
    return new Promise<void>((resolve) => {
      this.#onLost = resolve
    })
  }

  cut() {
    this.#state = 'cut'
    for (const end of this.#ends) end.destroy()
  }

  mend() {
    // What hung is lost: its bytes are missing.
    this.cut()
    this.#state = 'whole'
  }

  async stop() {
    this.cut()
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()))
  }
}

/** @param target port of the hub, asked anew for each connection */
export const layCable = (target: () => number): Promise<Cable> => new Wire(target).open()
