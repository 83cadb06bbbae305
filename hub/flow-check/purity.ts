/**
 * Names in the source of a flow that stand for the clock, chance or the world outside. The loader puts stands in their
 * place; this finds them before they are tried.
 */
import type { FlowSource } from '../deploy/flow-folder.ts'
import { mentionedIn } from '../deploy/stands.ts'
import { type Finding, finding } from './finding.ts'

/** Comments and texts with their characters blanked, so that lines and columns stay. */
const codeOf = (text: string): string =>
  text.replaceAll(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g,
    (part) =>
      part.startsWith('`') ? part.replaceAll(/[^$`{}\n\w.()]/g, ' ') : part.replaceAll(/[^\n]/g, ' '),
  )

/** A property of that name, or a name in a type or an object, is not the global. */
const usesOf = (code: string, name: string): number[] => {
  const pattern =
    name === 'Math'
      ? /(?<![\w$.])Math\s*(?:\.\s*random|\[)/g
      : new RegExp(`(?<![\\w$.])${name}(?![\\w$]|\\s*\\??:)`, 'g')
  return [...code.matchAll(pattern)].map(({ index }) => code.slice(0, index).split('\n').length)
}

export const purityFindings = ({ files }: FlowSource): readonly Finding[] =>
  Object.entries(files)
    // Samples are made-up branches: they decide nothing.
    .filter(([path]) => path !== 'samples.ts')
    .flatMap(([path, text]) => {
      const code = codeOf(text)
      return mentionedIn(code).flatMap((name) =>
        usesOf(code, name).map((line) =>
          finding('forbidden.global', {
            at: `${path}:${line}`,
            says: `uses ${name === 'Math' ? 'Math.random' : name}`,
          }),
        ),
      )
    })
