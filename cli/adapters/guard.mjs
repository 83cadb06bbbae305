/**
 * Loaded into an adapter's process ahead of the adapter: it answers when the hub asks for a sign of life, which an event
 * loop that blocks cannot, and ends the process when the hub is gone.
 */
import process from 'node:process'

process.on('message', (message) => {
  if (message === 'usher:ping') process.send?.('usher:pong', undefined, {}, () => undefined)
})
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// Listening must not keep an adapter alive that has nothing to do any more.
process.channel?.unref()
