/** The words of the command line: every command with its options, its help and its examples. */
import { Command, Option } from 'commander'
import { addAdapters } from './commands/adapters.ts'
import { addBackup } from './commands/backup.ts'
import { addBranch } from './commands/branch.ts'
import { addCalls } from './commands/calls.ts'
import { addConfig } from './commands/config.ts'
import { addContent } from './commands/content.ts'
import { addDemo } from './commands/demo.ts'
import { addDevices } from './commands/devices.ts'
import { addDoctor } from './commands/doctor.ts'
import { addEffect } from './commands/effect.ts'
import { addExplain } from './commands/explain.ts'
import { addFlows } from './commands/flows.ts'
import { addHomeAssistant } from './commands/home-assistant.ts'
import { addJournal } from './commands/journal.ts'
import { addLobby } from './commands/lobby.ts'
import { addPeople } from './commands/people.ts'
import { addPromotion } from './commands/promotion.ts'
import { addRecordings } from './commands/recordings.ts'
import { addReport } from './commands/report.ts'
import { addSales } from './commands/sales.ts'
import { addSimulate } from './commands/simulate.ts'
import { addStart } from './commands/start.ts'
import { addTasks } from './commands/tasks.ts'
import { addWhatIf } from './commands/what-if.ts'
import { tongues } from './io/language.ts'

const examples = `
Examples:
  usher demo                              a branch with simulated devices, to look at
  usher start --config branch/hub.yaml    the hub of a real branch
  usher tasks list                        what is being done, by whom
  usher explain --task task-1-42-0        why this one, and why not the others
  usher simulate morning-rush             a whole day of a branch, without a branch
  usher doctor --config branch/hub.yaml   is this machine fit for it?

A command finds its hub by --data, by the data directory of --config, by USHER_DATA, in ./data, or as the running demo.
Exit codes: 0 done, 1 refused (the code says why), 2 wrong words, 3 no hub answers, 70 the hub failed.`

export const createProgram = (): Command => {
  const program = new Command('usher')
    .description('The hub that coordinates the smart devices of a bank branch.')
    .addOption(new Option('--data <dir>', 'data directory of the hub to speak to'))
    .addOption(new Option('--config <file>', 'settings of the hub'))
    .addOption(
      new Option('--lang <language>', 'language of words for people (default: as LANG)').choices(tongues),
    )
    .addOption(new Option('--by <person>', 'in whose name; the journal keeps it').default('operator'))
    .addOption(new Option('--json', 'answer as JSON, for programs'))
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help shows the words)')
    .addHelpText('after', examples)
    .exitOverride()
  for (const add of [
    addStart,
    addDemo,
    addTasks,
    addExplain,
    addDevices,
    addAdapters,
    addBranch,
    addPeople,
    addLobby,
    addFlows,
    addEffect,
    addPromotion,
    addReport,
    addRecordings,
    addContent,
    addCalls,
    addSales,
    addConfig,
    addJournal,
    addWhatIf,
    addDoctor,
    addBackup,
    addSimulate,
    addHomeAssistant,
  ])
    add(program)
  return program
}
