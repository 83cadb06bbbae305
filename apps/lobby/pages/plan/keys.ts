/** How far an arrow key goes, and which keys take back. */
import type { Point } from '#protocol/desk/live/lobby-rows.ts'
import { gridMetres } from './model/grid.ts'

const farMetres = 2

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

interface Pressed {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** undefined: no key that moves. */
export const stepOf = ({ key, shiftKey, ctrlKey, metaKey, altKey }: Pressed): Point | undefined => {
  const direction = directions[key]
  if (direction === undefined || ctrlKey || metaKey || altKey) return undefined
  const far = shiftKey ? farMetres : gridMetres
  return { x: direction.x * far, y: direction.y * far }
}

export const timeTravelOf = ({ key, shiftKey, ctrlKey, metaKey }: Pressed): 'undo' | 'redo' | undefined => {
  if (!ctrlKey && !metaKey) return undefined
  const letter = key.toLowerCase()
  if (letter === 'z') return shiftKey ? 'redo' : 'undo'
  return letter === 'y' ? 'redo' : undefined
}
