/** What is tolerated of a device, and for how long, before people hear of it. */
import { z } from 'zod'
import { setting, span } from '../setting.ts'

export const CarePolicy = z
  .strictObject({
    lostMs: setting(
      span(0, 3_600_000).default(60_000),
      'How long a lost device may take to come back before an alert',
      '设备失联多久后提醒',
    ),
    stuckMs: setting(
      span(0, 3_600_000).default(45_000),
      'How long a robot may be blocked before an alert',
      '机器人受阻多久后提醒',
    ),
    updatingMs: setting(
      span(60_000, 14_400_000).default(900_000),
      'How long an update may take where the device does not say; its absence is tolerated that long',
      '设备未声明时允许的更新时长，期间失联不提醒',
    ),
    silentBeats: setting(
      z.int().min(2).max(100).default(3),
      'Heartbeats missed before a connected device counts as silent',
      '在线设备漏报多少次心跳视为静默',
    ),
    lowPercent: setting(
      z.number().min(5).max(90).default(25),
      'Battery at which a robot is sent to charge',
      '电量低于此值时派去充电',
    ),
    criticalPercent: setting(
      z.number().min(1).max(50).default(10),
      'Battery at which people are told',
      '电量低于此值时提醒',
    ),
    chargingShare: setting(
      z.number().min(0.1).max(1).default(0.5),
      'At most this share of the robots is away to charge at a time, the emptiest first; one always may be',
      '同时离岗充电的机器人最大占比，电量最低者优先；至少允许一台',
    ),
    chargeMs: setting(
      span(60_000, 3_600_000).default(600_000),
      'Longest time to reach the charger',
      '到达充电桩的最长时间',
    ),
    chargeAgainMs: setting(
      span(10_000, 3_600_000).default(120_000),
      'Pause before a robot is sent to charge again',
      '再次派去充电的间隔',
    ),
    groupMin: setting(
      z.int().min(2).max(1_000).default(4),
      'This many devices lost at once are one alert for the branch',
      '同时失联达到此数时合并为一条网点提醒',
    ),
    repeatMs: setting(
      span(60_000, 14_400_000).default(1_800_000),
      'How often an alert that lasts is repeated',
      '持续提醒的重复间隔',
    ),
    throttleMs: setting(
      span(0, 14_400_000).default(600_000),
      'A device that comes and goes is not alerted again within this time',
      '反复掉线的设备在此时间内不再提醒',
    ),
  })
  .refine((policy) => policy.criticalPercent < policy.lowPercent, {
    path: ['criticalPercent'],
    message: 'must be below lowPercent, or a robot is reported before it is sent to charge',
  })
export type CarePolicy = z.infer<typeof CarePolicy>
