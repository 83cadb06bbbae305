/** The figures as tables for people. */
import { titles } from './contestants/contestant.ts'
import { loadTitles } from './loads.ts'
import type { Results } from './results.ts'
import type { Target } from './targets.ts'

const number = (value: number, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : '-')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const latencyTable = ({ latency }: Results) =>
  table(
    ['load', 'contestant', 'events/s', 'p50 ms', 'p99 ms', 'missing', 'machine load'],
    latency
      .toSorted((a, b) => (a.load === b.load ? a.perSecond - b.perSecond : a.load < b.load ? 1 : -1))
      .map(({ load, contestant, perSecond, p50, p99, missing, machineLoad }) => [
        loadTitles[load],
        titles[contestant],
        String(perSecond),
        number(p50),
        number(p99),
        String(missing),
        number(machineLoad, 1),
      ]),
  )

const rateTable = ({ rate }: Results) =>
  table(
    ['load', 'contestant', 'events/s', 'backlog ms', 'machine load', 'note'],
    rate.map(({ load, contestant, perSecond, backlogMs, machineLoad, boundByGenerator }) => [
      loadTitles[load],
      titles[contestant],
      String(perSecond),
      number(backlogMs, 0),
      number(machineLoad, 1),
      boundByGenerator ? 'bound by the load generator' : '',
    ]),
  )

const recoveryTable = ({ recovery }: Results) =>
  table(
    ['entries', 'rows', 'ready ms', 'of that opening', 'machine load'],
    recovery.map(({ entries, rows, readyMs, openMs, machineLoad }) => [
      String(entries),
      String(rows),
      number(readyMs, 0),
      number(openMs, 0),
      number(machineLoad, 1),
    ]),
  )

const memoryTable = ({ memory }: Results) =>
  table(
    ['idle devices', 'MB resident'],
    memory.map(({ devices, residentMb }) => [String(devices), number(residentMb, 0)]),
  )

const neighbourTable = ({ neighbours }: Results) =>
  table(
    ['adapter', '', 'p50 ms', 'p99 ms', 'missing', 'machine load'],
    neighbours.map(({ neighbour, p50, p99, missing, machineLoad, told }) => [
      neighbour,
      told > 0 ? 'the operator was told' : '',
      number(p50),
      number(p99),
      String(missing),
      number(machineLoad, 1),
    ]),
  )

const installedTable = ({ installed }: Results) =>
  table(
    ['tree', '', 'ready ms', 'MB resident'],
    installed.map(({ tree, readyMs, residentMb }) => [tree, '', number(readyMs, 0), number(residentMb, 1)]),
  )

const interruptTable = ({ interrupt }: Results) =>
  table(
    ['', '', 'p50 ms', 'p95 ms', 'most ms', 'machine load'],
    interrupt.map(({ calledMs, machineLoad }) => [
      'called to seen',
      `${calledMs.count}`,
      number(calledMs.p50, 0),
      number(calledMs.p95, 0),
      number(calledMs.most, 0),
      number(machineLoad, 1),
    ]),
  )

const pixelTable = ({ pixel }: Results) =>
  table(
    ['', '', 'p50 ms', 'p95 ms', 'most ms', 'machine load'],
    pixel.flatMap(({ eventMs, touchMs, lifeMs, load, machineLoad }) => {
      const loaded = number(machineLoad, 1)
      return [
        [
          'journal to picture',
          `${eventMs.count}`,
          number(eventMs.p50, 0),
          number(eventMs.p95, 0),
          '-',
          loaded,
        ],
        [
          'touch to change, 4× slower',
          `${touchMs.count}`,
          number(touchMs.p50, 0),
          number(touchMs.p95, 0),
          number(touchMs.most, 0),
          loaded,
        ],
        [
          'let go to word, 4× slower',
          `${touchMs.count}`,
          number(lifeMs.p50, 0),
          number(lifeMs.p95, 0),
          number(lifeMs.most, 0),
          loaded,
        ],
        [
          'first load',
          `${number(load.kib, 0)} KiB`,
          number(load.usableMs, 0),
          '-',
          number(load.mostMs, 0),
          loaded,
        ],
      ]
    }),
  )

const targetTable = (targets: readonly Target[], baseline: readonly Target[]) =>
  table(
    ['', 'target', 'is', 'must be', 'baseline'],
    targets.map(({ name, value, kind, limit, met }) => [
      met ? 'met' : 'MISSED',
      name,
      number(value),
      `${kind === 'most' ? '<=' : '>='} ${number(limit)}`,
      number(baseline.find((one) => one.name === name)?.value ?? Number.NaN),
    ]),
  )

const machineLines = ({ machine, peers, at, quick }: Results) => {
  const { processor, cores, memoryGb, system, node, disk, syncMs, loadAtStart } = machine
  const peer =
    'missing' in peers ? `none (${peers.missing})` : `Node-RED ${peers.nodeRed}, Mosquitto ${peers.mosquitto}`
  return [
    `${at}${quick ? ', quick' : ''}`,
    `${processor}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}, disk ${disk}`,
    `one synced append ${number(syncMs.p50)} ms (p99 ${number(syncMs.p99)}), load average at the start ${number(loadAtStart, 1)}`,
    `peer: ${peer}`,
  ].join('\n')
}

export const reportText = (
  results: Results,
  targets: readonly Target[],
  baseline: readonly Target[],
): string => {
  const sections: string[] = [machineLines(results)]
  if (results.latency.length > 0)
    sections.push(`From a published detection to its task at another client\n\n${latencyTable(results)}`)
  if (results.rate.length > 0)
    sections.push(`Highest rate sustained, final backlog under 1 s\n\n${rateTable(results)}`)
  if (results.recovery.length > 0)
    sections.push(`From the start of the program to ready\n\n${recoveryTable(results)}`)
  if (results.memory.length > 0) sections.push(`Memory of the hub\n\n${memoryTable(results)}`)
  if (results.neighbours.length > 0)
    sections.push(`The same beside one adapter, 50 events/s\n\n${neighbourTable(results)}`)
  if (results.installed.length > 0)
    sections.push(`The hub alone, with all adapters installed and without\n\n${installedTable(results)}`)
  if (results.interrupt.length > 0) sections.push(`A screen, in a browser\n\n${interruptTable(results)}`)
  if (results.pixel.length > 0) sections.push(`The tablet, in a browser\n\n${pixelTable(results)}`)
  if (targets.length > 0) sections.push(`Targets\n\n${targetTable(targets, baseline)}`)
  return `${sections.join('\n\n\n')}\n`
}
