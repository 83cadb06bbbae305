/**
 * Codes that name a thing behind them: what something waits for is a claim, and its key is made for the hub. Whoever
 * reads it reads what stands in the way, and the thing by its name.
 */
import type { WordsAnswer } from '#protocol/desk/look/words.ts'
import { type Pair, pair } from './pair.ts'

/** What the rest of the code names, as the parameter of a reason would. */
export type CarriedOf = NonNullable<WordsAnswer['carried'][number]['of']>

export interface CarriedReason {
  readonly prefix: string
  /** Without it the rest says nothing to a person, and is left out. */
  readonly of?: CarriedOf
  /** `{rest}` stands for the name of what comes behind the prefix. */
  readonly words: Pair
}

const carried = (
  prefix: string,
  words: readonly [en: string, zh: string],
  of?: CarriedOf,
): CarriedReason => ({
  prefix,
  words: pair(...words),
  ...(of !== undefined && { of }),
})

const onVisits = [
  carried(
    'claim:attention:visit:',
    ['{rest} is attending to something else', '{rest}正关注其他事项'],
    'visit',
  ),
  carried('claim:greet:visit:', ['{rest} is being greeted already', '{rest}已在问候中'], 'visit'),
  carried('claim:promotion:visit:', ['{rest} is being shown something already', '已在向{rest}推荐'], 'visit'),
  carried('claim:receive:visit:', ['{rest} is being received already', '已有员工接待{rest}'], 'visit'),
  carried(
    'claim:receive:ticket:',
    ['somebody receives the holder of {rest} already', '已有员工接待 {rest} 号客户'],
    'ticket',
  ),
  carried('claim:receive:', ['somebody receives this customer already', '已有员工接待该客户']),
  carried('claim:announce:ticket:', ['{rest} is being announced already', '正在播报 {rest} 号'], 'ticket'),
] as const

const onPlaces = [
  carried(
    'claim:greet-group:zone:',
    ['those who came in together at {rest} are being greeted', '{rest}正在问候同时进门的客户'],
    'zone',
  ),
  carried(
    'claim:greet-burst:zone:',
    ['others were greeted at {rest} a moment ago', '{rest}刚刚问候过客户'],
    'zone',
  ),
  carried(
    'claim:greet-by-hand:zone:',
    ['a greeting at {rest} was asked for already', '{rest}已有人安排问候'],
    'zone',
  ),
  carried(
    'claim:announce:zone:',
    ['something else is announced at {rest}', '{rest}正在播报其他内容'],
    'zone',
  ),
  carried('claim:promotion:zone:', ['something else is shown at {rest}', '{rest}正在推荐其他内容'], 'zone'),
  carried('claim:sound/', ['somebody else speaks there', '该处正有其他声音']),
  carried(
    'claim:remote:device:',
    ['somebody else asks this of {rest} already', '已有他人在操作{rest}'],
    'device',
  ),
  carried('claim:open-counter:', ['somebody is to open {rest} already', '已请人开放{rest}'], 'counter'),
] as const

const onMembers = [
  carried('claim:charging:device:', ['{rest} is on its way to charge', '{rest}正前往充电'], 'device'),
  carried('claim:kiosk:', ['{rest} is kept free for somebody', '{rest}已为他人预留'], 'device'),
  carried('claim:device:', ['{rest} is kept free for somebody', '{rest}已为他人预留'], 'device'),
  carried('claim:occupied/', ['{rest} is busy with another task', '{rest}正在执行其他任务'], 'member'),
] as const

/** What a screen says of itself, with the item that it concerns. */
const onContent = [
  carried('media-failed: ', ['cannot play {rest}', '无法播放 {rest}'], 'content'),
  carried('media-missing: ', ['does not have {rest} yet', '尚未取得 {rest}'], 'content'),
  carried('bad-setting: ', ['does not understand its setting {rest}', '无法识别设置 {rest}'], 'content'),
] as const

/** The first that fits. */
export const carriedReasons: readonly CarriedReason[] = [
  ...onVisits,
  ...onPlaces,
  ...onMembers,
  ...onContent,
  carried('claim:', ['something else of the same kind goes first', '同类事项优先，须等其结束']),
  carried('mode.', ['not in mode “{rest}”', '“{rest}”状态下不执行'], 'mode'),
  carried('unserved-', ['nobody could do “{rest}”', '“{rest}”无人可执行'], 'capability'),
]
