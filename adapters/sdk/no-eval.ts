/**
 * Imported first by the browser surface: schemas are then checked without code made from text, which pages with a strict
 * content security policy forbid, and report when it is only tried.
 */
import { z } from 'zod'

z.config({ jitless: true })
