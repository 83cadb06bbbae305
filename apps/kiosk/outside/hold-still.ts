/**
 * What a browser does for whoever sits before a desk, and a kiosk does not: menus, zoom, dragging, and a clipboard that
 * the next visitor would find what this one copied in.
 */
const never = ['contextmenu', 'dragstart', 'drop', 'copy', 'cut', 'gesturestart'] as const

export const holdStill = (page: Window): void => {
  const not = (event: Event) => event.preventDefault()
  for (const name of never) page.addEventListener(name, not)
  // Two fingers on a pad zoom as a wheel with the control key does.
  page.addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false })
}
