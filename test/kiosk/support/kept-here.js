/** Runs in the page of a kiosk: what is typed into it, and everything that its origin keeps, as one text. */
export const allThatIsKept = async () => {
  const settled = (request) =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error))
    })
  const databases = []
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name))
    for (const box of database.objectStoreNames)
      databases.push(name, box, await settled(database.transaction(box).objectStore(box).getAll()))
    database.close()
  }
  const cached = []
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) cached.push(url)
  const typed = [...document.querySelectorAll('input')].map(({ value }) => value)
  return JSON.stringify([
    databases,
    cached,
    typed,
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    history.state,
  ])
}
