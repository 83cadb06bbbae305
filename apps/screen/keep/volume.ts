/** How loud videos are: as the settings say, until somebody says otherwise, until the settings change. Without either: mute. */
import type { Box } from './box.ts'

export interface Volume {
  /** 0 to 1 */
  level(): number
  set(percent: number): void
  /** What the settings say, which they do again and again; undefined: nothing. */
  settle(percent: number | undefined): void
}

const name = 'volume'

interface Kept {
  readonly setting: number | undefined
  readonly percent: number
}

const isKept = (value: unknown): value is Kept => typeof (value as Kept | undefined)?.percent === 'number'

export const openVolume = async (box: Box, onChange: (level: number) => void): Promise<Volume> => {
  const known = await box.get(name)
  let kept: Kept = isKept(known) ? known : { setting: undefined, percent: 0 }
  const level = () => Math.min(1, Math.max(0, kept.percent / 100))
  const keep = (next: Kept) => {
    kept = next
    onChange(level())
    box.put(name, next).catch(() => {})
  }
  return {
    level,
    set: (percent) => keep({ ...kept, percent }),
    settle: (percent) => {
      if (percent !== kept.setting) keep({ setting: percent, percent: percent ?? 0 })
    },
  }
}
