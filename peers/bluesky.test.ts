import { blueskyAccount, blueskyStream } from '../server/connectors/bluesky/index.ts'
import { describeConnector } from '../server/connectors/conformance/conformance.ts'
import { stageOnPds } from './stage.ts'

describeConnector('a Bluesky account on a real PDS', { hears: 'poll', speaks: true }, () =>
  stageOnPds(blueskyAccount, 'listNotifications'),
)
describeConnector('the firehose of a real PDS', { hears: 'stream', speaks: false }, () =>
  stageOnPds((outside) => blueskyStream(outside, { backOffFirstMs: 20, fruitlessMax: 3 }), '/subscribe'),
)
