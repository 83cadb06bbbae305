/** Each page of this browser has a name of its own while it lives, held by a lock that ends with the page. */

const lockOf = (boot: string) => `usher.boot.${boot}`

export const newBoot = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')

export const holdBoot = (boot: string): void => {
  // For as long as the page lives: the promise never ends.
  void navigator.locks.request(lockOf(boot), () => new Promise(() => undefined))
}

/** Those of them whose page is gone. */
export const orphans = async (boots: readonly string[]): Promise<readonly string[]> => {
  const { held = [] } = await navigator.locks.query()
  const alive = new Set(held.map(({ name }) => name))
  return boots.filter((boot) => !alive.has(lockOf(boot)))
}
