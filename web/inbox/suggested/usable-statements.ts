import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'

type Statement = InferContractRouterOutputs<Contract>['crisis']['statements']['list']['items'][number]

export interface UsableStatement {
  statementId: string
  name: string
  text: string
  language: string
}

/** What may be said in a conversation of these topics: approved, each in its language where there is one, else in English. */
export function usableStatements(
  statements: readonly Pick<Statement, 'statementId' | 'name' | 'state' | 'topicId' | 'texts'>[],
  topicIds: readonly string[],
  spoken: string | null,
): UsableStatement[] {
  const wanted = spoken?.split('-')[0]
  return statements.flatMap(({ statementId, name, state, topicId, texts }) => {
    if (state !== 'approved' || (topicId !== null && !topicIds.includes(topicId))) return []
    const all = Object.entries(texts).flatMap(([language, text]) => (text ? [{ language, text }] : []))
    const [chosen] = [wanted, 'en'].flatMap((tag) => all.filter(({ language }) => language === tag)).concat(all)
    return chosen ? [{ statementId, name, ...chosen }] : []
  })
}
