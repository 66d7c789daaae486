import { Splitter } from '@mantine/core'
import { type SplitterPaneSize, useLocalStorage, useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTexts } from '../platform/i18n.ts'
import styles from './panes.module.css'

const PHONE = '(max-width: 48em)'
const NARROW = '(max-width: 75em)'
const LIST = '360px'
const SIDE = '288px'
/** A bare number takes what the others leave. */
const REST = 100

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
  const defaults = third ? [LIST, REST, SIDE] : [LIST, REST]
  const [kept, setKept] = useLocalStorage<(string | number)[]>({
    key: `rapport.panes.${name}`,
    defaultValue: defaults,
    getInitialValueInEffect: false,
  })
  return (
    <Splitter
      className={styles.panes}
      classNames={{ handle: styles.handle }}
      lineSize={1}
      withHandle={false}
      step="16px"
      shiftStep="64px"
      sizes={(kept.length === defaults.length ? kept : defaults) as SplitterPaneSize[]}
      onSizeChange={setKept}
      // The library's own way back shares out by ratio, which fits no fixed width beside a flexible one.
      resetOnDoubleClick={false}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.role === 'separator') setKept(defaults)
      }}
      attributes={{ handle: { 'aria-label': t('panes.resize') } }}
    >
      <Splitter.Pane defaultSize={LIST} min="260px" max="640px">
        {first}
      </Splitter.Pane>
      <Splitter.Pane defaultSize={REST} min="320px">
        {second}
      </Splitter.Pane>
      {third ? (
        <Splitter.Pane defaultSize={SIDE} min="220px" max="520px">
          {third}
        </Splitter.Pane>
      ) : null}
    </Splitter>
  )
}
