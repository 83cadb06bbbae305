/**
 * A dialog keeps the focus also when what had it goes, or can no longer be pressed: otherwise Escape is heard by nobody,
 * and whoever works with keys or a screen reader stands at the top of the page. A `ref` of the dialog.
 */
const isLost = () => document.activeElement === null || document.activeElement === document.body

/** Below another dialog it has nothing to keep. */
const isCovered = (dialog: HTMLElement) => dialog.closest('[aria-hidden=true], [inert]') !== null

export const keepFocus = (dialog: HTMLElement | null): (() => void) | undefined => {
  if (dialog === null) return undefined
  let frame = 0
  const look = () => {
    if (isLost() && !isCovered(dialog)) dialog.focus({ preventScroll: true })
  }
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame)
    // The browser itself takes the focus from what is disabled when it draws: one picture later that is seen.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(look)
    })
  })
  // A key in the moment before it is back is the dialog's too.
  const onKey = (event: KeyboardEvent) => {
    if (!isLost() || isCovered(dialog)) return
    dialog.focus({ preventScroll: true })
    // Other keys work on what has the focus by now; this one is heard on its way up only.
    if (event.key === 'Escape') dialog.dispatchEvent(new KeyboardEvent('keydown', event))
  }
  document.addEventListener('keydown', onKey, true)
  observer.observe(dialog, { childList: true, subtree: true, attributeFilter: ['disabled'] })
  return () => {
    document.removeEventListener('keydown', onKey, true)
    observer.disconnect()
    cancelAnimationFrame(frame)
  }
}
