/** One ticket, from the invitation to a kiosk until it is finished there, given up, or back in the queue. */
import { assign, setup } from 'xstate'
import { intend } from '../define.ts'
import type { InvitationContext, InvitationEvent } from './decide.ts'
import * as decide from './decide.ts'
import * as wishes from './wishes.ts'

const wish = <const P>(params: P) => ({ type: 'intend' as const, params })

/** Ends on its own: without an answer the offer's time is up, and the model is as it was. */
const toCounter = { target: 'over', actions: wish(wishes.leftToCounter) } as const
const withdrawn = { target: 'over', actions: wish(wishes.withdraw) } as const
const notInvited = {
  guard: 'isOffer',
  target: 'over',
  actions: ['leased', wish(wishes.notInvited)],
} as const
const back = { target: 'settling', actions: [wish(wishes.restore), 'restoring'] } as const
const mustStop = { guard: 'mustStop', ...back } as const
const kioskWatch = [
  {
    guard: 'canRedirect',
    target: 'coming',
    reenter: true,
    actions: [wish(wishes.redirect), 'redirected'],
  },
  { guard: 'kioskGone', target: 'settling', actions: [wish(wishes.turnBack), 'restoring'] },
] as const
const kioskBroken = {
  guard: 'kioskDead',
  target: 'settling',
  actions: [wish(wishes.turnBack), 'restoring'],
} as const
const offeredKioskGone = { guard: 'kioskGone', ...withdrawn } as const
const chosenKioskGone = { guard: 'kioskGone', ...toCounter } as const

