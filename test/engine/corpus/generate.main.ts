/**
 * Writes the corpus of each shipped flow: `node test/engine/corpus/generate.main.ts`. What an older version of a flow
 * left is kept under its version, because branches still hold it; what the present version left is written anew.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { provenFlows } from '../../flows/proofs.ts'
import { Corpus, corpusFile } from './entry.ts'
import { makeCorpus } from './make.ts'

const { version: xstate } = createRequire(import.meta.url)('xstate/package.json') as { version: string }

/** One entry a line: a change shows which states it concerns. */
const write = ({ entries, ...head }: Corpus) => {
  const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n')
  return `${JSON.stringify(head).slice(0, -1)},"entries":[\n${lines}\n]}\n`
}

for (const { flow, proof } of provenFlows()) {
  const file = corpusFile(flow.id)
  if (existsSync(file)) {
    const { version } = Corpus.parse(JSON.parse(readFileSync(file, 'utf8')))
    if (version < flow.version) renameSync(file, corpusFile(flow.id, version))
  }
  const corpus = makeCorpus(flow, proof, xstate)
  writeFileSync(file, write(corpus))
  process.stdout.write(`${flow.id} v${flow.version}: ${corpus.entries.length} snapshots\n`)
}
