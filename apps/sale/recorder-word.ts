/** Whose copy it is, for whoever sells: nobody in a sale knows pages by their ids. */
const copies = {
  hub: 'recorder.hub',
  'page:kiosk': 'recorder.kiosk',
  'page:expert': 'recorder.expert',
  'page:manager': 'recorder.manager',
} as const

type RecorderWord = (typeof copies)[keyof typeof copies] | 'recorder.page'

/** @param name `hub`, `page:<side>:<id>`, or `page` where there is none yet. */
export const recorderWord = (name: string): RecorderWord => {
  const side = name.split(':', 2).join(':')
  return Object.hasOwn(copies, side) ? copies[side as keyof typeof copies] : 'recorder.page'
}
