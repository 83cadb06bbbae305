/** One file on its way to the hub. Not by `fetch`: only this one tells how much of it has gone. */
import type { Media } from '#protocol/content.ts'
import { Uploaded, uploadPath } from '#protocol/desk/content-routes.ts'
import { HubRefused, refusedBy } from '../../live/ask-hub.ts'

export interface Sending {
  readonly onProgress: (sent: number, whole: number) => void
  readonly signal: AbortSignal
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @throws HubRefused; an AbortError where somebody cancelled it */
export const sendFile = (file: File, { onProgress, signal }: Sending): Promise<Media> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', uploadPath)
    request.setRequestHeader('content-type', 'application/octet-stream')
    // Names are in any script, headers are not.
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name))
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded, file.size))
    request.addEventListener('load', () => {
      const body = parsed(request.responseText)
      const read = Uploaded.safeParse(body)
      if (request.status === 200 && read.success) resolve(read.data.media)
      else reject(refusedBy(body))
    })
    request.addEventListener('error', () => reject(new HubRefused(undefined)))
    request.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
