import { loadLanguageRecogniser } from '../text/index.ts'
import { type Brand, brandOf } from './brand.ts'
import { type CheckRule, type PolicyConfiguration, smallTeam } from './configuration.ts'
import { type Draft, draftOf, type KnownCustomer } from './draft.ts'
import { CHECK_IDS, type CheckId, type Finding } from './finding.ts'
import { type Judged, preparePolicy } from './policy.ts'

export const recognise = await loadLanguageRecogniser()

const EVERYTHING: CheckRule = { action: 'inform', from: 'low', kinds: ['reply', 'post', 'private'] }
/** Every check on, none harder than a notice. */
export const everything: PolicyConfiguration = {
  ...smallTeam('test'),
  checks: Object.fromEntries(CHECK_IDS.map((check) => [check, EVERYTHING])) as PolicyConfiguration['checks'],
}

export const KLINKERLAUT = brandOf('Klinkerlaut', {
  handles: ['@klinkerlaut'],
  address: { de: 'Sie', nl: 'je' },
  own: {
    mails: ['@klinkerlaut.example.org'],
    phones: ['0800 330 1000', '040 5550123'],
    ibans: ['DE02 1203 0000 0000 2020 51'],
    addresses: ['Turmstraße 5'],
  },
  links: ['klinkerlaut.example.org', 'klinkerlaut.de'],
  numberPatterns: ['KL-####-##', '@@######'],
})

export const customer = (details: Partial<KnownCustomer> = {}): KnownCustomer => ({
  handles: ['@jette_b'],
  publicNames: ['Jette B.'],
  names: ['Jette Brandhorst'],
  mails: { plain: ['jette.brandhorst@kunde.example.com'] },
  phones: { plain: ['+4915112345678'] },
  numbers: { plain: ['KL204117'] },
  ...details,
})

export function findingsOf(text: string, details: Partial<Draft> = {}, brand: Brand = KLINKERLAUT): readonly Judged[] {
  return preparePolicy({ brand, configuration: everything, recognise }).judge(draftOf(text, details)).findings
}

/** "check.code: what the spans hold" of every finding, or of one check. */
export function said(text: string, details: Partial<Draft> = {}, brand: Brand = KLINKERLAUT, only?: CheckId): string[] {
  return findingsOf(text, details, brand)
    .filter(({ check }) => only === undefined || check === only)
    .map((finding) => `${finding.check}.${finding.code}: ${spanned(finding, text, details).join(' | ')}`)
}

const spanned = ({ spans }: Finding, text: string, { title, alternatives, links }: Partial<Draft>): string[] =>
  spans.map(({ part, index, from, to }) => {
    const whole = { text, title: title ?? '', alternative: alternatives?.[index] ?? '', link: links?.[index] ?? '' }[
      part
    ]
    return whole.slice(from, to)
  })
