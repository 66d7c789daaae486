import { Button, Textarea } from '@mantine/core'
import { IconChartBar, IconInbox, IconSettings, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { Avatar } from './avatar.tsx'
import { Empty } from './empty.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Frame, type FrameEntry } from './frame.tsx'
import { NetworkMark } from './network-mark.tsx'
import { NewItemsPill } from './new-items-pill.tsx'
import { Panes } from './panes.tsx'
import { Place } from './place.tsx'
import { SearchField } from './search-field.tsx'
import { Tag } from './tag.tsx'
import { TimeAgo } from './time-ago.tsx'
import { VirtualList } from './virtual-list.tsx'

const NAMES = [
  'Mara Lindqvist',
  'Jonas Achterberg',
  '@wetterfrosch',
  'Ines Okonjo',
  'Bram van Houtven',
  'Tilda Roussel',
]
const TEXTS = [
  'Seit heute früh kein Netz in der ganzen Straße. Weiß jemand, wie lange das noch dauert?',
  'The new jacket kept me dry for six hours straight. Whoever designed the hood: thank you',
  'Waarom kan ik mijn bestelling niet meer wijzigen? De knop doet niets.',
  'Rechnung doppelt abgebucht, Hotline seit vierzig Minuten besetzt',
]
const NETWORKS = ['bluesky', 'feeds', 'import', 'mail']

interface Row {
  id: string
  name: string
  text: string
  network: string
  at: Date
  waiting: boolean
}

const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `row-${index}`,
    name: NAMES[index % NAMES.length] ?? '',
    text: TEXTS[index % TEXTS.length] ?? '',
    network: NETWORKS[index % NETWORKS.length] ?? '',
    at: new Date(Date.now() - index * index * 47_000),
    waiting: index % 5 === 0,
  }))

const entry = (id: string, label: string, icon: FrameEntry['icon'], count: number | null = null): FrameEntry => ({
  id,
  label,
  icon,
  href: `#${id}`,
  current: id === 'list',
  useCount: () => count,
  end: id === 'settings',
})

/** A whole screen: frame, place, panes, a long list. */
export function GalleryFrame({ rows }: { rows: number }) {
  const [items] = useState(() => rowsOf(rows))
  const [open, setOpen] = useState<Row | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [state, setState] = useState('open')
  const [search, setSearch] = useState('')
  const [fresh, setFresh] = useState(12)
  return (
    <Frame
      entries={[
        entry('list', 'Inbox', IconInbox, 1284),
        entry('people', 'People', IconUsers),
        entry('figures', 'Measure', IconChartBar),
        entry('settings', 'Settings', IconSettings),
      ]}
    >
      <Place
        title="Inbox"
        fills
        filters={
          <>
            <FilterBar
              label="State"
              value={state}
              onChange={setState}
              options={[
                { value: 'open', label: 'Open', count: 1284 },
                { value: 'snoozed', label: 'Snoozed', count: 31 },
                { value: 'closed', label: 'Closed' },
              ]}
            />
            <SearchField label="Search" value={search} onChange={setSearch} />
          </>
        }
        action={<Button variant="filled">New</Button>}
      >
        <Panes
          name="gallery"
          shown={open ? 'detail' : 'list'}
          labels={{ list: 'List', detail: 'Detail', side: 'Side' }}
          list={
            <VirtualList
              label="Rows"
              items={items}
              idOf={({ id }) => id}
              rowHeight={73}
              openId={open?.id ?? null}
              onOpen={(row) => setOpen(row)}
              chosen={chosen}
              onChoose={setChosen}
              above={<NewItemsPill count={fresh} onShow={() => setFresh(0)} />}
              row={(item) => <GalleryRow item={item} />}
            />
          }
          detail={open ? <Detail item={open} onBack={() => setOpen(null)} /> : <Empty title="Nothing is open" />}
          side={
            <Empty title="Nobody is known here yet">Whoever writes appears here with everything they ever said.</Empty>
          }
        />
      </Place>
    </Frame>
  )
}

function GalleryRow({ item }: { item: Row }) {
  const line = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const
  return (
    <div style={{ display: 'flex', gap: 12, padding: '10px 16px' }}>
      <Avatar name={item.name} size={28} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 6, fontSize: 'var(--size-2)' }}>
          <strong style={{ ...line, fontWeight: 600 }}>{item.name}</strong>
          <NetworkMark network={item.network} />
          <span style={{ marginLeft: 'auto', color: 'var(--text-muted)', fontSize: 'var(--size-1)' }}>
            <TimeAgo time={item.at} />
          </span>
        </div>
        <div style={{ ...line, color: 'var(--text-muted)', fontSize: 'var(--size-2)' }}>{item.text}</div>
        <div style={{ marginTop: 4, height: 20 }}>
          {item.waiting ? <Tag tone="urgent">Waiting 2 h</Tag> : <Tag>network</Tag>}
        </div>
      </div>
    </div>
  )
}

function Detail({ item, onBack }: { item: Row; onBack: () => void }) {
  return (
    <Place title={item.name} onBack={onBack} action={<Button>Close</Button>}>
      <p>{item.text}</p>
      <Textarea label="Answer" autosize minRows={3} />
    </Place>
  )
}
