/** What a simulated device may be told to do badly, as data: the same list for tests, bench, crash runs and demo. */
import { z } from 'zod'
import { CapabilityKey } from '#protocol/capabilities.ts'
import { Id, Language, text } from '#protocol/ids.ts'

const Share = z.number().min(0).max(1)
const Ms = z.number().min(0)

export const Behaviour = z
  .strictObject({
    /** Multiplies every duration of its own acting: 0.01 makes a minute's walk 0.6 s. */
    pace: z.number().positive().default(1),
    slow: z
      .strictObject({ answerMs: Ms.default(0), beginMs: Ms.default(0), actMs: Ms.default(0) })
      .optional(),
    refuses: z.strictObject({ share: Share.default(1), code: Id.default('unwilling') }).optional(),
    /** Answers `busy` whatever it does. */
    busy: z.strictObject({ share: Share.default(1) }).optional(),
    fails: z.strictObject({ share: Share.default(1), code: Id.default('blocked') }).optional(),
    dies: z
      .strictObject({
        share: Share.default(1),
        /** `begun`: after writing that it began. `mid-task`: while acting. `acted`: done, nothing reported yet. */
        when: z.enum(['accepted', 'begun', 'mid-task', 'acted', 'reported']),
      })
      .optional(),
    reports: z
      .strictObject({
        share: Share.default(1),
        /** `reordered`: each report waits and goes out after the next one. */
        how: z.enum(['twice', 'reordered', 'never']),
      })
      .optional(),
    /** Reports `started` and `done` without doing anything. */
    lies: z.strictObject({ share: Share.default(1) }).optional(),
    /** Greets or promotes without being asked, and says so with `behaviour.performed` unless `silently`. */
    alone: z
      .strictObject({
        behaviour: z.enum(['greet', 'promote']).default('greet'),
        everyMs: Ms.min(100),
        zone: Id,
        silently: z.boolean().default(false),
        switchable: z.boolean().default(true),
      })
      .optional(),
    /** Loses its line now and then, or at these moments after its start. */
    drops: z
      .strictObject({
        everyMs: Ms.min(100).optional(),
        atMs: z.array(Ms).max(100).default([]),
        forMs: Ms.default(2_000),
      })
      .optional(),
    /** Its own clock is off by that much. It matters only where it keeps time. */
    skewMs: z.number().default(0),
    /** Judges by `sentAt` how old a message is, besides the durations. */
    keepsTime: z.boolean().default(false),
    rubbish: z
      .strictObject({
        everyMs: Ms.min(100),
        what: z
          .enum(['not-json', 'wrong-schema', 'foreign-topic', 'unknown-event', 'mixed'])
          .default('mixed'),
      })
      .optional(),
    battery: z
      .strictObject({
        percent: z.number().min(0).max(100).default(90),
        drainPerMinute: z.number().min(0).default(0.5),
        chargePerMinute: z.number().min(0).default(5),
        /** Refuses to move below. */
        emptyAt: z.number().min(0).max(100).default(5),
      })
      .optional(),
    /** How it moves: between known points at its speed; without, each way takes a moment. */
    walk: z
      .strictObject({
        metresPerSecond: z.number().positive().default(0.8),
        /** Places and zones. */
        points: z.record(Id, z.object({ x: z.number(), y: z.number() })).default({}),
        home: Id.optional(),
      })
      .optional(),
    /** On some of its ways somebody stands before it for a while. */
    blocked: z.strictObject({ share: Share.default(1), forMs: Ms.default(10_000) }).optional(),
    /** A kiosk whose sessions break off. */
    sessionsFail: z.strictObject({ share: Share.default(1), code: Id.default('card-reader') }).optional(),
    /** Begins with the offer; screens do by default. */
    immediate: z.boolean().optional(),
    /** What people answer where nobody plays them. */
    people: z
      .strictObject({
        accept: Share.default(0.7),
        decline: Share.default(0.2),
        intent: Share.default(0.6),
        interested: Share.default(0.2),
        services: z.array(Id).default(['cash', 'account', 'card']),
        languages: z.array(Language).default(['zh', 'en']),
      })
      .prefault({}),
    /** Event → how long its news holds, where that differs from what is usual for its kind. */
    periods: z.record(z.string(), Ms).default({}),
    /** How often it tells its state, and a heartbeat for the hub to miss. */
    stateEveryMs: Ms.min(100).default(10_000),
    languages: z.array(Language).default(['zh', 'en']),
    /** What its vendor calls it, and what runs on it; default: what is usual for its kind. */
    model: text(64).optional(),
    firmware: text(64).default('1.0.0'),
    /** Capabilities of its kind that it does not have. */
    lacks: z.array(CapabilityKey).default([]),
  })
  .meta({ id: 'SimulatedBehaviour' })
export type Behaviour = z.infer<typeof Behaviour>
export type BehaviourInput = z.input<typeof Behaviour>
