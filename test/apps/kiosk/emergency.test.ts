/** An emergency is heard of in two ways, and neither alone keeps it up or ends it by a message that came late. */
import { expect, test } from 'vitest'
import { watchEmergency } from '#apps/kiosk/outside/emergency.ts'
import { Board } from '#protocol/board.ts'
import { DeviceConfig } from '#protocol/messages.ts'

const configOf = (mode: string) =>
  DeviceConfig.parse({ epoch: 1, revision: 1, mode, movement: 'allowed', builtIn: {}, settings: {} })
const boardOf = (mode: string, isFresh = true) => ({
  isFresh,
  board: Board.parse({
    branch: 'demo',
    title: {},
    timeZone: 'Asia/Shanghai',
    languages: ['zh'],
    at: 0,
    mode,
    services: [],
    called: [],
  }),
})

const watched = () => {
  const turns: boolean[] = []
  const watch = watchEmergency(
    () => turns.at(-1) ?? false,
    (isOn) => turns.push(isOn),
  )
  return { watch, turns }
}

test('the config turns it on and off at once', () => {
  const { watch, turns } = watched()
  for (const mode of ['open', 'emergency', 'emergency', 'open']) watch.config(configOf(mode))
  expect(turns).toEqual([true, false])
})

test('the board alone turns it on, and off when it has said so twice', () => {
  const { watch, turns } = watched()
  for (const mode of ['open', 'emergency', 'open']) watch.board(boardOf(mode))
  expect(turns).toEqual([true])
  watch.board(boardOf('open'))
  expect(turns).toEqual([true, false])
})

test('a board that was on its way when it began, or an old one, ends nothing', () => {
  const { watch, turns } = watched()
  watch.config(configOf('emergency'))
  watch.board(boardOf('open'))
  for (let i = 0; i < 5; i += 1) watch.board(boardOf('open', false))
  watch.board({ board: null, isFresh: false })
  expect(turns).toEqual([true])
})
