/** Where a flow is set: also other pages lead there. */
export const pathOf = (flow: string): string => `/policies/${flow}`
