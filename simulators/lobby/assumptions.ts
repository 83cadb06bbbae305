/**
 * Everything the lobby model assumes, in one table: the schema of a scenario takes its defaults from here, and the guide
 * prints it. What has no trustworthy published figure says `assumed`: set it to what your branch measures.
 */

export type AssumptionValue = number | string | boolean | null | readonly number[]

export interface Assumption<T extends AssumptionValue = AssumptionValue> {
  readonly default: T
  readonly unit: string
  readonly meaning: { readonly en: string }
  /** Where the figure is from, or the word `assumed`. */
  readonly source: string
}

const row = <T extends AssumptionValue>(
  value: T,
  unit: string,
  ...[en, source = 'assumed']: [en: string, source?: string]
): Assumption<T> => ({ default: value, unit, meaning: { en }, source })

/** Arrivals of a bank's call centre are Poisson with a rate of their own, its service times log-normal. */
const brown = 'Brown et al., Journal of the American Statistical Association 100 (2005)'
const bohannon = 'a little below Bohannon and Andrews, Physiotherapy 97 (2011): people look around'

export const assumptions = {
  'arrivals.scale': row(1, 'factor', 'Multiplies every rate of arrivals'),
  'arrivals.groupShare': row(0.12, 'share', 'Visits by more than one person'),
  'arrivals.threeShare': row(0.25, 'share', 'Groups that are three and not two'),
  'arrivals.priorityShare': row(0.04, 'share', 'Visits by priority customers, who check in as such'),
  'arrivals.elderlyShare': row(0.25, 'share', 'Visits by customers of 65 and over'),
  'arrivals.bookedEarlyMinutes': row(6, 'min', 'How long before their time booked visitors come, mean'),
  'arrivals.bookedSpreadMinutes': row(5, 'min', 'Standard deviation of that'),
  'arrivals.bookedNoShowShare': row(0.1, 'share', 'Booked visitors who do not come'),

  'customers.walkMetresPerSecond': row(1.1, 'm/s', 'Walking speed', bohannon),
  'customers.elderlyMetresPerSecond': row(0.85, 'm/s', 'Walking speed of customers of 65 and over', bohannon),
  'customers.detour': row(1.25, 'factor', 'A way through the lobby against the straight line'),
  'customers.lookAroundSeconds': row(14, 's', 'Time at the entrance before a ticket is taken, mean'),
  'customers.straightToKioskShare': row(
    0.2,
    'share',
    'Go to a kiosk unasked, of those whose errand it can do',
  ),
  'customers.choosesStaffShare': row(0.05, 'share', 'Say at the ticket machine that they want a person'),
  'customers.turnsBackAbovePresent': row(
    1_000,
    'people',
    'Who sees more people inside turns back at the door',
  ),
  'customers.leavesAtOnceAboveMinutes': row(60, 'min', 'An announced wait that makes some leave at once'),
  'customers.leavesAtOnceShare': row(0.3, 'share', 'Leave at once when told such a wait'),
  'customers.handsBackShare': row(0.1, 'share', 'Hand back the ticket when they give up; the others just go'),
  'customers.answersGreetingShare': row(0.6, 'share', 'Say what they want when a device asks'),
  'customers.answerSeconds': row(2, 's', 'Time to answer a device, mean'),
  'customers.hurrySeconds': row(2, 's', 'Time at the entrance of those who know the way, at most'),
  'customers.waitsForRobotSeconds': row(6, 's', 'Time a robot has, after an answer, to lead the way'),
  'customers.followsRobotShare': row(0.5, 'share', 'Follow a robot that leads the way'),
  'customers.noticesScreenShare': row(0.6, 'share', 'Notice an invitation or promotion on a screen'),
  'customers.noticesRobotShare': row(0.95, 'share', 'Notice one spoken by a robot'),
  'customers.acceptsInvitationShare': row(0.6, 'share', 'Accept to go to a kiosk, of those who notice'),
  'customers.declinesInvitationShare': row(0.25, 'share', 'Say no to it; the others do nothing'),
  'customers.triesAnywayShare': row(0.1, 'share', 'Accept though a kiosk cannot do their errand'),
  'customers.elderlyAcceptsFactor': row(0.5, 'factor', 'Acceptance by customers of 65 and over'),
  'customers.askedAgainFactor': row(0.3, 'factor', 'Acceptance by who was asked before and did not go'),
  'customers.decideSeconds': row(3, 's', 'Time to decide about an invitation, mean'),
  'customers.choosesCounterShare': row(0.8, 'share', 'Go to the counter when called on the way to a kiosk'),
  'customers.interestedShare': row(0.08, 'share', 'Show interest in a promotion, of those who notice'),
  'customers.notInterestedShare': row(0.12, 'share', 'Decline a promotion'),
  'customers.elderlyTooHardFactor': row(2, 'factor', 'How much oftener a kiosk is too hard at 65 and over'),
  'customers.asksForHelpShare': row(0.4, 'share', 'Ask for help when a kiosk did not work out'),
  'customers.returnPatienceShare': row(
    0.25,
    'share',
    'Part of their patience left, at least, to who returns from a kiosk',
  ),
  'customers.patienceShape': row(
    'lognormal',
    '',
    'Distribution of patience: few who sit leave in the first minutes',
  ),
  'customers.patienceSpread': row(0.6, 'ratio', 'Standard deviation over mean of patience'),

  'services.*.counterMinutes': row(
    null,
    'min',
    'Time at a counter, mean; none: `serviceMs` of the branch file',
  ),
  'services.*.counterSpread': row(0.8, 'ratio', 'Standard deviation over mean of the time at a counter'),
  'services.*.counterShape': row('lognormal', '', 'Distribution of the time at a counter', brown),
  'services.*.kioskMinutes': row(null, 'min', 'Time at a kiosk, mean; none: `kioskMs` of the branch file'),
  'services.*.kioskSpread': row(0.5, 'ratio', 'Standard deviation over mean of the time at a kiosk'),
  'services.*.eligibleShare': row(0.7, 'share', 'Errands of a self-service kind that a kiosk can really do'),
  'services.*.tooHardShare': row(0.08, 'share', 'Give up at the kiosk and return to the counter'),
  'services.*.patienceMinutes': row(55, 'min', 'Wait after which somebody leaves, mean'),

  'kiosks.failsShare': row(0.01, 'share', 'Sessions that break off because the kiosk fails'),
  'kiosks.repairMinutes': row(10, 'min', 'Until a kiosk that failed works again'),
  'kiosks.promisedSeconds': row(90, 's', 'How long others leave a kiosk to somebody on the way'),

  'counters.papersSeconds': row(8, 's', 'Between two customers a teller finishes the papers'),
  'counters.noShowSeconds': row(45, 's', 'Who does not come when called is passed over after this'),
  'counters.overtimeMinutes': row(60, 'min', 'After closing who waits is served for so long at most'),
  'counters.spareOpensAtWaiting': row(18, 'people', 'Staff open a spare counter when so many wait'),
  'counters.spareNoticedMinutes': row(10, 'min', 'How long that lasts before they do'),
  'counters.spareClosesAtWaiting': row(3, 'people', 'A spare counter closes when so few wait'),
  'counters.spareOpenMinutes': row(20, 'min', 'How long it stays open at least'),

  'ticketMachine.priorityAheadMinutes': row(30, 'min', 'Priority customers stand as if come so much earlier'),
  'ticketMachine.bookedAheadMinutes': row(20, 'min', 'Booked customers stand as if come so much earlier'),
  'ticketMachine.elderlyAheadMinutes': row(
    0,
    'min',
    'Customers of 65 and over stand as if come so much earlier',
  ),
  'ticketMachine.snapshotSeconds': row(
    20,
    's',
    'How often the queue system tells of a queue with people in it',
  ),
  'ticketMachine.unchangedSeconds': row(60, 's', 'How often the queue system tells of an empty queue'),
  'ticketMachine.announces': row(true, '', 'Prints the expected wait on the ticket'),

  'robots.metresPerSecond': row(0.7, 'm/s', 'Speed of a robot among people'),
  'robots.batteryPercent': row(95, '%', 'Battery in the morning'),
  'robots.drainPercentPerMinute': row(0.2, '%/min', 'Battery used'),
  'robots.chargePercentPerMinute': row(0.5, '%/min', 'Battery gained at the charger'),
  'robots.blockedShare': row(0.03, 'share', 'Ways on which somebody stands before the robot'),
  'robots.blockedSeconds': row(12, 's', 'How long somebody stands before it'),

  'cameras.missedShare': row(0.02, 'share', 'Visitors whom the tracking camera does not see come in'),
  'cameras.countedShare': row(0.03, 'share', 'Visitors who are counted at the door and not tracked'),
  'cameras.seenLaterShare': row(0.5, 'share', 'Of those missed at the door, seen in each zone further in'),
  'cameras.doubleShare': row(0.01, 'share', 'Visitors who are detected twice at the door'),
  'cameras.doubleFoundShare': row(
    0.5,
    'share',
    'Second tracks that the camera finds out; the others are lost',
  ),
  'cameras.swappedShare': row(0.004, 'share', 'Moves at which two tracks are taken for each other'),
  'cameras.countSeconds': row(
    12,
    's',
    'How often a camera tells how many are in a zone when that has changed',
  ),
  'cameras.unchangedSeconds': row(60, 's', 'How often a camera tells an unchanged count'),
  'cameras.dwellSeconds': row([8, 20, 40, 80, 160, 320, 640, 1_280], 's', 'Stays in one zone that are told'),
  'cameras.positionsSeconds': row(10, 's', 'How often positions are streamed; 0: never'),

  'staff.acceptSeconds': row(20, 's', 'Until somebody answers a call, mean'),
  'staff.arriveSeconds': row(40, 's', 'Until they are there, mean'),
  'staff.helpSeconds': row(90, 's', 'How long they help, mean'),
  'staff.refusesShare': row(0.08, 'share', 'Calls that somebody cannot take'),

  'floor.heatCellMetres': row(1, 'm', 'Side of a cell of the heat map'),
  'floor.zoneMetres': row(3, 'm', 'Side of a zone for which no area is given'),
} as const satisfies Record<string, Assumption>

export type AssumptionPath = keyof typeof assumptions

type Widened<T> = T extends number ? number : T extends boolean ? boolean : T extends string ? string : T

/** @returns what a scenario that says nothing about it has. */
export const assumed = <P extends AssumptionPath>(path: P): Widened<(typeof assumptions)[P]['default']> =>
  assumptions[path].default as Widened<(typeof assumptions)[P]['default']>
