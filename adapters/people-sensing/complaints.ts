/** What is wrong with what sensors send, counted and logged without filling a disk. */
import { createComplaints as create, type Complaints as Shared } from '../shared/complaints.ts'
import { type TroubleCode, troubles } from './troubles.ts'

export type Complaints = Shared<TroubleCode>

export const createComplaints = (parts: Omit<Parameters<typeof create>[0], 'words'>): Complaints =>
  create({ ...parts, words: troubles })
