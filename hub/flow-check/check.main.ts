/**
 * The process in which a flow is loaded and walked through for the first time: without environment, with bounded memory,
 * without a right to write or to start anything, and ended when it takes too long.
 */
import type { AnyFlow } from '#flows/define.ts'
import type { Scenario } from '#flows/samples/scenario.ts'
import { UsherError } from '#protocol/errors.ts'
import { type FlowSource, sourceOf } from '../deploy/flow-folder.ts'
import { createFlowLoader, type FlowLoader } from '../deploy/load-flows.ts'
import { checkFlow } from './check-flow.ts'
import type { Against, Checked, Failed, Load, Loaded } from './check-words.ts'
import { explore } from './explore.ts'
import { genericSamples } from './generic-samples.ts'
import { type Claimed, claimsOf } from './shared-claims.ts'

const samplesFile = 'samples.ts'

const say = (words: Loaded | Checked | Failed) =>
  new Promise<void>((resolve) => process.send?.(words, undefined, undefined, () => resolve()))

const hear = <T>() => new Promise<T>((resolve) => process.once('message', (words) => resolve(words as T)))

const samplesOf = async (
  loader: FlowLoader,
  source: FlowSource,
): Promise<readonly Scenario[] | undefined> => {
  if (!Object.hasOwn(source.files, samplesFile)) return undefined
  const { samples } = await loader.file(source, samplesFile)
  if (!Array.isArray(samples)) throw new UsherError('flow.broken', 'samples.ts exports no `samples`.')
  return samples as readonly Scenario[]
}

const claimsIn = async (
  loader: FlowLoader,
  files: Against['others'][number],
): Promise<readonly Claimed[]> => {
  const source = sourceOf(files)
  const flow: AnyFlow = await loader.load(source)
  const samples = (await samplesOf(loader, source)) ?? genericSamples(flow)
  return claimsOf(
    flow.id,
    samples.map((scenario) => explore(flow, scenario)),
  )
}

const check = async (): Promise<void> => {
  const loader = createFlowLoader()
  const { files } = await hear<Load>()
  const source = sourceOf(files)
  const flow = await loader.load(source)
  const samples = await samplesOf(loader, source)
  const { id, version, running = 'migrate' } = flow
  const answered = hear<Against>()
  await say({ loaded: { id, version, running } })
  const { stored, others, claims, shippedRests } = await answered
  const deployed = await Promise.all(others.map((other) => claimsIn(loader, other)))
  const report = checkFlow({
    flow,
    source,
    stored,
    others: [...claims, ...deployed.flat()],
    shippedRests,
    ...(samples && { samples }),
  })
  await say({ report })
}

try {
  await check()
} catch (error) {
  const code = error instanceof UsherError ? error.code : 'flow.broken'
  const text =
    error instanceof UsherError
      ? (error.detail ?? '')
      : error instanceof Error
        ? error.message
        : String(error)
  await say({ error: { code, text } })
}
process.disconnect()
