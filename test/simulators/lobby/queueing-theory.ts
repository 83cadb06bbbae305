/** What queueing theory says of waiting lines with exponential times, to hold the model against. */

/** Chance that somebody who comes has to wait in M/M/c (Erlang's C formula). `load`: arrival rate times service time. */
const erlangC = (servers: number, load: number): number => {
  let term = 1
  let sum = 0
  for (let busy = 0; busy < servers; busy++) {
    sum += term
    term *= load / (busy + 1)
  }
  const waiting = (term * servers) / (servers - load)
  return waiting / (sum + waiting)
}

/** Mean wait in M/M/c, in the unit of the service time. */
export const meanWait = (servers: number, load: number, serviceTime: number): number =>
  (erlangC(servers, load) * serviceTime) / (servers - load)

export interface ErlangA {
  /** Mean wait of all, served or not, in the unit of the times given. */
  readonly meanWait: number
  readonly abandonedShare: number
}

/** M/M/c+M by its birth and death chain (Palm's model): who waits leaves at the rate of their patience. */
export const erlangA = (model: {
  readonly servers: number
  readonly arrivalsPerTime: number
  readonly serviceTime: number
  readonly patience: number
}): ErlangA => {
  const { servers, arrivalsPerTime, serviceTime, patience } = model
  let weight = 1
  let all = 1
  let waiting = 0
  // Beyond this many the chain's weights are far below what a sum of doubles can show.
  for (let inside = 1; inside < 2_000; inside++) {
    const leaving = Math.min(inside, servers) / serviceTime + Math.max(0, inside - servers) / patience
    weight *= arrivalsPerTime / leaving
    all += weight
    waiting += weight * Math.max(0, inside - servers)
  }
  const meanWaiting = waiting / all
  return {
    meanWait: meanWaiting / arrivalsPerTime,
    abandonedShare: meanWaiting / patience / arrivalsPerTime,
  }
}

/**
 * Waits in the order of arrival by the recursion of Kiefer and Wolfowitz: whoever comes takes the server that is free
 * first. @returns gives the wait of the next customer.
 */
export const createRecursion = (servers: number) => {
  /** When each server is free, from the moment of the last arrival on. */
  const free = new Float64Array(servers)
  return (gap: number, serviceTime: number): number => {
    let first = 0
    for (let server = 0; server < servers; server++) {
      free[server] = Math.max(0, (free[server] ?? 0) - gap)
      if ((free[server] ?? 0) < (free[first] ?? 0)) first = server
    }
    const wait = free[first] ?? 0
    free[first] = wait + serviceTime
    return wait
  }
}
