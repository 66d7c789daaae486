import { expect, test } from 'vitest'
import { frequentTerms } from './frequent-terms.ts'

const post = (postId: string | null, text: string) => ({ postId, text, title: null })

test('words that several posts use come, the most frequent first, without handles, addresses and short ones', () => {
  const posts = [
    post('1', 'Störung in Lehe #ausfall @kobaltfon.test'),
    post('2', 'Schon wieder Störung in Lehe, siehe https://example.org/stoerung'),
    post('3', 'störung #ausfall @kobaltfon.test https://example.org/stoerung'),
  ]
  expect(frequentTerms(posts)).toEqual(['Störung', 'Lehe', '#ausfall'])
})

test('a post that stands in two lists counts once, and one post alone suggests nothing', () => {
  const one = post('1', 'Störung Störung')
  expect(frequentTerms([one, one])).toEqual([])
})
