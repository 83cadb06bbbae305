/**
 * Whether the branch is in an emergency, heard in two ways: the config says so at once, the board every few seconds. A
 * kiosk that missed one of them neither keeps people in nor frightens them for long.
 */
import type { DeviceConfig } from '#protocol/messages.ts'
import type { BoardSeen } from './board.ts'

/** One board may have been on its way when the emergency began. */
const calmBoards = 2

export interface EmergencyWatch {
  config(config: DeviceConfig): void
  board(seen: BoardSeen): void
}

export const watchEmergency = (isOn: () => boolean, turn: (isOn: boolean) => void): EmergencyWatch => {
  let calm = 0
  const to = (next: boolean) => {
    calm = 0
    if (next !== isOn()) turn(next)
  }
  return {
    config: ({ mode }) => to(mode === 'emergency'),
    board({ board, isFresh }) {
      if (board === null || !isFresh) return
      if (board.mode === 'emergency') to(true)
      else if (isOn()) {
        calm += 1
        if (calm >= calmBoards) to(false)
      }
    },
  }
}
