/** What a manager may change about emergencies: the words, never whether they are shown. */
import { z } from 'zod'
import { Phrase, setting, span } from '../setting.ts'

export const EmergencyPolicy = z.strictObject({
  words: setting(
    Phrase.default({
      zh: '紧急情况，请保持冷静，听从工作人员指引，从最近的出口离开。',
      en: 'Emergency. Please stay calm, follow the staff, and leave by the nearest exit.',
    }),
    'What screens and kiosks show, by language',
    '屏幕与智能柜台显示的文字（按语言）',
  ),
  showForMs: setting(
    span(30_000, 3_600_000).default(300_000),
    'Shown for this long, and again until the emergency is ended by hand',
    '每次显示的时长；在人工解除前会反复显示',
  ),
  lookAgainMs: setting(
    span(1_000, 60_000).default(5_000),
    'How often to look for screens and robots that have not been reached',
    '多久检查一次尚未联系上的屏幕与机器人',
  ),
  clearForMs: setting(
    span(10_000, 600_000).default(120_000),
    'Longest time a robot may take to get out of the way',
    '机器人让出通道的最长时间',
  ),
})
export type EmergencyPolicy = z.infer<typeof EmergencyPolicy>
