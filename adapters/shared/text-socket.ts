/** A WebSocket of text messages, as adapters dial it: opened in time or not at all, and gone once. */
import { DeviceUnauthorised, DeviceUnreachable } from '../sdk/errors.ts'
import type { Clock } from '../sdk/ports.ts'

export interface TextSocket {
  send(text: string): void
  /** Whoever closes it is not told that it is gone. */
  close(): void
}

export interface TextSocketParts {
  readonly url: string
  /** Of the first request: for what stands in front of the device and asks who comes. */
  readonly headers?: Readonly<Record<string, string>>
  readonly openWithinMs: number
  readonly clock: Clock
  readonly onMessage: (socket: TextSocket, data: unknown) => void
  readonly onGone: (socket: TextSocket) => void
}

/** @throws DeviceUnreachable; with `headers`, also DeviceUnauthorised */
export const openTextSocket = async (parts: TextSocketParts): Promise<TextSocket> => {
  const { url, headers, openWithinMs, clock, onMessage, onGone } = parts
  const socket = headers === undefined ? new WebSocket(url) : new WebSocket(url, { headers: { ...headers } })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let isOpen = false
  let isGone = false
  const own: TextSocket = {
    send: (text) => socket.send(text),
    close() {
      isGone = true
      socket.close()
    },
  }
  const gone = () => {
    reject(new DeviceUnreachable(`No WebSocket at ${url}.`, { begun: false }))
    if (isOpen && !isGone) onGone(own)
    isGone = true
  }
  socket.addEventListener('open', () => {
    isOpen = true
    resolve()
  })
  socket.addEventListener('close', gone)
  socket.addEventListener('error', gone)
  socket.addEventListener('message', ({ data }) => {
    if (!isGone) onMessage(own, data)
  })
  const late = clock.after(openWithinMs, () => {
    gone()
    socket.close()
  })
  try {
    await promise
    return own
  } catch (error) {
    if (headers !== undefined && (await isTurnedAway(parts)))
      throw new DeviceUnauthorised(`${url} refuses the token.`)
    throw error
  } finally {
    late()
  }
}

/** A WebSocket that fails does not say why, so what answers there is asked again in plain HTTP. */
const isTurnedAway = async ({ url, headers, openWithinMs }: TextSocketParts): Promise<boolean> => {
  try {
    const { status, body } = await fetch(url.replace(/^ws/, 'http'), {
      ...(headers !== undefined && { headers: { ...headers } }),
      redirect: 'manual',
      signal: AbortSignal.timeout(openWithinMs),
    })
    await body?.cancel()
    return status === 401 || status === 403
  } catch {
    return false
  }
}
