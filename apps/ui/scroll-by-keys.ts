/**
 * What is longer than its room is scrolled by keys too: for as long as it is, it takes the focus, also where nothing in
 * it does. A `ref` of what scrolls.
 */
export const scrollByKeys = (body: HTMLElement | null): (() => void) | undefined => {
  if (body === null) return undefined
  const look = () => {
    if (body.scrollHeight > body.clientHeight) body.tabIndex = 0
    else if (document.activeElement !== body) body.removeAttribute('tabindex')
  }
  const sizes = new ResizeObserver(look)
  const watch = () => {
    sizes.disconnect()
    for (const one of [body, ...body.children]) sizes.observe(one)
  }
  const content = new MutationObserver(watch)
  content.observe(body, { childList: true })
  watch()
  return () => {
    sizes.disconnect()
    content.disconnect()
  }
}
