/** The key of everything that has one, by what offers it: it stands here alone, for the keyboard and on the button. */
export const keyOf = {
  console: { keys: '?', settings: ',' },
  presence: { break: 'b', offline: 'o' },
  come: { available: 'v' },
  ring: { accept: 'a', decline: 'd', snooze: 's' },
  tiles: { unpin: '0' },
  switches: { mute: 'm', camera: 'c', hold: 'h', devices: 'g' },
  notes: { shared: 'n', own: 'p' },
  identity: { identify: 'i' },
  together: { page: 's', look: 'k', propose: 'u', document: 'd' },
  sale: { sell: 'j', pause: 'z', end: 'q', tick: 'y' },
  noSale: { begin: 'x' },
  hangUp: { hangUp: 'e' },
  noGuest: { handOver: 't', askIn: 'w' },
  host: { mode: 'l', giveOver: 't', takeOff: 'r' },
  guest: { leave: 'e' },
  listening: { stop: 'e' },
  wrapUp: { finish: 'f', more: 'x' },
} as const

const mostInRow = 9

/** Of a row of pictures, or of outcomes. @returns null: only the palette has it. */
export const nthKey = (nth: number): string | null => (nth < mostInRow ? `${nth + 1}` : null)
