/** What a page of Usher can be asked from afar, besides the work of the branch: each is a capability of its own. */
export const remoteActions = ['identify', 'reload', 'volume', 'screenshot'] as const
export type RemoteAction = (typeof remoteActions)[number]

export const remoteCapability = (action: RemoteAction) => `x-usher-${action}` as const
