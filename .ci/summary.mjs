/** Prints `N passed, N failed` from vitest's report; what failed before or beside a test counts as one failure. */
import { existsSync, readFileSync } from 'node:fs'

const [reportPath, status] = process.argv.slice(2)
const report = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : undefined
const passed = report?.numPassedTests ?? 0
// A file that could not be loaded has no tests of its own to fail.
const brokenFiles = (report?.testResults ?? []).filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
).length
const counted = (report?.numFailedTests ?? 0) + brokenFiles
const failed = counted === 0 && (report === undefined || status !== '0') ? 1 : counted

console.log(`${passed} passed, ${failed} failed`)
