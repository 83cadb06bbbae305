/** The clock of every figure: CLOCK_MONOTONIC, which all processes of one machine share. */

export const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6
