import { expect, test } from 'vitest'
import { describeDevice, shownAddress } from './device.ts'

const MOZILLA = 'Mozilla/5.0'

test.each([
  [`${MOZILLA} (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox · Windows'],
  [
    `${MOZILLA} (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0`,
    'Edge · Windows',
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1`,
    'Safari · iPhone',
  ],
  [
    `${MOZILLA} (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36`,
    'Chrome · Android',
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`,
    'Safari · macOS',
  ],
])('%s is %s', (userAgent, said) => {
  expect(describeDevice(userAgent)).toBe(said)
})

test('a program that does not say what it is stays unnamed', () => {
  expect(describeDevice('curl/8.0')).toBeNull()
  expect(describeDevice(null)).toBeNull()
})

test('addresses are written as people write them, and nothing stands for this very machine', () => {
  expect(shownAddress('192.0.2.7')).toBe('192.0.2.7')
  expect(shownAddress('2001:0db8:0000:0001:0000:0000:0000:0000')).toBe('2001:db8:0:1::')
  expect(shownAddress('0000:0000:0000:0000:0000:0000:0000:0000')).toBeNull()
  expect(shownAddress(null)).toBeNull()
})
