/** Runs in the page of a kiosk: what is pressed and is under 64 px, and what is read and is under 24 px. */
export const smallHere = () => {
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect()
    return width > 1 && height > 1
  }
  const targets = [...document.querySelectorAll('button, input')]
    .map((element) => (['radio', 'checkbox'].includes(element.type) ? element.closest('label') : element))
    .filter((element) => element !== null && isSeen(element))
    .flatMap((element) => {
      const { width, height } = element.getBoundingClientRect()
      const name = element.getAttribute('aria-label') ?? element.textContent
      return Math.min(width, height) < 64 ? [`${name}: ${width} by ${height}`] : []
    })
  const texts = [...document.querySelectorAll('#app *')]
    .filter((element) => isSeen(element) && [...element.childNodes].some(({ nodeType }) => nodeType === 3))
    .flatMap((element) => {
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      return size < 24 ? [`${element.textContent}: ${size} px`] : []
    })
  return [...targets, ...texts]
}
