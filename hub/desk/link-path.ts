/** Where a one-time link leads. */

/** A path under whatever name the hub has where the link is handed over. */
export const linkPath = (code: string): string => `/set-up?code=${code}`
