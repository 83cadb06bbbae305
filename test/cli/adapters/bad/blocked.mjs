/** An adapter that begins well and then computes for ever; it does not listen to SIGTERM either. */
process.on('SIGTERM', () => undefined)
process.stdout.write('{"level":"info","msg":"about to think"}\n')
setTimeout(() => {
  for (;;) Math.sqrt(2)
}, 200)
