/** What the page says about a plan as a file. */
import { type PlanFileErrorCode, planFileErrors } from '#protocol/plan-file-errors.ts'
import type { Pair } from '../../../ui/words.ts'
import type { Wrong } from './model/plan-file.ts'

const pairs = {
  title: { zh: '布局文件', en: 'Plan as a file' },
  text: {
    zh: '文件包含区域、位置，以及每台设备所在之处。可用于备份、比较，或带到另一个网点。',
    en: 'It holds the zones, the places and where each device belongs: to keep, to compare, or to carry to another branch.',
  },
  save: { zh: '保存为文件', en: 'Save as a file' },
  load: { zh: '从文件载入', en: 'Load from a file' },
  loadText: {
    zh: '载入前先显示会有哪些更改。载入后可撤销，保存后才生效。',
    en: 'You see what would change before it is loaded. It can be undone, and holds only once you save.',
  },
  notLoaded: { zh: '没有载入，您画的内容没有变', en: 'Not loaded; what you drew is as it was' },
  lineOf: { zh: '第 {line} 行，第 {column} 列：', en: 'Line {line}, column {column}: ' },
  more: { zh: '还有 {count} 处', en: 'and {count} more' },
  wouldChange: { zh: '“{name}”会带来的更改', en: 'What “{name}” would change' },
  same: {
    zh: '与现在的布局相同，没有可载入的更改。',
    en: 'It is the same as the plan here: there is nothing to load.',
  },
  otherBranch: { zh: '该文件来自另一个网点：{branch}。', en: 'The file is of another branch: {branch}.' },
  strangers: {
    zh: '本网点没有这些设备，不会载入：{devices}。',
    en: 'This branch does not have these devices, they are left out: {devices}.',
  },
  take: { zh: '载入', en: 'Load it' },
  leave: { zh: '不载入', en: 'Leave it' },
} as const satisfies Record<string, Pair>

export const fileWords: Readonly<Record<keyof typeof pairs, Pair>> = pairs

const both = (code: PlanFileErrorCode, zh: string): Pair => ({
  zh,
  en: `${planFileErrors[code].summary} ${planFileErrors[code].remedy}`,
})

export const fileErrorWords: Readonly<Record<PlanFileErrorCode, Pair>> = {
  'plan-file.unreadable': both(
    'plan-file.unreadable',
    '无法读取该文件。请重新选择；如在别处，请先复制到本平板。',
  ),
  'plan-file.too-large': both(
    'plan-file.too-large',
    '文件过大，不会是布局。请选择在此保存的布局文件，最大 1 MiB。',
  ),
  'plan-file.not-json': both(
    'plan-file.not-json',
    '该文件不是 JSON。请选择在此保存的布局文件，或修正所指出的位置。',
  ),
  'plan-file.other': both(
    'plan-file.other',
    '该文件不是布局。请选择在此保存的布局文件；图片请作为底图描画。',
  ),
  'plan-file.newer': both(
    'plan-file.newer',
    '该文件由更新版本的系统写成。请更新本系统，或用本版本另存布局。',
  ),
  'plan-file.invalid': both('plan-file.invalid', '文件中的布局有误。请修正所指出的位置后重新载入。'),
}

export const wrongWords: Readonly<Record<Wrong, Pair>> = {
  unexpected: { zh: '此处不符合 JSON 格式', en: 'this is not JSON here' },
  ended: { zh: '文件在此中断', en: 'the file ends here, before it is whole' },
  deep: { zh: '嵌套过深', en: 'nested too deep' },
  twice: { zh: '重复出现，只能有一个', en: 'is there twice; only one may be' },
  far: { zh: '超出 10000 米', en: 'lies more than 10000 m away' },
  missing: { zh: '缺少', en: 'is missing' },
  unknown: { zh: '没有这一项', en: 'is not known' },
  form: { zh: '写法不对', en: 'is written wrongly' },
}
