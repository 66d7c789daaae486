import { IconFileText, IconShoppingBag } from '@tabler/icons-react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Fact } from '../fact.tsx'
import { amountText } from './amount.ts'
import type { Purchase } from './shapes.ts'

/** "Order 4711 over €120.00: Kettle", as a line of the timeline. */
export function PurchaseFact({ purchase }: { purchase: Purchase }) {
  const said = usePurchaseSentence()
  return (
    <Fact sign={purchase.kind === 'order' ? IconShoppingBag : IconFileText} at={purchase.happenedAt}>
      {said(purchase)}
    </Fact>
  )
}

export function usePurchaseSentence(): (purchase: Purchase) => string {
  const t = useTexts('people')
  const { locale } = useFormats()
  return ({ kind, externalId, amount, currency, title, state }) => {
    const money = amount && currency ? amountText(locale, amount, currency) : null
    const told = t(money ? `purchases.toldOver.${kind}` : `purchases.told.${kind}`, {
      number: externalId,
      amount: money ?? '',
    })
    const called = title ? t('purchases.called', { told, title }) : told
    return state === 'cancelled' || state === 'refunded'
      ? t('purchases.withState', { told: called, state: t(`purchases.state.${state}`) })
      : called
  }
}
