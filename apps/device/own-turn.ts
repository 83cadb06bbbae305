/** One page of a browser is the device: two that show codes, or play, would be in each other's way. */

/** Resolves when it is this page's turn; the turn lasts as long as the page. @param onWaiting another page has it */
export const ownTurn = async (name: string, onWaiting: () => void): Promise<void> => {
  // There on secure pages only; a page that is none is told so by the SDK, when it asks for a key.
  const { locks } = navigator as { readonly locks?: LockManager }
  if (locks === undefined) return
  const hold = (granted: () => void) => (lock: Lock | null) => {
    if (lock === null) return undefined
    granted()
    return new Promise<never>(() => {})
  }
  await new Promise<void>((resolve, reject) => {
    const isFree = new Promise<boolean>((tell) => {
      locks
        .request(name, { ifAvailable: true }, (lock) => {
          tell(lock !== null)
          return hold(resolve)(lock)
        })
        .catch(reject)
    })
    void isFree.then((free) => {
      if (free) return
      onWaiting()
      locks.request(name, hold(resolve)).catch(reject)
    })
  })
}
