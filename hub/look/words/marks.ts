/** What flows remember of a visit or a ticket, in words: `{value}` is what was noted, `{rest}` the end of its name. */
import type { MarkValue } from '#protocol/model.ts'
import { type Pair, pair } from './pair.ts'

interface MarkWords {
  readonly name: string
  /** Only where just this was noted; absent: whatever it is. */
  readonly value?: MarkValue
  readonly words: Pair
}

/** The first that fits. A name that ends with a dot stands for all that begin so. */
const marks: readonly MarkWords[] = [
  {
    name: 'diversion.open',
    value: true,
    words: pair('an invitation to a kiosk is under way', '分流邀请进行中'),
  },
  { name: 'diversion.open', words: pair('the invitation to a kiosk is over', '分流邀请结束') },
  { name: 'diversion.kiosk', value: '', words: pair('no kiosk is meant any more', '不再指定智能柜台') },
  { name: 'diversion.kiosk', words: pair('meant for {value}', '指定 {value}') },
  {
    name: 'diversion.invitations',
    words: pair('this is invitation number {value}', '这是第 {value} 次邀请'),
  },
  { name: 'diversion.invitedAt', words: pair('the time of the invitation was noted', '已记录邀请时间') },
  { name: 'diversion.refused', words: pair('said no, and is not asked again', '客户谢绝，不再询问') },
  { name: 'promotion.why', words: pair('nothing is promoted: {value}', '暂不推荐：{value}') },
  { name: 'promotion.count', words: pair('saw {value} promotions by now', '已展示 {value} 次推荐') },
  { name: 'promotion.at', words: pair('the time of the promotion was noted', '已记录推荐时间') },
  { name: 'promotion.shown.', words: pair('saw {rest} {value} times by now', '{rest} 已展示 {value} 次') },
  { name: 'promotion.response.', value: 'none', words: pair('did not react to {rest}', '对 {rest} 无反应') },
  { name: 'promotion.response.', words: pair('{rest}: {value}', '{rest}：{value}') },
  { name: 'promotion.offered.', words: pair('{rest} was chosen for this visit', '已选定 {rest}') },
  {
    name: 'promotion.held-out.',
    words: pair('is shown nothing of {rest}, for comparison', '{rest} 对照组，不予展示'),
  },
]

export const markWords = (
  name: string,
  value: MarkValue,
): { readonly words: Pair; readonly rest: string } | undefined => {
  const found = marks.find(
    (one) =>
      (one.name.endsWith('.') ? name.startsWith(one.name) : name === one.name) &&
      (one.value === undefined || one.value === value),
  )
  return found && { words: found.words, rest: name.slice(found.name.length) }
}
