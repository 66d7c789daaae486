import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import type { PeopleHere } from './people-here.ts'
import type { Change, ChangeReport, ConversationTag } from './shapes.ts'
import { whenText } from './when.ts'

/** Says exactly what a change did: how many were changed, were so already, were refused and why. */
export function useReport(people: PeopleHere, tags: readonly ConversationTag[]) {
  const t = useTexts('inbox')
  const formats = useFormats()

  const done = (count: number, change: Change): string => {
    switch (change.change) {
      case 'assign': {
        const name = change.memberId
          ? change.memberId === people.me
            ? null
            : people.nameOf(change.memberId)
          : change.teamId && people.teamNameOf(change.teamId)
        if (change.memberId === people.me) return t('report.assignedToYou', { count })
        return name ? t('report.assigned', { count, name }) : t('report.unassigned', { count })
      }
      case 'tag': {
        const named = (ids: readonly string[] = []) =>
          formats.list(ids.flatMap((id) => tags.find(({ tagId }) => tagId === id)?.name ?? []))
        return change.add?.length
          ? t('report.tagged', { count, tag: named(change.add) })
          : t('report.untagged', { count, tag: named(change.remove) })
      }
      case 'snooze':
        return t('report.snoozed', { count, time: whenText(formats, change.until as Date, new Date()) })
      case 'close':
        return t('report.closed', { count })
      case 'prioritise':
        return t('report.prioritised', { count, priority: t(`priority.${change.priority}`) })
      case 'reopen':
        return t('report.reopened', { count })
    }
  }

  return (report: ChangeReport, change: Change): string => {
    const held = report.refused.filter(({ because }) => because === 'lease-held').length
    const elsewhere = report.refused.filter(({ because }) => because === 'not-at-this-source').length
    const silent = report.refused.filter(({ because }) => because === 'needs-reason').length
    const gone = report.refused.length - held - elsewhere - silent
    const sentences = [
      report.changed.length > 0 ? done(report.changed.length, change) : null,
      report.unchanged > 0 ? t('report.unchanged', { count: report.unchanged }) : null,
      held > 0 ? t('report.held', { count: held }) : null,
      elsewhere > 0 ? t('report.notAtSource', { count: elsewhere }) : null,
      silent > 0 ? t('report.needsReason', { count: silent }) : null,
      gone > 0 ? t('report.gone', { count: gone }) : null,
      report.more ? t('report.more') : null,
    ]
    return sentences.filter((sentence) => sentence !== null).join(' ') || t('report.nothing')
  }
}
