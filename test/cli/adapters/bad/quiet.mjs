/** Nothing is wrong with this adapter: it is what the others are compared with. */
setInterval(() => undefined, 1_000)
