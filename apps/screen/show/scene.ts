/** What stands on the whole screen for a while. It is ready when it is made, and lets go of everything when it goes. */
import type { Media } from '#protocol/content.ts'

export interface Scene {
  readonly element: HTMLElement
  /** It is on the screen now. */
  begin?(): void
  /** Resolves when it is over by itself; a video. */
  readonly over?: Promise<'finished' | 'failed'>
  dispose(): void
}

/** Of a file of the library. */
export interface MediaParts {
  readonly media: Media
  readonly blob: Blob
  readonly caption: HTMLElement | undefined
  /** 0 to 1; 0: without sound. */
  readonly volume: () => number
}

/** A file that is broken, or one that this browser cannot show. */
export class SceneFailed extends Error {}

/** Longer takes no file that is on the own disk. */
const readyWithinMs = 15_000

/** @throws SceneFailed when it takes too long */
export const readyInTime = <T>(work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SceneFailed('It takes too long.')), readyWithinMs)
    work.finally(() => clearTimeout(timer)).then(resolve, reject)
  })
