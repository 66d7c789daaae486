import { useTexts } from '../platform/i18n.ts'

/** What an identity is called; a network that has no word of ours by its own name. */
export function useKindName(): (network: string) => string {
  const t = useTexts('portal')
  return (network) => t([`kind.${network}`, 'kind.account'], { network })
}
