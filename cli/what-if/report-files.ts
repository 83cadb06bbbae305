/** The report of a what-if on disk: JSON for programs and a page for people, whole or not at all. */
import type { Tongue } from '../io/language.ts'
import { makeReportFolder, writeWhole } from '../io/report-folder.ts'
import { whatIfPage } from './report-page.ts'
import { type WhatIf, whatIfJson } from './result.ts'

/** @returns the page. */
export const writeReport = (folder: string, result: WhatIf, tongue: Tongue): string => {
  const [json, page] = [`${whatIfJson(result)}\n`, whatIfPage(result, tongue)]
  makeReportFolder(folder)
  writeWhole(folder, 'what-if.json', json)
  return writeWhole(folder, 'what-if.html', page)
}
