/** The keyboard of the whole page. */
import { useEffect } from 'react'
import { actionFor, opensPalette } from './actions.ts'
import { useActionStore } from './context.ts'

/** Where a letter is a letter, or finds an entry of a list; on a switch or a choice it is nothing of its own. */
const typedInto = 'input:not([type=radio], [type=checkbox], [type=button]), textarea, select'

const isTypedInto = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(typedInto))

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
