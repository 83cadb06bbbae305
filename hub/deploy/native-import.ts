/**
 * The one place of the hub that imports what is named at run time: a deployed flow, by the address that the module hooks
 * answer for. It stands alone so that a test runner which rewrites imports leaves this one to Node.
 */
export const nativeImport = (url: string): Promise<Readonly<Record<string, unknown>>> => import(url)
