import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseBranchFile } from '#hub/branch/load.ts'
import { ExpertDesk } from '#protocol/calls/expert-desk.ts'
import { branchYaml } from '../support/branch.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/operations/expert-desk.md'), 'utf8')
const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
const withFunds = branchYaml.replace('services:\n', 'services:\n  - { id: funds }\n')

it('takes the section as the page for operators has it, whose numbers are the defaults', () => {
  const { experts } = parseBranchFile(`${withFunds}${example}`)
  const { people, groups, needs, ...numbers } = ExpertDesk.parse(
    (parse(example) as { experts: unknown }).experts,
  )
  expect(experts).toEqual({ people, groups, needs, ...numbers })
  const {
    people: _,
    groups: __,
    needs: ___,
    ...usual
  } = ExpertDesk.parse({ people: [{ id: 'x', title: {} }] })
  expect(numbers).toEqual(usual)
})

it('names what leads nowhere: a misspelt service would ask for no licence', () => {
  const text = `${withFunds}${example}`
    .replace('    funds: {', '    fund: {')
    .replace('overflow: wealth', 'overflow: health')
    .replace('    - id: expert-1 ', '    - { id: expert-1, title: {} }\n    - id: expert-1 ')
  expect(() => parseBranchFile(text)).toThrow(
    expect.objectContaining({
      code: 'config.invalid',
      detail: expect.stringMatching(
        /experts\.people\[1\]\.id: "expert-1" is used twice[\s\S]*there is no service "fund"[\s\S]*there is no group "health"/,
      ),
    }),
  )
})
