/** The report of a what-if on disk: JSON for programs and a page for people, whole or not at all. */
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UsherError } from '#protocol/errors.ts'
import { whatIfPage } from './report-page.ts'
import type { WhatIf } from './result.ts'

/** Looked at before the work begins. @throws UsherError `command.invalid` */
export const checkReportFolder = (folder: string): void => {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found !== undefined && !found.isDirectory())
    throw new UsherError('command.invalid', `--report ${folder} is a file, not a folder.`)
}

const writeWhole = (folder: string, name: string, text: string) => {
  const part = join(folder, `.${name}.part`)
  writeFileSync(part, text)
  renameSync(part, join(folder, name))
}

/** @returns the page. */
export const writeReport = (folder: string, result: WhatIf): string => {
  const [json, page] = [`${JSON.stringify(result, null, 2)}\n`, whatIfPage(result)]
  mkdirSync(folder, { recursive: true })
  writeWhole(folder, 'what-if.json', json)
  writeWhole(folder, 'what-if.html', page)
  return join(folder, 'what-if.html')
}
