import { expect, test } from 'vitest'
import { recorderWord } from '#apps/sale/recorder-word.ts'

test.each([
  ['hub', 'recorder.hub'],
  ['page', 'recorder.page'],
  ['page:kiosk:kiosk-1', 'recorder.kiosk'],
  ['page:expert:ann', 'recorder.expert'],
  ['page:manager:mei', 'recorder.manager'],
  ['page:guest:bo', 'recorder.page'],
  ['toString', 'recorder.page'],
])('%s is %s', (name, word) => expect(recorderWord(name)).toBe(word))
