import { expect, test } from 'vitest'
import { answer, event, minute, post } from './testing.ts'
import { buildThread, countNews, isAfter, unfold } from './thread.ts'

const kinds = (entries: ReturnType<typeof buildThread>) => entries.map(({ kind, key }) => `${kind} ${key}`)

test('versions are compared as whole numbers, however long', () => {
  expect(isAfter('10', '9')).toBe(true)
  expect(isAfter('900719925474099301', '900719925474099300')).toBe(true)
  expect(isAfter('9', '9')).toBe(false)
})

test('an answer that stands on the network is its post, with the delivery beside it', () => {
  const sent = answer('d1', { state: 'sent', postId: 'p2' })
  const entries = buildThread(
    [post('p1'), post('p2', { direction: 'out', publishedAt: minute(1) })],
    [sent],
    '2',
    'anna',
  )
  expect(kinds(entries)).toEqual(['post p1', 'post p2'])
  expect(entries[1]).toMatchObject({ answer: { delivery: { deliveryId: 'd1' } } })
})

test('an answer on its way stands by itself, in the order of time', () => {
  const waiting = { ...answer('d1', {}), at: minute(3) }
  const posts = [post('p1', { publishedAt: minute(1) }), post('p2', { publishedAt: minute(5) })]
  expect(kinds(buildThread(posts, [waiting], '2', 'anna'))).toEqual(['post p1', 'answer d1', 'post p2'])
})

test('three posts of others in a row are folded, two are not, and the root never is', () => {
  const other = (id: string, minutes: number) =>
    post(id, { ofThisConversation: false, publishedAt: minute(minutes), author: { ...post('x').author, authorId: id } })
  const root = post('root', { ofThisConversation: false, depth: 0 })
  const many = buildThread(
    [root, other('b', 1), other('c', 2), other('d', 3), post('mine', { publishedAt: minute(4) })],
    [],
    '1',
    'anna',
  )
  expect(kinds(many)).toEqual(['post root', 'others b', 'post mine'])
  const folded = many[1]
  expect(folded?.kind === 'others' && unfold(folded).map(({ key }) => key)).toEqual(['b', 'c', 'd'])
  expect(kinds(buildThread([root, other('b', 1), other('c', 2)], [], '1', 'anna'))).toEqual([
    'post root',
    'post b',
    'post c',
  ])
})

test('news is what the customer or a colleague said since, not what one said oneself or took back', () => {
  const posts = [post('p1', { version: '1' }), post('p2', { version: '3' }), post('p3', { version: null })]
  const timeline = [
    answer('mine', { createdBy: { kind: 'member', id: 'anna' } }, '4'),
    answer('theirs', { createdBy: { kind: 'member', id: 'ben' } }, '5'),
    answer('undone', { createdBy: { kind: 'member', id: 'ben' }, state: 'cancelled' }, '6'),
  ]
  expect(countNews(buildThread(posts, timeline, '2', 'anna'))).toBe(2)
  expect(countNews(buildThread(posts, timeline, '6', 'anna'))).toBe(0)
})

test('events in a row stand together; what posts and deliveries say already is left out', () => {
  const timeline = [
    event('1', 'conversation.opened', minute(1)),
    event('2', 'conversation.continued', minute(2)),
    event('3', 'conversation.assigned', minute(3)),
    event('4', 'answer.sent', minute(4)),
  ]
  const entries = buildThread([post('p1', { publishedAt: minute(0) })], timeline, '1', 'anna')
  expect(kinds(entries)).toEqual(['post p1', 'events 1'])
  expect(entries[1]?.kind === 'events' && entries[1].events.map(({ position }) => position)).toEqual(['1', '3'])
})

test('building twice gives the same: nothing that was given is changed', () => {
  const timeline = [event('1', 'conversation.opened'), event('2', 'conversation.closed')]
  const first = kinds(buildThread([], timeline, '1', 'anna'))
  expect(kinds(buildThread([], timeline, '1', 'anna'))).toEqual(first)
})
