import type { Dialect } from './rule.ts'

export interface ListedRule {
  name: string | null
  text: string
}

const RULES_MAX = 1_000
const NAME_CHARACTERS_MAX = 200

/** Rules as they are exported: one, one a line, or the JSON that X answers or takes ({data: [{value, tag}]}, {add: …}). */
export function listRules(text: string, { lines }: { lines: boolean }): ListedRule[] {
  const trimmed = text.trim()
  const listed = /^[[{]\s*["{[]/.test(trimmed) ? rulesInJson(trimmed) : null
  if (listed) return listed.slice(0, RULES_MAX)
  const texts = lines ? trimmed.split(/\r?\n/).map((line) => line.trim()) : [trimmed]
  return texts
    .filter((line) => line !== '')
    .slice(0, RULES_MAX)
    .map((line) => ({ name: null, text: line }))
}

function rulesInJson(text: string): ListedRule[] | null {
  const json = parsed(text)
  const inside = isObject(json) ? (json.data ?? json.add ?? json.rules) : json
  if (!Array.isArray(inside)) return null
  const rules = inside.flatMap((entry): ListedRule[] => {
    if (!isObject(entry) || typeof entry.value !== 'string') return []
    return [{ name: typeof entry.tag === 'string' ? entry.tag.slice(0, NAME_CHARACTERS_MAX) : null, text: entry.value }]
  })
  return rules.length > 0 ? rules : null
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const OF_BRANDWATCH =
  /<<<|NEAR\/\d+f|[{}]|\b(title|site|links|continent|country|region|authorFollowers|authorVerified|engagementType|parentPostId|brandIds|engagingWithGuid|guid|pubType|publisherSubType|subreddit|reddit\w+|latitude|longitude|raw):|\b(NEAR\/\d+|NOT)\b/
const OF_X =
  /(^|[\s(-])(from|to|retweets_of\w*|is|has|lang|conversation_id|context|entity|place_country|sample|followers_count|url_\w+|since|until):|(^|[\s(])(-["\w(#@$]|\$[a-z])/i

/** Whose operators stand in it; Brandwatch's where neither shows. */
export function dialectOf(text: string): Dialect['name'] {
  if (OF_BRANDWATCH.test(text)) return 'brandwatch'
  return OF_X.test(text) ? 'x' : 'brandwatch'
}
