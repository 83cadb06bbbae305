/** Everything under docs/reference that the contract is the source of: path → text. Pure, so that a test can compare. */
import { asyncapi } from './asyncapi.ts'
import { capabilitiesPage, errorsPage, topicsPage } from './pages.ts'
import { jsonSchemas } from './schemas.ts'

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

export const referenceFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['asyncapi.json', json(asyncapi())],
    ['capabilities.md', capabilitiesPage()],
    ['errors.md', errorsPage()],
    ['topics.md', topicsPage()],
    ...[...jsonSchemas()].map(([id, schema]) => [`schemas/${id}.json`, json(schema)] as const),
  ])
