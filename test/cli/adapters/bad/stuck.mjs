/** An adapter that begins well and then does nothing more, ever: no timer, no signal, no message gets through to it. */
process.on('SIGTERM', () => undefined)
process.stdout.write('{"level":"info","msg":"about to wait"}\n')
setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 200)
