/**
 * Whether the robot is in reach, and which of its events were heard. Wi-Fi comes and goes in a lobby: within the time of
 * grace nothing is lost, because the app keeps its last events and is asked for those that are missing.
 */
import { DeviceUnreachable } from '../../sdk/errors.ts'
import { createGrace, type Grace } from '../../shared/grace.ts'
import { type BridgeData, type BridgeEvent, bridgeProtocol, HelloAnswer } from '../bridge.ts'
import type { LineParts } from './robot-line.ts'

export interface Contact {
  readonly lost: Promise<unknown>
  /** What to say first on a connection. */
  greeting(): BridgeData
  /** @returns the app's hello. @throws DeviceUnreachable for an app that was started anew or speaks another version */
  met(answer: unknown): HelloAnswer
  event(event: BridgeEvent): void
  /** Up to which event everything was heard. */
  heardTo(): number
  session(): string | undefined
  /** Something arrived from it just now. */
  heard(): void
  missed(): void
  give(error: unknown): void
  end(): void
}

export const createContact = (parts: LineParts): Contact => new RobotContact(parts)

class RobotContact implements Contact {
  readonly lost: Promise<unknown>
  readonly #parts: LineParts
  readonly #grace: Grace
  #session: string | undefined
  #heardTo = 0

  constructor(parts: LineParts) {
    this.#parts = parts
    this.#grace = createGrace(parts)
    this.lost = this.#grace.lost
  }

  heardTo = () => this.#heardTo
  session = () => this.#session

  greeting = (): BridgeData => ({
    protocol: bridgeProtocol,
    token: this.#parts.token,
    ...(this.#session !== undefined && { session: this.#session, after: this.#heardTo }),
  })

  met(answer: unknown): HelloAnswer {
    const parsed = HelloAnswer.safeParse(answer)
    if (!parsed.success)
      throw new DeviceUnreachable('The app on the robot speaks another version of the bridge protocol.')
    const { session, n } = parsed.data
    if (this.#session === undefined) this.#heardTo = n
    if (this.#session !== undefined && session !== this.#session) {
      const error = new DeviceUnreachable('The app on the robot was started anew.')
      this.give(error)
      throw error
    }
    this.#session = session
    this.heard()
    return parsed.data
  }

  event(event: BridgeEvent) {
    if (event.n <= this.#heardTo) return
    if (event.n > this.#heardTo + 1) this.#parts.onOdd('gap')
    this.#heardTo = event.n
    this.#parts.onEvent(event)
  }

  heard = () => this.#grace.heard()

  missed() {
    // Nothing was ever said: whoever dials tells that.
    if (this.#session !== undefined) this.#grace.missed()
  }

  give = (error: unknown) => this.#grace.give(error)
  end = () => this.#grace.end()
}
