/** What is known already when somebody wants to act: from a device, a person, a zone or an alert. */
import type { Ask } from '#protocol/desk/live/ask.ts'

export type ActPrefill = Readonly<Partial<Ask>>
