const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
/** Regions of the list of names that are no country with telephones of its own. */
const NO_COUNTRY = [
  'EU',
  'EZ',
  'UN',
  'QO',
  'XA',
  'XB',
  'ZZ',
  'AQ',
  'BV',
  'HM',
  'GS',
  'TF',
  'UM',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
]
/** Codes of countries that are no more, which browsers still name as their heirs. */
const FORMER = ['AN', 'BU', 'CS', 'DD', 'DY', 'FX', 'HV', 'NH', 'NT', 'RH', 'SU', 'TP', 'UK', 'VD', 'YD', 'YU', 'ZR']

/** Every country that the browser can name in a language, by name. */
export function countriesIn(language: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  return LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.includes(code) && !FORMER.includes(code))
    .flatMap((code) => {
      const label = names.of(code)
      return label === undefined ? [] : [{ value: code, label }]
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, language))
}
