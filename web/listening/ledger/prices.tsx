import { Skeleton, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { useNetworkName } from '../network-names.ts'
import styles from './ledger.module.css'
import { amountOf, microsOf } from './money.ts'

const PRICES = ['requestMicros', 'postMicros', 'monthMicros'] as const
type Price = Record<(typeof PRICES)[number], number>
type Written = Record<(typeof PRICES)[number], string>
const FREE: Price = { requestMicros: 0, postMicros: 0, monthMicros: 0 }

/** The price table: a line for each network that is heard, or that was given a price before. */
export function Prices({ sources }: { sources: readonly { network: string }[] }) {
  const api = useApi()
  const known = useQuery(api.listening.ledger.prices.queryOptions({ input: {} })).data
  if (!known) return <Skeleton height={120} />
  const networks = [
    ...new Set([...sources.map(({ network }) => network), ...known.items.map(({ network }) => network)]),
  ]
  return <PriceForm key={networks.join()} networks={networks.sort()} known={known} />
}

interface Known {
  currency: string | null
  items: ({ network: string } & Price)[]
}

function PriceForm({ networks, known }: { networks: string[]; known: Known }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const networkName = useNetworkName()
  const [currency, setCurrency] = useState(known.currency ?? 'EUR')
  const [written, setWritten] = useState(() => writtenOf(networks, known, (micros) => amountOf(formats, micros)))
  const isCurrency = /^[A-Za-z]{3}$/.test(currency)
  const isFaulty = !isCurrency || networks.some((network) => PRICES.some((price) => microsAt(network, price) === null))
  function microsAt(network: string, price: (typeof PRICES)[number]): number | null {
    return microsOf(written[network]?.[price] ?? '')
  }
  const save = useMutation(
    api.listening.ledger.setPrices.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        showDone(t('ledger.pricesSaved'))
        await queries.invalidateQueries({ queryKey: api.listening.ledger.key() })
      },
    }),
  )
  const send = () => {
    if (isFaulty) return
    const items = networks.map((network) => ({
      network,
      requestMicros: microsAt(network, 'requestMicros') ?? 0,
      postMicros: microsAt(network, 'postMicros') ?? 0,
      monthMicros: microsAt(network, 'monthMicros') ?? 0,
    }))
    const priced = items.filter((item) => PRICES.some((price) => item[price] > 0))
    save.mutate({ currency: currency.toUpperCase(), items: priced })
  }
  return (
    <Form submit={t('sources.save')} busy={save.isPending} error={save.error} onSubmit={send}>
      <TextInput
        label={t('ledger.currency')}
        description={t('ledger.currencyHow')}
        value={currency}
        onChange={(event) => setCurrency(event.currentTarget.value)}
        error={!isCurrency && t('ledger.currencyWrong')}
        maxLength={3}
        w={120}
      />
      {networks.map((network) => (
        <fieldset key={network} className={styles.prices}>
          <legend className="unseen">{networkName(network)}</legend>
          <span className={styles.priceNetwork} aria-hidden>
            {networkName(network)}
          </span>
          {PRICES.map((price) => (
            <TextInput
              key={price}
              label={t(`ledger.price.${price}`)}
              value={written[network]?.[price] ?? ''}
              onChange={(event) => {
                const line = { ...(written[network] as Written), [price]: event.currentTarget.value }
                setWritten({ ...written, [network]: line })
              }}
              error={microsAt(network, price) === null && t('ledger.amountWrong')}
              inputMode="decimal"
              placeholder="0"
            />
          ))}
        </fieldset>
      ))}
    </Form>
  )
}

function writtenOf(networks: string[], known: Known, write: (micros: number) => string): Record<string, Written> {
  const lines = networks.map((network) => {
    const price = known.items.find((item) => item.network === network) ?? { network, ...FREE }
    return [network, Object.fromEntries(PRICES.map((each) => [each, write(price[each])]))] as const
  })
  return Object.fromEntries(lines) as Record<string, Written>
}
