/** Names one start of a device. `randomUUID` is only there on pages that came over TLS. */
const bootBytes = 16

export const randomBoot = (): string =>
  [...crypto.getRandomValues(new Uint8Array(bootBytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
