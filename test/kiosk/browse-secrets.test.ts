/**
 * What a visitor enters leaves the kiosk in no message of the call, whatever it is and however it is typed: a real page
 * goes through every kind of field, by its own keys and by a keyboard, while the expert sees it; every frame is kept.
 */
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TogetherStage } from './support/together.ts'
import { press } from './support/update-phone.ts'

const stage = new TogetherStage()
let page: Page
let expert: Page

beforeAll(async () => {
  await stage.open()
  page = (await stage.openKiosk('kiosk-1')).page
  await press(page, 'English')
}, 90_000)
afterAll(() => stage.stop())

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${length - 1}}$`))
const Entries = fc.record({
  city: fc.stringMatching(/^Q[a-z]{6}$/),
  name: fc.stringMatching(/^Z[a-z]{7}$/),
  card: digits(16),
  phone: fc.stringMatching(/^1[3-9][0-9]{9}$/),
  amount: digits(7),
  years: digits(9),
  born: fc.date({ min: new Date('1931-01-01'), max: new Date('1999-12-31'), noInvalidDate: true }),
  code: digits(6),
  ticket: fc.stringMatching(/^[A-Z][0-9]{5}$/),
  way: fc.constantFrom('By post', 'At the branch'),
})
type Entries = typeof Entries extends fc.Arbitrary<infer T> ? T & { readonly isByKeys: boolean } : never

const seed = 20_261_124
/** The same every time, so that what fails once fails again. */
const samples: readonly Entries[] = fc
  .sample(Entries, { numRuns: 2, seed })
  .map((entries, at) => ({ ...entries, isByKeys: at === 0 }))

const put = async (name: string, text: string, isByKeys: boolean) => {
  const field = page.getByRole('textbox', { name, exact: true })
  if (!isByKeys) return field.fill(text)
  await field.click()
  // As a finger does it, without the looking whether the page has come to rest.
  for (const sign of text) await page.getByRole('button', { name: sign, exact: true }).dispatchEvent('click')
}

const partsOf = (born: Date) => born.toISOString().slice(0, 10).split('-') as [string, string, string]

/** Whoever leaves a page sooner than it is told has shown nothing of it: nothing would be looked at here. */
const isSeen = (text: string) => expert.frameLocator('iframe').getByText(text).first().waitFor()

const fillIn = async (entries: Entries) => {
  const { city, name, card, phone, amount, years, born, code, way, isByKeys } = entries
  await press(page, /Every kind of field/)
  await isSeen('Who are you?')
  await put('City', city, false)
  await put('Name', name, false)
  await put('Card number', card, isByKeys)
  await press(page, 'Next')
  await isSeen('How much, and when?')
  await put('Phone', phone, isByKeys)
  await put('Amount', amount, isByKeys)
  await put('Years(optional)', years, isByKeys)
  const [year, month, day] = partsOf(born)
  await put('Year', year, false)
  await put('Month', month, false)
  await put('Day', day, false)
  await press(page, 'Next')
  await page.getByText(way).click()
  await page.getByText('I have read the terms').click()
  await press(page, 'Next')
  await put('Code', code, isByKeys)
  await press(page, 'Next')
  await page.getByRole('heading', { name: 'Please check' }).waitFor()
  // It shows all of it to whoever stands there.
  await page.getByText(phone).waitFor()
  await expect.poll(() => expert.frameLocator('iframe').locator('dd').count()).toBe(10)
}

/** As it would be written somewhere. */
const writtenAs = ({ city, name, card, phone, amount, years, born, code, ticket }: Entries) => {
  const groups = Number(amount).toLocaleString('en')
  const [year, month, day] = partsOf(born)
  const spoken = ['en', 'en-GB', 'zh-CN'].map((locale) =>
    born.toLocaleDateString(locale, { dateStyle: 'long', timeZone: 'UTC' }),
  )
  return [
    city,
    name,
    card,
    phone,
    amount,
    years,
    code,
    ticket,
    groups,
    `${year}-${month}-${day}`,
    `${year}${month}${day}`,
    year,
    ...spoken,
  ]
}

const isBrowse = (frame: string) => frame.startsWith('42["browse"')

/** Every text in it: not the numbers by which nodes are known, nor the name of a run. */
const textsIn = (value: unknown, name = ''): readonly string[] => {
  if (typeof value === 'string') return name === 'run' || name === 'd' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => textsIn(one, key))
}

test('no frame of the call carries anything that was typed, chosen or shown back to the visitor', async () => {
  expert = (await stage.openConsole()).page
  await stage.connect(page, expert)
  // Pictures are not what this is about, and cost more than all the rest.
  await expert.keyboard.press('c')
  await press(page, /^Camera/)
  await expert.keyboard.press('s')
  await press(page, 'Yes, show the page')
  await isSeen('What brings you here')
  for (const entries of samples) {
    await press(page, /I have a ticket/)
    await put('Enter your ticket number', entries.ticket, entries.isByKeys)
    await press(page, 'Confirm')
    await page.getByText(new RegExp(entries.ticket)).waitFor()
    await press(page, /Personal account/)
    await fillIn(entries)
    await press(page, 'Submit')
    await page.getByRole('heading', { name: 'Done' }).waitFor()
    await press(page, 'Back')
    await page.getByRole('button', { name: /I have a ticket/ }).waitFor()
  }
  const told = stage.sent.filter(isBrowse)
  const texts = told.flatMap((frame) => textsIn(JSON.parse(frame.slice(2)))).join('\n')
  // Not because nothing was told: the questions were, and that something stands in the fields.
  for (const question of ['Who are you?', 'How much, and when?', 'Please check', '•••'])
    expect(texts).toContain(question)
  expect(told.join('')).toContain('"filled":true')
  // A page with a secret is not told at all, not even its question.
  expect(texts).not.toContain('Your code')
  for (const entries of samples) {
    for (const text of writtenAs(entries)) expect(texts, text).not.toContain(text)
    // The long ones in no frame of any kind, nor in pieces of one.
    for (const long of [entries.card, entries.phone, entries.years, entries.name])
      expect(
        stage.sent.filter((frame) => frame.includes(long)),
        long,
      ).toEqual([])
  }
  // Which of several was chosen, and that something was agreed to, is an entry as well.
  const pages = told.filter((frame) => frame.includes('"kind":"page"'))
  expect(pages.join('').match(/data-chosen|checked/)).toBeNull()
}, 120_000)

test('and such a test would see it: a text on the page is told, unless it is marked as private', async () => {
  await page.evaluate(() => {
    interface Page {
      createElement(name: string): { textContent: string; dataset: Record<string, string> }
      getElementById(id: string): { append(...all: readonly unknown[]): void }
    }
    const { document } = globalThis as unknown as { document: Page }
    const [open, closed] = [document.createElement('p'), document.createElement('p')]
    open.textContent = 'seen 7301992'
    closed.textContent = 'unseen 4410278'
    closed.dataset['private'] = ''
    document.getElementById('app').append(open, closed)
  })
  const all = () => stage.sent.filter(isBrowse).join('\n')
  await expect.poll(all).toContain('seen 7301992')
  expect(all()).not.toContain('4410278')
})
