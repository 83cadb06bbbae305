/** Devices that come and go badly. */
import { topics } from '#protocol/topics.ts'
import type { Fault } from './fault.ts'
import { SoundDevice } from './sound-device.ts'

export const birthFaults: Readonly<Record<string, Fault>> = {
  'wrong-client-id': {
    rule: 'link.connect',
    device: class extends SoundDevice {
      override options() {
        return { ...super.options(), clientId: 'acme-0815' }
      }
    },
  },
  'keeps-session': {
    rule: 'link.connect',
    device: class extends SoundDevice {
      override options() {
        return { ...super.options(), clean: false }
      }
    },
  },
  'no-keep-alive': {
    rule: 'link.keep-alive',
    device: class extends SoundDevice {
      override options() {
        return { ...super.options(), keepalive: 0 }
      }
    },
  },
  'listens-to-others': {
    rule: 'link.subscriptions',
    device: class extends SoundDevice {
      override subscriptions() {
        return [...super.subscriptions(), `usher/v1/${this.settings.branch}/+/presence`]
      }
    },
  },
  'no-will': {
    rule: 'birth.will',
    device: class extends SoundDevice {
      override options() {
        const { will: _will, ...options } = super.options()
        return options
      }
    },
  },
  'will-not-retained': {
    rule: 'birth.will',
    device: class extends SoundDevice {
      override will() {
        return { ...super.will(), retain: false }
      }
    },
  },
  'will-of-another-boot': {
    rule: 'presence.lost',
    device: class extends SoundDevice {
      override will() {
        return { ...super.will(), payload: Buffer.from('{"status":"lost","boot":"made-at-the-factory"}') }
      }
    },
  },
  'presence-not-retained': {
    rule: 'birth.presence',
    device: class extends SoundDevice {
      override send(...[topic, body, how = {}]: Parameters<SoundDevice['send']>) {
        const isOnline = 'status' in body && body.status === 'online'
        super.send(topic, body, isOnline ? { ...how, retain: false } : how)
      }
    },
  },
  'manifest-not-retained': {
    rule: 'birth.manifest',
    device: class extends SoundDevice {
      override send(...[topic, body, how = {}]: Parameters<SoundDevice['send']>) {
        super.send(topic, body, topic.endsWith('/manifest') ? { ...how, retain: false } : how)
      }
    },
  },
  'manifest-of-no-kind': {
    rule: 'birth.manifest',
    device: class extends SoundDevice {
      override manifest() {
        return { ...super.manifest(), kind: 'android' }
      }
    },
  },
  'no-state': {
    rule: 'birth.state',
    device: class extends SoundDevice {
      override tellState() {}
    },
  },
  'leaves-without-a-word': {
    rule: 'presence.offline',
    device: class extends SoundDevice {
      override goodbye() {}
    },
  },
  'does-not-come-back': {
    rule: 'presence.reborn',
    device: class extends SoundDevice {
      override down() {
        this.isUp = false
      }
    },
  },
  'manifest-only-once': {
    rule: 'presence.reborn',
    device: class extends SoundDevice {
      #born = false
      override birth() {
        const { branch, device } = this.settings
        if (this.#born) this.send(topics.presence(branch, device), { status: 'online' }, { retain: true })
        else super.birth()
        this.#born = true
      }
    },
  },
}
