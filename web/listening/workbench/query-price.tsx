import { UnstyledButton } from '@mantine/core'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Price } from './answers.ts'
import { useShareText } from './figure-text.ts'
import styles from './workbench.module.css'

const PARTS_MAX = 3

interface QueryPriceProps {
  price: Price
  /** Leads to the part in the editor. */
  onPart(start: number, end: number): void
}

/** How broad and how expensive the query is, and which part makes it so. */
export function QueryPrice({ price, onPart }: QueryPriceProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const shareText = useShareText()
  const { learnedFrom, breadth, share, cost, asked, parts } = price
  // Stored posts were asked for already: how many of those it meets says nothing of how broad it is on a stream.
  const ofStreams = learnedFrom === 'unmatched-sample'
  const thousandth = (number: number) => formats.number(Math.ceil(number))
  const told = parts.filter(({ why }) => ofStreams || why !== 'frequent-word').slice(0, PARTS_MAX)
  return (
    <div className={styles.price}>
      <p>
        {ofStreams && <strong>{t(`workbench.price.breadth.${breadth}`)} </strong>}
        {share && t(ofStreams ? 'workbench.price.share' : 'workbench.price.shareOfStored', { share: shareText(share) })}
      </p>
      {(ofStreams || cost === 'every-post') && (
        <p>
          <strong>{t(`workbench.price.cost.${cost}`)}</strong>
          {ofStreams && asked !== null && ` ${t('workbench.price.asked', { asked: thousandth(asked) })}`}
        </p>
      )}
      {told.length > 0 && (
        <ul className={styles.priceParts}>
          {told.map(({ start, end, text, why, asked: partAsked }) => (
            <li key={`${start}-${why}`}>
              <UnstyledButton className={styles.pricePart} onClick={() => onPart(start, end)}>
                <code>{text}</code>
              </UnstyledButton>{' '}
              {t(`workbench.price.why.${why}`)}
              {ofStreams &&
                partAsked !== null &&
                ` ${t('workbench.price.ofThousand', { asked: thousandth(partAsked) })}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
