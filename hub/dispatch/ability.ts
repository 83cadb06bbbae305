/**
 * A device that comes back with a changed manifest may no longer be able to do what it was given: its tasks are looked
 * at again. What may be repeated, or was not begun, goes to another at once; what may have happened is not repeated.
 */
import type { Manifest } from '#protocol/messages.ts'
import type { Turn } from '../engine/turn.ts'
import { live } from './life.ts'
import { recordTask } from './records.ts'
import type { TaskRow } from './rows.ts'
import { closeStep, lifeOf, memberDevice, openAttempt, ruleOf, taskOwner, tasksWith } from './tasks.ts'

export const abilityGone = 'capability-gone'

const can = (manifest: Manifest, { intent }: TaskRow) =>
  Object.hasOwn(manifest.capabilities, intent.capability)

/** Whether the member of its open attempt is there and says that it cannot do this. */
export const lacksAbility = (turn: Turn, task: TaskRow): boolean => {
  const member = openAttempt(task)?.member
  const device = member === undefined ? undefined : memberDevice(turn, member)
  return device?.link === 'online' && device.manifest !== null && !can(device.manifest, task)
}

/** What it did before it changed, it may be about to report: its last word is waited for like that of a lost device. */
const awaitLastWord = (turn: Turn, task: TaskRow) => {
  const owner = taskOwner(task.id)
  if (turn.state.timers.has(`${owner}#lost`)) return
  recordTask(turn, task, { code: abilityGone, member: openAttempt(task)?.member })
  turn.setTimer(owner, 'lost', { deadline: turn.at + turn.settings.reconnectGraceMs, graced: true })
}

/** By the manifest itself: what the branch file no longer lets it be asked for, it may still finish. */
export const checkAbility = (turn: Turn, device: string, manifest: Manifest): void => {
  for (const task of tasksWith(turn, device)) {
    if (can(manifest, task)) continue
    const rule = ruleOf(turn, task)
    const life = lifeOf(task)
    if (life.startSent && rule === 'at-most-once') awaitLastWord(turn, task)
    else {
      const step = live(life, { type: 'deadline', which: 'lost' }, rule)
      if (step !== null) closeStep(turn, task, { step, reason: abilityGone, withStep: false })
    }
  }
}
