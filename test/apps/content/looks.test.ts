/** A preview writes words as large as a screen does, and in the screen's order of languages. */
import { expect, it } from 'vitest'
import { languagesOf, wordSizeOf } from '#apps/lobby/pages/content/model/looks.ts'
import { loopsPath, newOne, placeOf } from '#apps/lobby/pages/content/paths.ts'
import { Id } from '#protocol/ids.ts'

it('counts a Chinese letter as two, and writes longer sentences smaller', () => {
  expect(wordSizeOf('秋'.repeat(12))).toBe('huge')
  expect(wordSizeOf('秋'.repeat(13))).toBe('large')
  expect(wordSizeOf('a'.repeat(70))).toBe('large')
  expect(wordSizeOf('a'.repeat(180))).toBe('middle')
  expect(wordSizeOf('秋'.repeat(300))).toBe('small')
})

it('takes the languages of the branch first, and leaves out what has no words', () => {
  expect(languagesOf({ fr: 'x', en: 'y', zh: 'z', de: '' }, ['zh', 'en', 'de'])).toEqual(['zh', 'en', 'fr'])
})

it('every address leads somewhere, and a new one is nobody’s name', () => {
  expect(placeOf('/content')).toEqual({ at: 'library' })
  expect(placeOf('/content/nonsense')).toEqual({ at: 'library' })
  expect(placeOf('/content/items/poster')).toEqual({ at: 'item', id: 'poster' })
  expect(placeOf('/content/items/poster/add')).toEqual({ at: 'version', id: 'poster' })
  expect(placeOf(`${loopsPath}/${newOne}`)).toEqual({ at: 'loop', id: newOne })
  expect(Id.safeParse(newOne).success).toBe(false)
})
