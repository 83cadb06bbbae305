/** What a member of staff may do at the desk. Whoever has none may do nothing. */
import { z } from 'zod'

/**
 * `staff`: whoever works in the branch without leading it; sees and answers what is asked of him. `lead`: leads experts, whether
 * an expert himself or not.
 */
export const deskRoles = ['manager', 'staff', 'expert', 'lead', 'admin', 'auditor'] as const
export type DeskRole = (typeof deskRoles)[number]

const isAuditorAlone = (roles: readonly DeskRole[]) => !roles.includes('auditor') || roles.length === 1

/** Several where a branch is small; but whoever looks over the others' shoulders does nothing himself. */
export const DeskRoles = z
  .array(z.enum(deskRoles))
  .min(1)
  .refine((roles) => new Set(roles).size === roles.length, 'Each role once.')
  .refine(isAuditorAlone, 'An auditor has no other role.')
