/** For the patched peer: its MQTT client, too, sends small packets at once. No setting of Node-RED does that. */
const net = require('node:net')

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  this.setNoDelay(true)
  return connect.apply(this, args)
}
