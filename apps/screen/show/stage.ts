/**
 * The screen itself: one scene at a time, and the next over it. What is shown stands in `data-frame` as well, for whoever
 * looks on from outside, written by nobody but the stage.
 */
import { element } from './element.ts'
import type { Scene } from './scene.ts'

/** What is on the screen, for the record. */
export interface Frame {
  /** `between`: nothing, for the moment in which the next is made ready. */
  readonly kind: 'between' | 'default' | 'loop' | 'task'
  readonly item?: string
  readonly version?: number
  readonly task?: string
}

export interface Stage {
  readonly element: HTMLElement
  /** The scene before goes, and everything it held. */
  show(scene: Scene, frame: Frame, how?: 'fade' | 'cut'): void
  frame(): Frame
}

const fadeMs = 500
/** Two pictures at once are held for no longer than this, whatever the browser does about the fade. */
const fadedAfterMs = 900

export const createStage = (): Stage => {
  const place = element('div', { class: 'stage' })
  let current: Scene | undefined
  let frame: Frame = { kind: 'between' }
  let leaving: { readonly scene: Scene; readonly timer: ReturnType<typeof setTimeout> } | undefined
  const letGo = (scene: Scene) => {
    scene.element.remove()
    scene.dispose()
  }
  const finishFade = () => {
    if (leaving === undefined) return
    clearTimeout(leaving.timer)
    letGo(leaving.scene)
    leaving = undefined
  }
  const mayMove = () => !matchMedia('(prefers-reduced-motion: reduce)').matches
  return {
    element: place,
    frame: () => frame,
    show(scene, next, how = 'cut') {
      finishFade()
      const before = current
      current = scene
      frame = next
      place.append(scene.element)
      if (before !== undefined && how === 'fade' && mayMove()) {
        scene.element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: fadeMs, easing: 'ease-out' })
        leaving = { scene: before, timer: setTimeout(finishFade, fadedAfterMs) }
        before.element.setAttribute('aria-hidden', 'true')
      } else if (before !== undefined) letGo(before)
      scene.begin?.()
      place.dataset['frame'] = JSON.stringify(next)
    },
  }
}
