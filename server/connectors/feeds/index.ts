export { type FeedsConnector, feeds } from './feeds.ts'
export { FEED_NETWORK } from './parse.ts'
