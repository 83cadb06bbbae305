/** What no schema can see: a scenario that contradicts itself or its branch. Each fault says what would be right. */
import type { LobbyBranch } from './branch.ts'
import { clockText } from './day-time.ts'
import { DeviceBehaviour, type ScenarioFile, type Span } from './scenario-schema.ts'
import type { YamlFault } from './yaml-text.ts'

type Checked = Omit<ScenarioFile, 'branch'> & { readonly branch: LobbyBranch }
type Path = readonly (string | number)[]
type Say = (path: Path, message: string) => void

export const checkScenario = (scenario: Checked): readonly YamlFault[] => {
  const faults: YamlFault[] = []
  const say: Say = (path, message) => void faults.push({ path, message })
  checkDay(scenario, say)
  checkArrivals(scenario, say)
  checkCustomers(scenario, say)
  checkCounters(scenario, say)
  checkDevices(scenario, say)
  checkTroubles(scenario, say)
  return faults
}

const list = (names: readonly string[]) =>
  names.length === 0 ? 'there are none' : `there are: ${names.join(', ')}`
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

const known =
  (say: Say, what: string, names: readonly string[]) =>
  (path: Path, name: string): boolean => {
    const is = names.includes(name)
    if (!is) say(path, `the branch has no ${what} "${name}"; ${list(names)}`)
    return is
  }

const checkDay = ({ day }: Checked, say: Say) => {
  if (day.closeMs <= day.openMs)
    say(
      ['day', 'close'],
      `the branch closes (${clockText(day.closeMs)}) before it opens (${clockText(day.openMs)}); give a later time`,
    )
  const read = new Date(`${day.date}T00:00:00Z`)
  if (Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== day.date)
    say(['day', 'date'], `${day.date} is no day of the calendar`)
}

const checkArrivals = (scenario: Checked, say: Say) => {
  const { arrivals, day, branch } = scenario
  const { times, perHour, cycleMinutes, staged, appointments, languages } = arrivals
  const isService = known(say, 'service', idsOf(branch.services))
  for (const [service, rates] of Object.entries(perHour)) {
    isService(['arrivals', 'perHour', service], service)
    if (rates.length !== times.length)
      say(
        ['arrivals', 'perHour', service],
        `${rates.length} rates for ${times.length} times; give one rate for each time`,
      )
  }
  times.forEach((time, index) => {
    const before = times[index - 1]
    if (before !== undefined && time <= before)
      say(['arrivals', 'times', index], 'comes before the time in front of it; put the times in order')
    if (cycleMinutes === undefined && (time < day.openMs || time >= day.closeMs))
      say(
        ['arrivals', 'times', index],
        `${clockText(time)} is outside of the opening hours; move it inside, or change day.open or day.close`,
      )
    if (cycleMinutes !== undefined && time >= cycleMinutes * 60_000)
      say(['arrivals', 'times', index], `lies beyond the cycle of ${cycleMinutes} minutes`)
  })
  const first = times[0]
  if (first !== undefined && first !== (cycleMinutes === undefined ? day.openMs : 0))
    say(
      ['arrivals', 'times', 0],
      `the first time must be ${cycleMinutes === undefined ? `the opening (${clockText(day.openMs)})` : '00:00, the begin of the cycle'}: what holds before it is not said`,
    )
  const within = (path: Path, atMs: number) => {
    if (atMs < day.openMs || atMs >= day.closeMs)
      say(path, `${clockText(atMs)} is outside of the opening hours`)
  }
  staged.forEach(({ at, service, hurry }, index) => {
    within(['arrivals', 'staged', index, 'at'], at)
    const is = isService(['arrivals', 'staged', index, 'service'], service)
    if (is && hurry === 'kiosk' && !isSelfService(branch, service))
      say(
        ['arrivals', 'staged', index, 'hurry'],
        `goes to a kiosk, but "${service}" is no self-service; choose another service or hurry: ticket`,
      )
  })
  appointments.forEach(({ at, service }, index) => {
    within(['arrivals', 'appointments', index, 'at'], at)
    isService(['arrivals', 'appointments', index, 'service'], service)
  })
  if (Object.values(languages).reduce((sum, weight) => sum + weight, 0) <= 0)
    say(['arrivals', 'languages'], 'all weights are 0; give one language a weight above 0')
}

const isSelfService = (branch: LobbyBranch, service: string) =>
  branch.services.find(({ id }) => id === service)?.selfService === true

