/** What stands on the whole screen for a while. It is ready when it is made, and lets go of everything when it goes. */

export interface Scene {
  readonly element: HTMLElement
  /** It is on the screen now. */
  begin?(): void
  /** Resolves when it is over by itself; a video. */
  readonly over?: Promise<'finished' | 'failed'>
  dispose(): void
}

/** A file that is broken, or one that this browser cannot show. */
export class SceneFailed extends Error {}
