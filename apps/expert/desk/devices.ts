/** Which camera and microphone this machine uses for calls: chosen once, and kept where the machine is. */
import { z } from 'zod'

const key = 'usher.expert.devices'

const Chosen = z.object({ camera: z.string().nullable(), microphone: z.string().nullable() })
export type Chosen = z.infer<typeof Chosen>
export type DeviceKind = keyof Chosen

export const readChosen = (): Chosen => {
  try {
    return Chosen.parse(JSON.parse(localStorage.getItem(key) ?? ''))
  } catch {
    return { camera: null, microphone: null }
  }
}

export const keepChosen = (chosen: Chosen): void => localStorage.setItem(key, JSON.stringify(chosen))

export interface ListedDevice {
  readonly id: string
  readonly text: string
}

export type Listed = Readonly<Record<DeviceKind, readonly ListedDevice[]>>

const kinds = { camera: 'videoinput', microphone: 'audioinput' } as const satisfies Record<
  DeviceKind,
  MediaDeviceKind
>

/** Devices have names once the page may use one. */
export const listDevices = async (): Promise<Listed> => {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? []
  const of = (kind: DeviceKind) =>
    all
      .filter(({ kind: one, deviceId }) => one === kinds[kind] && deviceId !== '')
      .map(({ deviceId, label }, nth) => ({ id: deviceId, text: label || `${nth + 1}` }))
  return { camera: of('camera'), microphone: of('microphone') }
}

/** Also before its name may be known. Where there is none nobody is told in each call that it does not open. */
export const hasCamera = async (): Promise<boolean> =>
  ((await navigator.mediaDevices?.enumerateDevices()) ?? []).some(({ kind }) => kind === kinds.camera)

/** What was unplugged since is not asked for: another one serves as well. */
export const stillThere = (chosen: string | null, listed: readonly ListedDevice[]): string | undefined =>
  chosen !== null && listed.some(({ id }) => id === chosen) ? chosen : undefined
