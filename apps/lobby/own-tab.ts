/** What a tab remembers (drafts, where one looked) is of whoever is signed in there, and of nobody after him. */
const whoKey = 'usher.who'

/** Before anything of it is read. */
export const takeTab = (who: string): void => {
  if (sessionStorage.getItem(whoKey) === who) return
  sessionStorage.clear()
  sessionStorage.setItem(whoKey, who)
}

export const leaveTab = (): void => sessionStorage.clear()