const checkCustomers = ({ customers, services, branch }: Checked, say: Say) => {
  const { acceptsInvitationShare, declinesInvitationShare, interestedShare, notInterestedShare } = customers
  if (acceptsInvitationShare + declinesInvitationShare > 1)
    say(
      ['customers', 'acceptsInvitationShare'],
      'who accepts and who declines are together more than all; lower one of them',
    )
  if (interestedShare + notInterestedShare > 1)
    say(
      ['customers', 'interestedShare'],
      'who is interested and who is not are together more than all; lower one of them',
    )
  const isService = known(say, 'service', idsOf(branch.services))
  for (const [id, settings] of Object.entries(services)) {
    if (!isService(['services', id], id)) continue
    if (settings.kioskMinutes !== null && !isSelfService(branch, id))
      say(
        ['services', id, 'kioskMinutes'],
        `"${id}" is no self-service in the branch file; set selfService there, or leave this out`,
      )
  }
}

const checkCounters = (scenario: Checked, say: Say) => {
  const { counters, branch, arrivals, day } = scenario
  const isCounter = known(say, 'counter', idsOf(branch.counters))
  for (const [id, spans] of Object.entries(counters.schedule)) {
    isCounter(['counters', 'schedule', id], id)
    checkSpans(['counters', 'schedule', id], spans, say)
  }
  counters.spare.forEach((id, index) => {
    isCounter(['counters', 'spare', index], id)
    if (counters.schedule[id] !== undefined)
      say(['counters', 'spare', index], `"${id}" has a schedule and is spare; take it out of one of the two`)
  })
  const opens = (id: string, state: string) =>
    (counters.schedule[id] ?? (state === 'open' ? [{ from: day.openMs, to: day.closeMs }] : [])).length > 0
  const served = new Set(
    branch.counters
      .filter(({ id, state }) => opens(id, state) || counters.spare.includes(id))
      .flatMap(({ services }) => services),
  )
  for (const service of Object.keys(arrivals.perHour))
    if (isKnownService(branch, service) && !served.has(service))
      say(
        ['arrivals', 'perHour', service],
        `people come for "${service}", but no counter that serves it ever opens; open one in counters.schedule`,
      )
}

const isKnownService = (branch: LobbyBranch, service: string) =>
  branch.services.some(({ id }) => id === service)

const checkSpans = (path: Path, spans: readonly Span[], say: Say) =>
  spans.forEach(({ from, to }, index) => {
    if (to <= from) say([...path, index], `ends (${clockText(to)}) before it begins (${clockText(from)})`)
    const before = spans[index - 1]
    if (before !== undefined && from < before.to)
      say([...path, index], 'overlaps the one before; put them in order, apart from each other')
  })

const checkDevices = ({ devices, cameras, branch, floor }: Checked, say: Say) => {
  const isDevice = known(say, 'device', idsOf(branch.devices))
  const isCamera = known(say, 'camera', idsOf(branch.devices.filter(({ kind }) => kind === 'camera')))
  const isZone = known(say, 'zone', idsOf(branch.zones))
  for (const [id, { behaviour }] of Object.entries(devices)) {
    isDevice(['devices', id], id)
    for (const issue of DeviceBehaviour.safeParse(behaviour ?? {}).error?.issues ?? [])
      say(['devices', id, 'behaviour', ...(issue.path as Path)], issue.message)
  }
  if (cameras.tracking !== undefined) isCamera(['cameras', 'tracking'], cameras.tracking)
  for (const [id, zones] of Object.entries(cameras.counts)) {
    isCamera(['cameras', 'counts', id], id)
    zones.forEach((zone, index) => void isZone(['cameras', 'counts', id, index], zone))
  }
  if (cameras.missedShare + cameras.countedShare > 1)
    say(
      ['cameras', 'missedShare'],
      'who is missed and who is only counted are together more than all; lower one of them',
    )
  for (const id of Object.keys(floor.zones)) isZone(['floor', 'zones', id], id)
}

const checkTroubles = ({ troubles, branch }: Checked, say: Say) => {
  const of = (kind: string) => idsOf(branch.devices.filter((device) => device.kind === kind))
  troubles.forEach((trouble, index) => {
    const path = ['troubles', index]
    if (trouble.kind === 'kiosk-outage')
      trouble.devices.forEach(
        (id, nth) => void known(say, 'kiosk', of('kiosk'))([...path, 'devices', nth], id),
      )
    if (trouble.kind === 'robot-outage')
      trouble.devices.forEach(
        (id, nth) => void known(say, 'robot', of('robot'))([...path, 'devices', nth], id),
      )
    if (trouble.kind === 'counters-closed')
      trouble.counters.forEach(
        (id, nth) => void known(say, 'counter', idsOf(branch.counters))([...path, 'counters', nth], id),
      )
    if (trouble.kind === 'flood' || trouble.kind === 'blind')
      known(say, 'camera', of('camera'))([...path, 'camera'], trouble.camera)
    if (trouble.kind === 'flood') known(say, 'zone', idsOf(branch.zones))([...path, 'zone'], trouble.zone)
  })
}
