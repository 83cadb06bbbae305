/**
 * The files that a screen shows, in the browser's Cache Storage under their SHA-256. A file is there whole and right or
 * not at all.
 */
import type { Media } from '#protocol/content.ts'

export class FileMissing extends Error {
  /** Asking again soon does not help: it is not there, or is not what it should be. */
  readonly isFinal: boolean

  constructor(message: string, isFinal: boolean) {
    super(message)
    this.isFinal = isFinal
  }
}

export interface Shelf {
  has(sha256: string): boolean
  /** @throws FileMissing */
  fetch(media: Media, onProgress?: (bytes: number) => void): Promise<void>
  take(sha256: string): Promise<Blob | undefined>
  keepOnly(named: ReadonlySet<string>): Promise<void>
}

/** As the worker reads it. */
const cacheName = 'usher-media-screen'
const pathOf = (sha256: string) => `/content/${sha256}`
const shaIn = (url: string) => new URL(url).pathname.slice('/content/'.length)
/** Left for everything else that a browser keeps. */
const spareBytes = 64 * 1024 * 1024
const silenceMs = 30_000

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const makeRoomFor = async (bytes: number) => {
  const { quota, usage } = await navigator.storage.estimate()
  if (quota !== undefined && usage !== undefined && quota - usage < bytes + spareBytes)
    throw new FileMissing('There is no room for it.', true)
}

/** In chunks, so that a line that has gone silent is noticed, and a file without end too. */
const read = async (media: Media, onProgress: (bytes: number) => void): Promise<Blob> => {
  const giveUp = new AbortController()
  let timer = setTimeout(() => giveUp.abort(), silenceMs)
  try {
    const answer = await fetch(pathOf(media.sha256), { signal: giveUp.signal, credentials: 'omit' })
    if (!answer.ok || answer.body === null)
      throw new FileMissing(`The hub answered ${answer.status}.`, answer.status < 500)
    const parts: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    const reader = answer.body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      clearTimeout(timer)
      timer = setTimeout(() => giveUp.abort(), silenceMs)
      bytes += value.byteLength
      if (bytes > media.bytes) throw new FileMissing('It is longer than it should be.', true)
      parts.push(value)
      onProgress(bytes)
    }
    return new Blob(parts, { type: media.type })
  } finally {
    clearTimeout(timer)
    giveUp.abort()
  }
}

export const openShelf = async (): Promise<Shelf> => {
  const cache = await caches.open(cacheName)
  const here = new Set((await cache.keys()).map(({ url }) => shaIn(url)))
  return {
    has: (sha256) => here.has(sha256),
    async fetch(media, onProgress = () => {}) {
      const { sha256 } = media
      if (here.has(sha256)) return
      await makeRoomFor(media.bytes)
      const blob = await read(media, onProgress).catch((error: unknown) => {
        throw error instanceof FileMissing ? error : new FileMissing(String(error), false)
      })
      if (hex(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer())) !== sha256)
        throw new FileMissing('It is not what it should be.', true)
      await cache
        .put(pathOf(sha256), new Response(blob, { headers: { 'content-type': media.type } }))
        .catch((error: unknown) => {
          throw new FileMissing(String(error), true)
        })
      here.add(sha256)
    },
    async take(sha256) {
      const found = await cache.match(pathOf(sha256))
      // The browser may have thrown it away.
      if (found === undefined) here.delete(sha256)
      return found?.blob()
    },
    async keepOnly(named) {
      for (const sha256 of here)
        if (!named.has(sha256)) {
          here.delete(sha256)
          await cache.delete(pathOf(sha256))
        }
    },
  }
}

/** Of a browser that keeps no files: everything but pictures and videos is shown all the same. */
export const emptyShelf: Shelf = {
  has: () => false,
  fetch: async () => {
    throw new FileMissing('This browser keeps no files.', true)
  },
  take: async () => undefined,
  keepOnly: async () => {},
}
