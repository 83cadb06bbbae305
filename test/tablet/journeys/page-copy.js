/**
 * Runs in a page, whole: the page's own copy of the branch, found where React keeps it, since a page has no door for tests.
 * In JavaScript, because only a page has a DOM.
 * @param {readonly string[]} names of the tables
 * @returns {{ have: unknown, rows: unknown }}
 */
export const pageCopyHere = (names) => {
  const keyOf = (element) => Object.keys(element).find((name) => name.startsWith('__reactContainer$'))
  const root = [...document.body.children].find((element) => keyOf(element) !== undefined)
  const fibers = [root[keyOf(root)].stateNode.current]
  while (fibers.length > 0) {
    const fiber = fibers.pop()
    const tables = fiber.memoizedProps?.value?.tables
    if (tables !== undefined)
      return {
        have: tables.have(),
        rows: Object.fromEntries(names.map((name) => [name, tables.rows(name)])),
      }
    if (fiber.sibling !== null) fibers.push(fiber.sibling)
    if (fiber.child !== null) fibers.push(fiber.child)
  }
  throw new Error('no copy of the branch in this page')
}
