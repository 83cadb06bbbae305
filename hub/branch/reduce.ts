/**
 * The branch model's reducer: what each entry changes in what the hub believes about the branch, and the facts the
 * flows hear of it. Pure: the turn's tables in, the turn's tables and facts out.
 */
import type { Turn } from '../engine/turn.ts'
import { followAlerts } from './alert-turns.ts'
import { applyConfig } from './apply.ts'
import { awaitCallers } from './calls.ts'
import { onClockStart, onClockStep } from './clock.ts'
import { onCommand } from './commands.ts'
import { resendConfigs } from './device-config.ts'
import { forgetLinks, hear, onLink, onManifest, onPresence, onState } from './devices.ts'
import { onEvent } from './events.ts'
import { noteRefused } from './problems.ts'
import { overtakeProposal } from './proposal-rows.ts'
import { onRegistry } from './registry.ts'
import { awaitSaleRecorders } from './sales.ts'
import { followSwitchback } from './switchback.ts'
import { onTimer } from './timers.ts'

const onStart = (turn: Turn) => {
  onClockStart(turn)
  forgetLinks(turn)
  resendConfigs(turn)
  followAlerts(turn)
  awaitCallers(turn)
  awaitSaleRecorders(turn)
}

const reduce = (turn: Turn): void => {
  const { body } = turn.entry
  switch (body.kind) {
    case 'event':
      hear(turn, body.device)
      return onEvent(turn, body.device, body)
    case 'presence':
      return onPresence(turn, body.device, body.presence)
    case 'manifest':
      return onManifest(turn, body.device, body.manifest)
    case 'state':
      return onState(turn, body.device, body.state)
    case 'report':
      return hear(turn, body.device)
    case 'link':
      return onLink(turn, body.device, body.link)
    case 'refused':
      return noteRefused(turn, body.device, body.counts)
    case 'command':
      return onCommand(turn, body.command)
    case 'config':
      return applyConfig(turn, body)
    case 'registry':
      return onRegistry(turn, body.change)
    case 'start':
      return onStart(turn)
    case 'clock':
      return onClockStep(turn, body.stepMs)
    case 'timer':
      return body.owner.startsWith('branch/') ? onTimer(turn, body.owner, body.name) : undefined
    case 'deploy':
      return overtakeProposal(turn, body.flow, body.by)
    case 'parked':
    case 'checkpoint':
      return
  }
}

export const reduceBranch = (turn: Turn): void => {
  reduce(turn)
  followSwitchback(turn)
}
