import { Button, Checkbox, Group, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { IconRss } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { showDone, showUndo } from '../platform/undo.tsx'
import { Avatar } from './avatar.tsx'
import { Chart } from './chart.tsx'
import { ConfirmByName } from './confirm-by-name.tsx'
import { CopyButton } from './copy-button.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Empty } from './empty.tsx'
import { ErrorState } from './error-state.tsx'
import { required, useFields, webAddress } from './fields.ts'
import { Figure } from './figure.tsx'
import { FilterMenu } from './filter-bar.tsx'
import { Form, FormSection } from './form.tsx'
import { Highlighted } from './highlighted.tsx'
import { LanguageName } from './language-name.tsx'
import { NetworkMark } from './network-mark.tsx'
import { RowSkeletons, TextSkeleton } from './skeletons.tsx'
import { Tag } from './tag.tsx'
import { TimeAgo } from './time-ago.tsx'
import { WorkProgress } from './work-progress.tsx'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const WEEK = [12, 18, 9, 31, 24, 15, 7]

interface Source {
  id: string
  name: string
  heard: number
  last: Date
}
const SOURCES: Source[] = Array.from({ length: 400 }, (_, index) => ({
  id: String(index),
  name: `Source ${index + 1}`,
  heard: (index * 7919) % 1000,
  last: new Date(Date.now() - index * 3_600_000),
}))
const COLUMNS: Column<Source>[] = [
  { id: 'name', header: 'Name', width: 'minmax(140px, 2fr)', cell: ({ name }) => name, sortBy: ({ name }) => name },
  {
    id: 'heard',
    header: 'Heard',
    width: '100px',
    numeric: true,
    cell: ({ heard }) => heard,
    sortBy: ({ heard }) => heard,
  },
  {
    id: 'last',
    header: 'Last',
    width: '120px',
    cell: ({ last }) => <TimeAgo time={last} />,
    sortBy: ({ last }) => last,
  },
]

/** Every part by itself. */
export function GalleryParts() {
  return (
    <main
      style={{ display: 'grid', gap: 24, maxWidth: 960, margin: '0 auto', padding: 16, background: 'var(--surface)' }}
    >
      <h1>Gallery</h1>
      <Part name="Tags, marks, people">
        <Group gap="sm">
          {(['neutral', 'accent', 'urgent', 'notice', 'good'] as const).map((tone) => (
            <Tag key={tone} tone={tone}>
              {tone}
            </Tag>
          ))}
          <Tag onRemove={() => undefined}>removable</Tag>
          {['bluesky', 'feeds', 'import', 'mail', 'forum', 'somewhere'].map((network) => (
            <NetworkMark key={network} network={network} name={network} />
          ))}
          {['Mara Lindqvist', '@wetterfrosch', 'Ines Okonjo', 'Bram van Houtven', 'Tilda R', 'Östen'].map((name) => (
            <Avatar key={name} name={name} />
          ))}
          <TimeAgo time={new Date(Date.now() - 200_000)} />
          <LanguageName tag="nl" />
          <CopyButton text="x" label="Copy the link" />
        </Group>
        <p>
          <Highlighted
            text="Der Akku hält keine zwei Stunden, schade um das Gerät."
            spans={[
              { from: 4, to: 8 },
              { from: 41, to: 53 },
            ]}
          />
        </p>
      </Part>
      <Part name="Figures and charts">
        <Group gap="xl" mb="md">
          <Figure
            label="Mentions"
            value="1,284"
            change="+12 %"
            formula="Posts that a topic matched."
            period="1–30 Nov"
            basis="1,284 posts"
          />
          <Figure label="First answer" value="42" unit="min" formula="Median of the time to the first answer." />
          <Figure label="Share of voice" value={null} formula="No competitor has a topic yet." />
        </Group>
        <Chart
          title="Mentions a day"
          unit="posts"
          axis="Day"
          kind="bar"
          data={{
            labels: DAYS,
            series: [{ name: 'This week', values: WEEK }],
            lastIsIncomplete: true,
            annotations: [{ label: 'Thu', text: 'Outage' }],
          }}
        />
        <Chart
          title="By language"
          unit="posts"
          axis="Day"
          kind="line"
          data={{
            labels: DAYS,
            series: [
              ...['de', 'nl', 'en', 'fr', 'it', 'pl', 'da'].map((name, at) => ({
                name,
                values: WEEK.map((value) => value * (8 - at)),
              })),
              { name: 'Last week', values: WEEK.map((value) => value * 4), comparison: true },
            ],
            lastIsIncomplete: true,
          }}
        />
      </Part>
      <Forms />
      <Part name="Table">
        <div style={{ display: 'flex', height: 280, border: '1px solid var(--line)', borderRadius: 6 }}>
          <DataTable
            label="Sources"
            columns={COLUMNS}
            rows={SOURCES}
            idOf={({ id }) => id}
            sort={{ column: 'heard', descending: true }}
          />
        </div>
      </Part>
      <Part name="States">
        <Empty icon={IconRss} title="No source is heard yet" action={<Button variant="filled">Add a source</Button>}>
          Add a feed, an account or a file; the first posts appear here within a minute.
        </Empty>
        <ErrorState
          text="The server cannot be reached. Check your connection."
          code="unreachable"
          onRetry={() => undefined}
        />
        <WorkProgress
          label="Reading posts.csv"
          done={3_200}
          total={14_485}
          startedAt={new Date(Date.now() - 8_000)}
          onCancel={() => showDone('Cancelled')}
        />
        <RowSkeletons rows={3} />
        <TextSkeleton lines={3} />
      </Part>
    </main>
  )
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section>
      <h2>{name}</h2>
      {children}
    </section>
  )
}

