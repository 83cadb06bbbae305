/** Answers who would do what somebody is about to ask for. */
import type { DryRunRoutes } from '#protocol/desk/dry-run-route.ts'
import type { RequestOf, ResponseOf } from '#protocol/desk/route.ts'
import { dryRun } from '../dispatch/dry-run.ts'
import type { LookParts } from '../look/parts.ts'

export type DryRunAnswers = {
  readonly [Name in keyof DryRunRoutes]: (
    request: RequestOf<DryRunRoutes[Name]>,
  ) => Promise<ResponseOf<DryRunRoutes[Name]>>
}

/** Who asks stands in no answer: it is as good as for anybody. */
const by = 'dry-run'

export const createDryRunAnswers = ({ engine, settings }: LookParts): DryRunAnswers => ({
  dryRun: (ask) =>
    engine.read((state, at) => dryRun({ state, flows: engine.flows, settings, at }, { ask, by })),
})
