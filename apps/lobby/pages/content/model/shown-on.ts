/** Where something can be shown: the hub counts screens and kiosks together, a person tells them apart. */
import type { Library as LibraryTold } from '#protocol/desk/content-routes.ts'
import type { Tongue } from '../../../../ui/words.ts'

export interface Zone {
  readonly id: string
  readonly title: Readonly<Record<string, string>>
  readonly screens: number
  readonly kiosks: number
}

export interface Library extends Omit<LibraryTold, 'zones'> {
  readonly zones: readonly Zone[]
}

/** @param kiosks the zone of each */
export const withKiosks = (library: LibraryTold, kiosks: readonly (string | null)[]): Library => ({
  ...library,
  zones: library.zones.map(({ screens, ...zone }) => {
    const inIt = Math.min(screens, kiosks.filter((one) => one === zone.id).length)
    return { ...zone, screens: screens - inIt, kiosks: inIt }
  }),
})

type Counted = Pick<Zone, 'screens' | 'kiosks'>

const counted = {
  zh: {
    screens: (count: number) => `${count} 块屏幕`,
    kiosks: (count: number) => `${count} 台智能柜台`,
    and: '和 ',
  },
  en: {
    screens: (count: number) => (count === 1 ? '1 screen' : `${count} screens`),
    kiosks: (count: number) => (count === 1 ? '1 kiosk' : `${count} kiosks`),
    and: ' and ',
  },
} as const

/** `2 块屏幕和 1 台智能柜台` */
export const countSaid = ({ screens, kiosks }: Counted, tongue: Tongue): string => {
  const said = counted[tongue]
  return [
    ...(screens > 0 || kiosks === 0 ? [said.screens(screens)] : []),
    ...(kiosks > 0 ? [said.kiosks(kiosks)] : []),
  ].join(said.and)
}

export const isShownIn = ({ screens, kiosks }: Counted): boolean => screens + kiosks > 0

export const sumOf = (zones: readonly Counted[]): Counted => ({
  screens: zones.reduce((sum, { screens }) => sum + screens, 0),
  kiosks: zones.reduce((sum, { kiosks }) => sum + kiosks, 0),
})
