/** While a page on which something secret is typed is shown, nothing is recorded: looked for on the page itself. */
import { useEffect } from 'react'
import type { SaleSide } from '../outside/sale-side.ts'

const isSecret = () => document.querySelector('[data-secret], input[type="password"]') !== null

/** Told once at the beginning: a page that was loaded anew shows nothing secret any more. */
export const useSecret = ({ secret }: SaleSide, sale: string | undefined): void => {
  useEffect(() => {
    if (sale === undefined) return undefined
    let told = isSecret()
    secret(told)
    const look = () => {
      const now = isSecret()
      if (now === told) return
      told = now
      secret(now)
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['data-secret', 'type'],
    })
    return () => observer.disconnect()
  }, [secret, sale])
}
