/** Elements made by hand: text never becomes markup here. */

export interface Looks {
  readonly class?: string
  readonly text?: string
  readonly lang?: string
  readonly hidden?: boolean
}

export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  looks: Looks = {},
  children: readonly (Node | undefined)[] = [],
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag)
  if (looks.class !== undefined) made.className = looks.class
  if (looks.text !== undefined) made.textContent = looks.text
  if (looks.lang !== undefined) made.lang = looks.lang
  if (looks.hidden === true) made.hidden = true
  made.append(...children.filter((child) => child !== undefined))
  return made
}

/** Writes only what is new: an element that is told the same does not change. */
export const say = (place: HTMLElement, text: string): void => {
  if (place.textContent !== text) place.textContent = text
}
