/** What is said of campaigns that were measured, Chinese and English. */
import { pair, spoken, type Tongue } from '../io/language.ts'

interface Compared {
  readonly shown: number
  readonly heldOut: number
}

const report = {
  nothing: pair('Nothing has been promoted in that time, as far as is on record.', '该时段没有推荐记录。'),
  campaign: pair('campaign', '活动'),
  plays: pair('shown', '展示'),
  interest: pair('interested', '感兴趣'),
  shown: pair('visits shown', '可展示到访'),
  heldOut: pair('held out', '对照到访'),
  asked: pair('asked for it', '随后办理'),
  askedHeldOut: pair('of held out', '对照组办理'),
  uplift: pair('difference', '差值'),
  interval: pair('95 % interval', '95% 置信区间'),
  by: pair('by', '渠道'),
  idle: pair('idle screens', '空闲屏幕'),
  responses: pair('responses', '回应'),
  interested: pair('interested', '感兴趣'),
  declined: pair('declined', '谢绝'),
  none: pair('none', '无回应'),
  unknown: pair('not told', '未上报'),
  notBegun: pair('wanted and never begun', '未能展示'),
  mixed: pair('visits of both arms, not compared', '两组重合、不参与比较的到访'),
  'no-holdout': pair(
    () => 'No visit is held out of it: what it changes cannot be known.',
    () => '未设对照组，无法得知其效果。',
  ),
  'too-few': pair(
    ({ shown, heldOut }: Compared) =>
      `Too few to say anything: ${shown} visits could be shown it, ${heldOut} were held out; at least 30 of each are needed.`,
    ({ shown, heldOut }: Compared) =>
      `样本太少，无法下结论：可展示 ${shown} 次到访，对照 ${heldOut} 次；每组至少需要 30 次。`,
  ),
  'no-difference-shown': pair(
    () => 'No difference is shown: it may be nought, or anything within the interval.',
    () => '未显示出差异：真实差值可能为零，也可能是区间内的任何值。',
  ),
  more: pair(
    () => 'Visitors who could be shown it ask for it more often than those held out.',
    () => '可展示组随后办理该业务的比例高于对照组。',
  ),
  fewer: pair(
    () => 'Visitors who could be shown it ask for it less often than those held out.',
    () => '可展示组随后办理该业务的比例低于对照组。',
  ),
}

export const promotionWords = (tongue: Tongue) => spoken(report, tongue)