export const invitationMachine = setup({
  types: {
    context: {} as InvitationContext,
    events: {} as InvitationEvent,
    input: {} as { key: string; at: number },
  },
  actions: {
    intend,
    adopt: assign(({ event }) => ({ kiosk: event.view.kiosk?.id ?? null })),
    leased: assign({ leased: true }),
    guideSent: assign(({ event }) => ({ guided: event.view.robotFree })),
    guideGone: assign({ guided: false }),
    arrived: assign(({ context, event }) => ({
      kiosk: event.type === 'kiosk.session' ? event.device : context.kiosk,
      leased: false,
    })),
    redirected: assign(({ context, event }) => ({
      kiosk: decide.nextKiosk(event)?.id ?? null,
      leased: true,
      redirects: context.redirects + 1,
      guides: context.guides + 1,
      guided: context.guided || event.view.robotFree,
    })),
    restoring: assign({ ending: 'restore', tries: 1, leased: false }),
    finishing: assign({ ending: 'release', tries: 1, leased: false }),
    triedAgain: assign(({ context }) => ({ tries: context.tries + 1 })),
  },
  guards: {
    canInvite: decide.canInvite,
    comesAlone: decide.comesAlone,
    arrives: decide.arrives,
    isOffer: ({ event }) => decide.hasRef(event, decide.offerRef),
    isGuide: ({ context, event }) => decide.hasRef(event, decide.guideRef(context)),
    isTelling: ({ context, event }) => decide.hasRef(event, decide.tellRef(context)),
    saidYes: ({ event }) => decide.answerOf(event) === 'accepted',
    saidNo: ({ event }) => decide.answerOf(event) === 'declined',
    agrees: decide.agrees,
    wantsPerson: ({ event }) => decide.wantsPerson(event),
    guideLost: ({ context, event }) => decide.guideLost(context, event),
    kioskGone: decide.kioskGone,
    kioskDead: decide.kioskDead,
    canRedirect: decide.canRedirect,
    hasFinished: decide.hasFinished,
    gaveUp: decide.gaveUp,
    wasServed: ({ event }) => decide.wasServed(event),
    mustStop: ({ event }) => decide.mustStop(event),
    isEmergency: ({ event }) => event.view.mode === 'emergency',
    needsNoRestoring: decide.needsNoRestoring,
    mayTryAgain: (given) => decide.mayTell(given) && decide.mayTryAgain(given),
    mayNotTell: (given) => !decide.mayTell(given),
  },
  delays: {
    answer: ({ event }) => event.policy.offerWithinMs + event.policy.offerMs + event.policy.answerMs,
    arrive: ({ event }) => event.policy.arriveMs,
    choose: ({ event }) => event.policy.chooseMs,
    sessionMax: ({ event }) => event.policy.sessionMaxMs,
    tellAgain: ({ event }) => event.policy.tellAgainMs,
    tellGiveUp: ({ event }) => event.policy.tellMs * 4 + 300_000,
  },
}).createMachine({
  id: 'diversion-invitation',
  initial: 'new',
  context: ({ input }) => ({
    ticket: input.key,
    kiosk: null,
    leased: false,
    guides: 1,
    guided: false,
    redirects: 0,
    ending: 'restore',
    tries: 1,
  }),
  states: {
    new: {
      on: {
        'ticket.marked': [
          { guard: 'canInvite', target: 'inviting', actions: [wish(wishes.invite), 'adopt'] },
          { target: 'over', actions: wish(wishes.notInvited) },
        ],
        'kiosk.session': [
          { guard: 'comesAlone', target: 'atKiosk', actions: [wish(wishes.arrivedUnasked), 'arrived'] },
          { target: 'over' },
        ],
      },
    },
    inviting: {
      after: { answer: { target: 'over', actions: wish(wishes.noAnswer) } },
      on: {
        'task.accepted': { guard: 'isOffer', actions: 'leased' },
        'task.started': { guard: 'isOffer', actions: 'leased' },
        'task.done': [
          {
            guard: 'saidYes',
            target: 'coming',
            actions: ['leased', wish(wishes.accepted), 'guideSent'],
          },
          { guard: 'saidNo', target: 'over', actions: ['leased', wish(wishes.refused)] },
          { actions: 'leased' },
        ],
        'task.failed': notInvited,
        // A person called it off: that counts, so that it does not come back at once.
        'task.cancelled': { guard: 'isOffer', target: 'over', actions: ['leased', wish(wishes.withdraw)] },
        'task.refused': { guard: 'isOffer', target: 'over', actions: wish(wishes.notInvited) },
        'task.expired': { guard: 'isOffer', target: 'over', actions: wish(wishes.notInvited) },
        // It may have been seen: what the visitor does next tells.
        'task.unknown': { guard: 'isOffer', actions: 'leased' },
        'intent.stated': [
          { guard: 'wantsPerson', target: 'over', actions: wish(wishes.refused) },
          { guard: 'agrees', target: 'coming', actions: [wish(wishes.accepted), 'guideSent'] },
        ],
        'kiosk.session': [
          { guard: 'arrives', target: 'atKiosk', actions: [wish(wishes.arrivedUnasked), 'arrived'] },
          offeredKioskGone,
        ],
        'device.link': offeredKioskGone,
        'device.health': offeredKioskGone,
        'device.willingness': offeredKioskGone,
        'ticket.called': withdrawn,
        'ticket.ended': withdrawn,
        'visit.ended': withdrawn,
        'mode.changed': { guard: 'mustStop', ...withdrawn },
      },
    },
    coming: {
      after: { arrive: back },
      on: {
        'task.done': { guard: 'guideLost', ...back },
        'task.refused': { guard: 'isGuide', actions: 'guideGone' },
        'task.failed': { guard: 'isGuide', actions: 'guideGone' },
        'task.expired': { guard: 'isGuide', actions: 'guideGone' },
        'task.cancelled': { guard: 'isGuide', actions: 'guideGone' },
        'kiosk.session': [
          { guard: 'arrives', target: 'atKiosk', actions: [wish(wishes.arrived), 'arrived'] },
          ...kioskWatch,
        ],
        'device.link': kioskWatch,
        'device.health': kioskWatch,
        'device.willingness': kioskWatch,
        'ticket.called': { target: 'called', actions: wish(wishes.sayCalled) },
        'ticket.ended': toCounter,
        'intent.stated': {
          guard: 'wantsPerson',
          target: 'settling',
          actions: [wish(wishes.refusedOnTheWay), 'restoring'],
        },
        'visit.ended': back,
        'mode.changed': mustStop,
      },
    },
    called: {
      after: { choose: toCounter },
      on: {
        'kiosk.session': [
          { guard: 'arrives', target: 'atKiosk.calledToo', actions: [wish(wishes.arrived), 'arrived'] },
          chosenKioskGone,
        ],
        'device.link': chosenKioskGone,
        'device.health': chosenKioskGone,
        'device.willingness': chosenKioskGone,
        'ticket.ended': { guard: 'wasServed', ...toCounter },
        'visit.ended': toCounter,
        'mode.changed': { guard: 'mustStop', ...toCounter },
      },
    },
    atKiosk: {
      initial: 'using',
      after: { sessionMax: back },
      on: {
        'kiosk.session': [
          { guard: 'hasFinished', target: 'settling', actions: [wish(wishes.finish), 'finishing'] },
          { guard: 'gaveUp', ...back },
        ],
        'device.link': kioskBroken,
        'device.health': kioskBroken,
        'ticket.ended': { guard: 'wasServed', ...toCounter },
        'mode.changed': { guard: 'isEmergency', ...back },
      },
      states: {
        using: {
          on: { 'ticket.called': { target: 'calledToo', actions: wish(wishes.sayCalledAtKiosk) } },
        },
        calledToo: {},
      },
    },
    settling: {
      initial: 'telling',
      on: { 'ticket.ended': { guard: 'needsNoRestoring', target: 'over' } },
      states: {
        telling: {
          after: { tellGiveUp: { target: 'retrying', actions: wish(wishes.stopTelling) } },
          on: {
            'task.done': { guard: 'isTelling', target: '#diversion-invitation.over' },
            'task.refused': { guard: 'isTelling', target: 'retrying' },
            'task.failed': { guard: 'isTelling', target: 'retrying' },
            'task.expired': { guard: 'isTelling', target: 'retrying' },
            'task.cancelled': { guard: 'isTelling', target: 'retrying' },
            'task.unknown': { guard: 'isTelling', target: 'retrying' },
          },
        },
        retrying: {
          after: {
            tellAgain: [
              { guard: 'mayNotTell', target: 'retrying', reenter: true },
              {
                guard: 'mayTryAgain',
                target: 'telling',
                actions: [wish(wishes.tellAgain), 'triedAgain'],
              },
              { target: '#diversion-invitation.over', actions: wish(wishes.leaveToPeople) },
            ],
          },
        },
      },
    },
    over: { type: 'final' },
  },
})
