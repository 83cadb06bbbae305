/**
 * The app over HTTP: commands are posted, events are asked for by a long poll or come to a webhook. `POST /commands`,
 * `GET /events?after=N&waitMs=M`, both with `Authorization: Bearer <token>`.
 */
import { DeviceUnauthorised, DeviceUnreachable } from '../../sdk/errors.ts'
import { parsedJson } from '../../shared/json.ts'
import { BridgeAnswer, type BridgeData, BridgeEvents, messageBytesMax } from '../bridge.ts'
import { type Contact, createContact } from './contact.ts'
import { type LineParts, RefusedByApp, type RobotLine } from './robot-line.ts'
import { openWebhook, type Webhook, type WebhookAddress } from './webhook.ts'

/** How long the app may keep a poll open. */
const holdMs = 10_000
const againMs = 250

/** Nobody was reached at all, so certainly nothing began. */
const neverArrived = (error: unknown) =>
  error instanceof Error && (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED'

/** @throws DeviceUnreachable, DeviceUnauthorised */
export const openHttpLine = async (
  parts: LineParts,
  webhookAt: WebhookAddress | undefined,
): Promise<RobotLine> => {
  const line = new HttpLine(parts)
  try {
    const webhook = webhookAt && (await line.listen(webhookAt))
    const hello = line.contact.met(
      await line.ask('hello', {
        ...line.contact.greeting(),
        ...(webhook !== undefined && { webhook: webhook.url }),
      }),
    )
    if (webhook === undefined) void line.poll()
    return {
      hello,
      lost: line.contact.lost,
      ask: (command, data = {}) => line.ask(command, data),
      close: line.close,
    }
  } catch (error) {
    await line.close()
    throw error
  }
}

class HttpLine {
  readonly contact: Contact
  readonly #parts: LineParts
  readonly #ending = new AbortController()
  #webhook: Webhook | undefined
  #count = 0

  constructor(parts: LineParts) {
    this.#parts = parts
    this.contact = createContact(parts)
  }

  async listen(address: WebhookAddress): Promise<Webhook> {
    const { token } = this.#parts
    this.#webhook = await openWebhook({
      address,
      token,
      onEvents: (body) => this.#take(body),
      onOdd: () => this.#parts.onOdd('not-json'),
    })
    return this.#webhook
  }

  async ask(command: string, data: BridgeData): Promise<BridgeData> {
    this.#count += 1
    const body = await this.#request('commands', this.#parts.answerMs, {
      method: 'POST',
      body: JSON.stringify({ id: this.#count, command, data }),
    })
    const answer = BridgeAnswer.safeParse(body)
    if (!answer.success) {
      this.#parts.onOdd('not-json')
      throw new DeviceUnreachable('The app on the robot does not speak the bridge protocol.')
    }
    if (!answer.data.ok && answer.data.error === 'unauthorised')
      throw new DeviceUnauthorised('The app on the robot refuses the token.')
    if (!answer.data.ok) throw new RefusedByApp(answer.data.error)
    return answer.data.data
  }

  async poll() {
    while (!this.#ending.signal.aborted) {
      try {
        const path = `events?after=${this.contact.heardTo()}&waitMs=${holdMs}`
        this.#take(await this.#request(path, holdMs + this.#parts.answerMs, { method: 'GET' }))
      } catch (error) {
        if (this.#ending.signal.aborted) return
        if (error instanceof DeviceUnauthorised) return this.contact.give(error)
        await new Promise<void>((resolve) => this.#parts.clock.after(againMs, resolve))
      }
    }
  }

  close = async (): Promise<void> => {
    this.contact.end()
    this.#ending.abort()
    await this.#webhook?.close()
  }

  /** @returns false for what is not the protocol. */
  #take(body: unknown): boolean {
    const parsed = BridgeEvents.safeParse(body)
    if (!parsed.success) {
      this.#parts.onOdd('not-json')
      return false
    }
    const { session, events } = parsed.data
    if (this.contact.session() !== undefined && session !== this.contact.session())
      this.contact.give(new DeviceUnreachable('The app on the robot was started anew.'))
    else for (const event of events) this.contact.event(event)
    return true
  }

  async #request(path: string, withinMs: number, init: { method: string; body?: string }): Promise<unknown> {
    const url = new URL(path, this.#parts.url.endsWith('/') ? this.#parts.url : `${this.#parts.url}/`)
    let text: string
    try {
      const response = await fetch(url, {
        ...init,
        redirect: 'error',
        headers: { authorization: `Bearer ${this.#parts.token}`, 'content-type': 'application/json' },
        signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(withinMs)]),
      })
      this.contact.heard()
      if (response.status === 401 || response.status === 403)
        throw new DeviceUnauthorised('The app on the robot refuses the token.')
      text = await response.text()
    } catch (error) {
      if (error instanceof DeviceUnauthorised) throw error
      this.contact.missed()
      throw new DeviceUnreachable(`${init.method} ${url.pathname}: no answer.`, {
        cause: error,
        ...(neverArrived(error) && { begun: false }),
      })
    }
    return text.length > messageBytesMax ? undefined : parsedJson(text)
  }
}
