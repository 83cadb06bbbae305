import { runExaminedPage } from '../support/examined-page.ts'

await runExaminedPage('screen')
