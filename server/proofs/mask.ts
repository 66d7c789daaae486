/**
 * What is linked but was not proven by the customer is shown shortened: enough to recognise what is one's own, too little
 * to learn what is somebody else's, should a link be wrong.
 */
const DOTS = '•••'

export function masked(network: string, text: string): string {
  if (network === 'mail') {
    const [name = '', host = ''] = text.split('@')
    return `${first(name, 1)}${DOTS}@${first(host, 1)}${DOTS}${/\.[a-z]{2,}$/i.exec(host)?.[0] ?? ''}`
  }
  if (network === 'phone') return `${text.slice(0, 3)} ${DOTS} ${text.slice(-2)}`
  if (network === 'customer-number') return `${DOTS}${text.length > 4 ? text.slice(-2) : ''}`
  return `${first(text, 2)}${DOTS}`
}

/** At most a third of a word. */
const first = (text: string, count: number): string =>
  [...text].slice(0, Math.min(count, Math.floor([...text].length / 3))).join('')
