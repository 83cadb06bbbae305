/** See dialog.tsx: a sheet is a dialog at the edge. */
export { Sheet } from './dialog.tsx'
