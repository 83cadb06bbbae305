/** Errors of checking and deploying flows: what a folder lacks, what a change would break, who was faster. */
import { type ErrorRow, row } from './error-row.ts'

export const flowErrors = {
  'flow.folder': row(
    'The folder is no flow folder.',
    'operator',
    'after-change',
    'Name a folder that holds flow.ts, or one whose folders do; docs/guides/flows.md shows one.',
  ),
  'flow.import': row(
    'A flow imports what it may not.',
    'operator',
    'after-change',
    'A flow may import its own files, xstate, zod, #protocol/… and the shared parts of #flows/…; the text names the line.',
  ),
  'flow.broken': row(
    'The flow cannot be loaded.',
    'operator',
    'after-change',
    'Mend what the text names, then run `usher flows check` on the folder.',
  ),
  'flow.impure': row(
    'A flow touches the clock, chance or the world around it.',
    'operator',
    'after-change',
    'Take the time from event.at, delays from `after`, and ask for effects with intents.',
  ),
  'flow.hangs': row(
    'The flow takes longer or needs more memory than a check may.',
    'operator',
    'after-change',
    'Look for a loop that does not end, or for samples that multiply.',
  ),
  'flow.unsound': row(
    'The check found what may not meet customers.',
    'operator',
    'after-change',
    'Run `usher flows check` on the folder: it names each finding with the path that leads there.',
  ),
  'flow.version-not-higher': row(
    'The version of the flow is not higher than the one in force.',
    'operator',
    'after-change',
    'Raise `version` in flow.ts; to go back, use `usher flows rollback`.',
  ),
  'flow.version-taken': row(
    'This version of the flow was deployed before with other content.',
    'operator',
    'after-change',
    'Raise `version` in flow.ts: what is stored names a version, and it must mean one thing for ever.',
  ),
  'flow.no-migration': row(
    'What is running of the flow cannot be brought to this version.',
    'operator',
    'after-change',
    'Add the migration, or let what runs finish on its version: `running: "finish"` in flow.ts, or `--running finish`.',
  ),
  'flow.no-former': row(
    'There is no former version of this flow to go back to.',
    'operator',
    'no',
    'See `usher flows history`.',
  ),
  'flow.not-stored': row(
    'The code of this version is not at hand, or this hub cannot load it.',
    'operator',
    'after-change',
    'Deploy a version that this hub can load; the log says what is wrong with this one.',
  ),
  'what-if.too-long': row(
    'The day could not be decided again in time.',
    'hub',
    'later',
    'Ask with `usher what-if`, which takes as long as it needs.',
  ),
  'what-if.unavailable': row(
    'This hub cannot decide a day again.',
    'operator',
    'no',
    'Export the day with `usher journal export --day`, and ask with `usher what-if`.',
  ),
} as const satisfies Record<string, ErrorRow>
