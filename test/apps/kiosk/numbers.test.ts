/** What somebody entered, as they read it again. */
import { expect, test } from 'vitest'
import { amountText, dayText, numberText } from '#apps/kiosk/words/numbers.ts'

test('numbers, money and days are read as people of each language write them', () => {
  expect(numberText(999_999.5, 'zh-CN')).toBe('999,999.5')
  expect(amountText({ currency: '¥' }, 50_000, 'en')).toBe('¥ 50,000.00')
  expect(dayText('2026-02-28', 'zh-CN')).toBe('2026年2月28日')
  expect(dayText('2026-02-28', 'en')).toBe('February 28, 2026')
  expect(dayText('', 'en')).toBe('')
})
