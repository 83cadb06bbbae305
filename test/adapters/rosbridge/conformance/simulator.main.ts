/** A robot for the examination of the adapter: `roslib`'s action server in a process of its own, behind the relay. */
import { places } from '../support/places.ts'
import { startRobot } from '../support/robot.ts'

const robot = await startRobot({ environment: { ROS_SPEED: '3' } })
const config = {
  robot: { url: robot.url },
  places,
  speech: { by: 'action', action: '/say', type: 'voice_msgs/action/Say' },
  languages: ['zh', 'en'],
}
process.stdout.write(`${JSON.stringify({ ready: true, config })}\n`)
process.once('SIGTERM', () => {
  void robot.end().then(() => process.exit(0))
})
