import type { PolicyDocument } from '../../../contract/publishing-policy.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import { brandOf, faultsOf, type Measurement, preparePolicy } from '../../policy/index.ts'
import { brandAt, configurationAt, type Place } from './document.ts'
import { recognise } from './judging.ts'

/**
 * Throws Invalid for a configuration that must not hold: a check that may not refuse yet (`may-not-refuse`), a query that
 * cannot be read (`query-unreadable`), a shape of numbers that is none (`number-pattern`). At every place that it names.
 */
export async function requireUsable(
  document: PolicyDocument,
  measured: Readonly<Record<string, Measurement>>,
): Promise<void> {
  const places: Place[] = document.scopes.map(({ sourceId, topicId }) => ({
    sourceId: sourceId ?? '',
    topicIds: topicId ? [topicId] : [],
  }))
  for (const place of [{ sourceId: '', topicIds: [] }, ...places]) {
    const configuration = configurationAt(document, 0, place, measured)
    for (const fault of faultsOf(configuration)) {
      if (fault.code === 'may-not-refuse') throw new Invalid('may-not-refuse', { check: fault.check })
      throw new Invalid('policy-unusable', { because: fault.code })
    }
  }
  const company = { brand: '', handles: [], otherBrands: [], colleagues: [] }
  const { faults } = preparePolicy({
    brand:
      document.claims.length +
        document.embargoes.length +
        document.disclosures.length +
        document.numberPatterns.length >
      0
        ? brandAt(document, { sourceId: '', topicIds: [] }, company)
        : brandOf(''),
    configuration: configurationAt(document, 0, { sourceId: '', topicIds: [] }),
    recognise: await recognise(),
  })
  const [fault] = faults
  if (fault) throw new Invalid(fault.code === 'query' ? 'query-unreadable' : 'number-pattern', { rule: fault.rule })
}

/** Accounts and topics of another workspace, or of none, are no places. */
export async function requirePlaces(tx: WorkspaceTransaction, { scopes, claims }: PolicyDocument): Promise<void> {
  const sourceIds = [...new Set(scopes.flatMap(({ sourceId }) => sourceId ?? []))]
  const topicIds = [
    ...new Set([...scopes.flatMap(({ topicId }) => topicId ?? []), ...claims.flatMap((claim) => claim.topicIds)]),
  ]
  const known = async (table: 'source' | 'topic', ids: string[]) =>
    ids.length === 0
      ? 0
      : (
          await tx.sql
            .selectFrom(table)
            .select('workspace_id')
            .where('workspace_id', '=', tx.workspaceId)
            .where(`${table}_id` as never, 'in', ids as never)
            .execute()
        ).length
  if ((await known('source', sourceIds)) < sourceIds.length) throw new NotFound('source-unknown')
  if ((await known('topic', topicIds)) < topicIds.length) throw new NotFound('topic-unknown')
}
