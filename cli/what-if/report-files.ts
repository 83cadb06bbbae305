/** The report of a what-if on disk: JSON for programs and a page for people, whole or not at all. */
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeReportFolder } from '../io/report-folder.ts'
import { whatIfPage } from './report-page.ts'
import type { WhatIf } from './result.ts'

const writeWhole = (folder: string, name: string, text: string) => {
  const part = join(folder, `.${name}.part`)
  writeFileSync(part, text)
  renameSync(part, join(folder, name))
}

/** @returns the page. */
export const writeReport = (folder: string, result: WhatIf): string => {
  const [json, page] = [`${JSON.stringify(result, null, 2)}\n`, whatIfPage(result)]
  makeReportFolder(folder)
  writeWhole(folder, 'what-if.json', json)
  writeWhole(folder, 'what-if.html', page)
  return join(folder, 'what-if.html')
}
