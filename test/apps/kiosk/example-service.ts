/** A service with every kind of field, for tests. */
import { KioskService } from '#protocol/kiosk-service.ts'

const both = (text: string) => ({ zh: text, en: text })

export const exampleService = KioskService.parse({
  id: 'everything',
  service: 'account',
  title: both('Everything'),
  consent: { title: both('May we'), text: both('We would like to.') },
  steps: [
    {
      id: 'first',
      title: both('Who'),
      fields: [
        { id: 'name', title: both('Name'), kind: 'text', lengthMin: 2, lengthMax: 10 },
        { id: 'account', title: both('Account'), kind: 'digits', lengthMin: 4, lengthMax: 8 },
        { id: 'phone', title: both('Phone'), kind: 'phone' },
      ],
    },
    {
      id: 'second',
      title: both('What'),
      fields: [
        { id: 'amount', title: both('Amount'), kind: 'amount', max: 500 },
        { id: 'count', title: both('How many'), kind: 'number', min: 1, max: 9, required: false },
        {
          id: 'how',
          title: both('How'),
          kind: 'choice',
          options: [
            { id: 'fast', title: both('Fast') },
            { id: 'slow', title: both('Slow') },
          ],
        },
        { id: 'day', title: both('Day'), kind: 'date', from: '2026-01-01', to: '2026-12-31' },
        { id: 'sure', title: both('I am sure'), kind: 'confirm' },
      ],
    },
  ],
  result: { title: both('Done'), text: both('It is done.') },
})

export const goodEntries = {
  name: 'Li Na',
  account: '12345678',
  phone: '13800138000',
  amount: '12.50',
  how: 'fast',
  day: '2026-02-28',
  sure: 'yes',
} as const
