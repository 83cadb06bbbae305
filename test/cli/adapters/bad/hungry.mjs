/** An adapter that takes memory without end, outside the heap, where no limit of Node's own holds. */
const kept = []
setInterval(() => kept.push(Buffer.alloc(16 * 1_048_576, 1)), 25)
