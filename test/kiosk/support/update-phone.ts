/** A visitor at the kiosk renews a phone number: what it does by itself, with or without the hub. */
import type { Page } from 'playwright-core'

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click()

/** From the choice of a service to the page that says that it is done. */
export const updatePhone = async (page: Page): Promise<void> => {
  await press(page, /Personal account/)
  await press(page, /Update my phone/)
  await press(page, 'I agree')
  await page.getByRole('textbox', { name: 'Last four digits' }).fill('6228')
  await press(page, 'Next')
  await page.getByRole('textbox', { name: 'New phone number' }).fill('13912345678')
  await press(page, 'Next')
  await page.getByText('Text message').click()
  await press(page, 'Next')
  await press(page, 'Submit')
  await page.getByRole('heading', { name: 'The example is complete' }).waitFor()
}
