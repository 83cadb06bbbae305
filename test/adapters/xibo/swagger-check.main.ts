/**
 * Holds the adapter's requests against the description of your own CMS:
 * `node test/adapters/xibo/swagger-check.main.ts <path of its web/swagger.json>`. Ends with 1 where one contradicts it.
 */
import { readFileSync } from 'node:fs'
import { fixtures } from './support/requests.ts'
import { Description, judge } from './support/swagger.ts'

const [file] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('Give the path of swagger.json.\n')
  process.exit(2)
}
const description = Description.parse(JSON.parse(readFileSync(file, 'utf8')))
/** The source of CMS 4.5 takes another form than its description says; the adapter tries the described one first. */
const known = 'set criteria, as the source of the CMS reads it'

let isWrong = false
for (const request of fixtures()) {
  const { what, wrong, undescribed } = judge(description, request)
  const isKnown = what === known
  isWrong ||= wrong.length > 0 && !isKnown
  const sign = wrong.length === 0 ? 'fits' : isKnown ? 'known' : 'WRONG'
  const notes = [...wrong, ...(undescribed.length > 0 ? [`not described: ${undescribed.join(', ')}`] : [])]
  process.stdout.write(
    `${sign.padEnd(5)}  ${what}: ${request.method} ${request.path}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}\n`,
  )
}
process.exitCode = isWrong ? 1 : 0
