/**
 * Runs in a page, whole: whatever can be pressed there and is smaller than a fingertip. In JavaScript, because only a page
 * has a DOM.
 */
export const smallTargetsHere = () => {
  const targetPx = 47.5
  const pressable =
    'button, nav a, input:not([type=hidden]), select, textarea, [role=button], [role=switch], label[data-rac]'
  /** What only screen readers find has no size of its own; a box within a label is pressed by the label. */
  const isSeen = (one) =>
    one.checkVisibility() &&
    one.closest('[aria-hidden=true], [inert]') === null &&
    one.parentElement.getBoundingClientRect().width > 1 &&
    (one.tagName !== 'INPUT' || one.closest('label') === null)
  return [...document.querySelectorAll(pressable)]
    .filter(isSeen)
    .map((one) => ({ one, box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.height < targetPx || box.width < targetPx)
    .map(({ one, box }) => `${one.outerHTML.slice(0, 160)} ${box.width} × ${box.height}`)
}
