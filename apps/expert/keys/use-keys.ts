/** The keyboard of the whole page. */
import { useEffect } from 'react'
import { actionFor, opensPalette } from './actions.ts'
import { useActionStore } from './context.ts'

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** What is asked in a dialog is answered there. */
const isAsking = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null

export const useKeys = (areSingleOn: boolean, openPalette: () => void): void => {
  const store = useActionStore()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isAsking()) return
      if (opensPalette(event)) {
        event.preventDefault()
        return openPalette()
      }
      if (!areSingleOn || isTypedInto(event.target)) return
      const action = actionFor(event, store.all())
      if (action === undefined) return
      event.preventDefault()
      action.run()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [store, areSingleOn, openPalette])
}