function Forms() {
  const t = useTexts('ui')
  const [asking, setAsking] = useState(false)
  /** The first attempt fails, so that one sees how that is said. */
  const attempts = useRef(0)
  const [tags, setTags] = useState(['vip'])
  const fields = useFields({ name: '', address: 'nordlicht' }, { name: [required], address: [webAddress] })
  return (
    <Part name="Forms">
      <FormSection title="Workspace" why="Everyone who works here sees this name.">
        <Form
          submit="Save"
          busy={false}
          fields={fields}
          onSubmit={() => showDone('Saved')}
          error={new TypeError('fetch failed')}
        >
          <TextInput label="Name" {...fields.props('name')} />
          <TextInput label="Address" {...fields.props('address')} />
          <Select label="Language" data={['Deutsch', 'English']} defaultValue="Deutsch" />
          <Textarea label="Note" description="Only colleagues see this." />
          <Checkbox label="Two people approve" defaultChecked />
          <Switch label="Send mail" />
        </Form>
      </FormSection>
      <Group>
        <Button
          onClick={() => showUndo({ message: 'Closed', undoLabel: t('cancel'), undo: () => showDone('Open again') })}
        >
          Close with undo
        </Button>
        <Button color="red" onClick={() => setAsking(true)}>
          Delete …
        </Button>
        <Button disabled>Disabled</Button>
        <FilterMenu
          label="Tags"
          values={tags}
          onChange={setTags}
          options={[
            { value: 'vip', label: 'VIP', count: 12 },
            { value: 'press', label: 'Press', count: 1200 },
          ]}
        />
      </Group>
      <ConfirmByName
        opened={asking}
        onClose={() => setAsking(false)}
        title="Delete the topic"
        name="Nordlicht"
        action="Delete the topic"
        onConfirm={async () => {
          attempts.current += 1
          if (attempts.current === 1) throw new Error('the line broke')
          showDone('Deleted')
        }}
      >
        The topic and its 1,284 mentions go. The posts stay.
      </ConfirmByName>
    </Part>
  )
}
