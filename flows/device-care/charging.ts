/**
 * Whose turn it is to charge. Robots that began the day alike are low at the same time; if all went at once, nobody would
 * be led. So they go by turns, the emptiest first. One that can no longer be asked for anything goes in any case.
 */
import { batteryLowPercent, chargedEnoughPercent } from '#protocol/battery.ts'
import type { CarePolicy } from './policy.ts'
import type { CareView, RobotSeen } from './view.ts'

type Fleet = Pick<CareView, 'robots'>

/** Has a battery that lets it work, and is not on its way to the charger. */
const serves = ({ percent, charging, leaving }: RobotSeen): boolean =>
  charging ? percent >= chargedEnoughPercent : percent >= batteryLowPercent && !leaving

const byCharge = (a: RobotSeen, b: RobotSeen) => a.percent - b.percent || (a.id < b.id ? -1 : 1)

/** How many more may leave; one robot always may be away. */
const placesLeft = ({ robots }: Fleet, { chargingShare }: CarePolicy): number => {
  const away = robots.filter((robot) => !serves(robot)).length
  return Math.max(1, Math.floor(robots.length * chargingShare)) - away
}

/** Whether this robot, low as it is, may go now. */
export const isItsTurn = (id: string, view: Fleet, policy: CarePolicy): boolean => {
  const own = view.robots.find((robot) => robot.id === id)
  if (own === undefined || own.percent < batteryLowPercent) return true
  const waiting = view.robots
    .filter((robot) => serves(robot) && !robot.charging && robot.percent <= policy.lowPercent)
    .sort(byCharge)
  return waiting.slice(0, Math.max(0, placesLeft(view, policy))).some((robot) => robot.id === id)
}
