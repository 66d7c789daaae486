import { sql } from 'kysely'
import { CONSENT_PURPOSES } from '../../../contract/people-consent.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

const WORDS_MAX = 100
/** Of so many persons, the last made anew: enough to offer words, and bounded. */
const PERSONS_READ = 20_000

/** Words that rules can ask for, as they occur among persons; the commonest first. */
export async function wordsOfPersons(tx: WorkspaceTransaction) {
  const { rows } = await sql<{ kind: 'tags' | 'networks' | 'languages'; word: string }>`
    with newest as (select tags, networks, language from person_summary where workspace_id = ${tx.workspaceId}
      order by made_at desc, person_id desc limit ${PERSONS_READ})
    select kind, word from (
      select 'tags' as kind, unnest(tags) as word from newest union all select 'networks', unnest(networks) from newest
      union all select 'languages', language from newest where language is not null) w
    group by kind, word order by count(*) desc, word`.execute(tx.sql)
  const wordsOf = (kind: (typeof rows)[number]['kind']) =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ word }) => word)
      .slice(0, WORDS_MAX)
  return {
    tags: wordsOf('tags'),
    networks: wordsOf('networks'),
    languages: wordsOf('languages'),
    consents: [...CONSENT_PURPOSES],
  }
}
