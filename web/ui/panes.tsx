import { Splitter } from '@mantine/core'
import { useLocalStorage, useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './panes.module.css'

const PHONE = '(max-width: 48em)'
const NARROW = '(max-width: 75em)'
const LIST_PX = 380
const SIDE_PX = 300

export type PaneName = 'list' | 'detail' | 'side'

interface PanesProps {
  /** Under this name the widths are remembered on the device. */
  name: string
  /** The pane that stands alone on a phone; where `side` has no room it takes the place of `detail`. */
  shown: PaneName
  labels: Record<PaneName, string>
  list: ReactNode
  detail: ReactNode
  side?: ReactNode
}

/** List · detail · side. Widths by mouse or arrow keys; a double click on the line gives back the default. */
export function Panes({ name, shown, labels, list, detail, side }: PanesProps) {
  const phone = useMediaQuery(PHONE, matchMedia(PHONE).matches)
  const narrow = useMediaQuery(NARROW, matchMedia(NARROW).matches)
  const pane = (which: PaneName, content: ReactNode) => (
    <section className={styles.pane} aria-label={labels[which]}>
      {content}
    </section>
  )
  if (phone) return pane(shown, { list, detail, side }[shown])
  const second = narrow && shown === 'side' && side ? pane('side', side) : pane('detail', detail)
  return (
    <Widths
      key={narrow ? 'two' : 'three'}
      name={`${name}.${narrow ? 2 : 3}`}
      first={pane('list', list)}
      second={second}
      third={!narrow && side ? pane('side', side) : null}
    />
  )
}

function Widths({ name, first, second, third }: Record<'first' | 'second' | 'third', ReactNode> & { name: string }) {
  const t = useTexts('ui')
  const [widths, setWidths] = useLocalStorage<[number, number]>({
    key: `rapport.panes.${name}`,
    defaultValue: [LIST_PX, SIDE_PX],
    getInitialValueInEffect: false,
  })
  const keep = (_handle: number, sizes: (string | number)[]) =>
    setWidths([pixels(sizes[0], widths[0]), third ? pixels(sizes[2], widths[1]) : widths[1]])
  return (
    <Splitter
      className={styles.panes}
      classNames={{ handle: styles.handle }}
      lineSize={1}
      withHandle={false}
      step="16px"
      shiftStep="64px"
      onResizeEnd={keep}
      attributes={{ handle: { 'aria-label': t('panes.resize') } }}
    >
      <Splitter.Pane defaultSize={`${widths[0]}px`} min="260px" max="640px">
        {first}
      </Splitter.Pane>
      <Splitter.Pane defaultSize={100} min={20}>
        {second}
      </Splitter.Pane>
      {third ? (
        <Splitter.Pane defaultSize={`${widths[1]}px`} min="220px" max="520px">
          {third}
        </Splitter.Pane>
      ) : null}
    </Splitter>
  )
}

const pixels = (size: string | number | undefined, otherwise: number): number => {
  const found = Number.parseFloat(String(size))
  return String(size).endsWith('px') && Number.isFinite(found) ? Math.round(found) : otherwise
}
