import { useFormats } from '../platform/formats.ts'
import { useNow } from './now.ts'

/** Relative, the exact time on hover, both in the reader's language and time zone. */
export function TimeAgo({ time }: { time: Date }) {
  const formats = useFormats()
  const now = useNow()
  return (
    <time dateTime={time.toISOString()} title={formats.exact(time)} style={{ whiteSpace: 'nowrap' }}>
      {formats.ago(time, now < time ? new Date() : now)}
    </time>
  )
}
