/** Whether a value survives JSON unchanged: no undefined, Date, Map, NaN, Infinity, -0 or class instance. */

/** @returns where it is not plain, or undefined when all is well. */
export const isPlainJson = (value: unknown, path = '$'): string | undefined => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0) ? undefined : `${path} is ${String(value)}`
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = isPlainJson(item, `${path}[${index}]`)
      if (fault !== undefined) return fault
    }
    return undefined
  }
  if (typeof value !== 'object') return `${path} is ${typeof value}`
  if (Object.getPrototypeOf(value) !== Object.prototype) return `${path} is not a plain object`
  for (const [key, item] of Object.entries(value)) {
    const fault = isPlainJson(item, `${path}.${key}`)
    if (fault !== undefined) return fault
  }
  return undefined
}
