/** In what the oldest supported browsers know of the language: neither the pages nor what they are made of need more. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LobbyStage, openLobby } from '../../support/lobby.ts'
import { go, pathsIn } from './walk.ts'

let stage: LobbyStage

beforeAll(async () => {
  stage = await openLobby({ isPeopled: true, keepsPages: true })
})
afterAll(() => stage?.stop())

/** Runs in a page: takes away what came to the language after Chromium 109. */
const forgetNewer = () => {
  const younger: readonly (readonly [object, readonly string[]])[] = [
    [Array.prototype, ['toSorted', 'toReversed', 'toSpliced', 'with']],
    [Object.getPrototypeOf(Uint8Array.prototype) as object, ['toSorted', 'toReversed', 'with']],
    [String.prototype, ['isWellFormed', 'toWellFormed']],
    [Object, ['groupBy']],
    [Map, ['groupBy']],
    [Array, ['fromAsync']],
    [Promise, ['withResolvers', 'try']],
    [RegExp, ['escape']],
    [AbortSignal, ['any']],
    [URL, ['canParse', 'parse']],
    [
      Set.prototype,
      [
        'union',
        'intersection',
        'difference',
        'symmetricDifference',
        'isSubsetOf',
        'isSupersetOf',
        'isDisjointFrom',
      ],
    ],
    [
      Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object,
      ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find'],
    ],
  ]
  for (const [of, names] of younger) for (const name of names) Reflect.deleteProperty(of, name)
}

test('every page opens for somebody who signs in there', async () => {
  const { page, close } = await stage.openPage({ tongue: 'zh', before: forgetNewer })
  expect(
    await page.evaluate('[[].toSorted, "".isWellFormed, Map.groupBy, [].values().map].every((one) => !one)'),
  ).toBe(true)
  for (const path of await pathsIn(page)) await go(page, path)
  await close()
})
