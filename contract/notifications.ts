import { z } from 'zod'
import { CLOCK_NEWS } from './clock-words.ts'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'
import { APPROVAL_NEWS } from './publishing-approvals.ts'

/** In the order of the settings. Each is declared by the module that tells it, and has its texts in web/notifications. */
export const NOTIFICATION_KINDS = [
  'assignment',
  'mention',
  'newer-post',
  'answer-failed',
  'moderation-failed',
  'approval',
  'clock',
  'reminder',
  'proof',
  'question',
  'crisis',
  'crisis-proposed',
  'alarm',
  'source',
  'request',
  'guideline',
  'training',
  'staff-analysis',
] as const
const kind = z.enum(NOTIFICATION_KINDS)
export type NotificationName = (typeof NOTIFICATION_KINDS)[number]
/** Of guidelines and trainings, to whoever needs them; those of requests are among them. */
const LESSON_NEWS = ['asked', 'renew', 'due-soon', 'overdue'] as const
export const SOURCE_NEWS = ['failing', 'silent', 'over-budget', 'gap'] as const
export const CRISIS_NEWS = ['declared', 'ended'] as const
/** What happened to a subject, where there are several things; of several the latest. */
export const NOTIFICATION_NEWS = [
  ...LESSON_NEWS,
  ...SOURCE_NEWS,
  ...CLOCK_NEWS,
  ...CRISIS_NEWS,
  ...APPROVAL_NEWS,
] as const

const about = z.object({
  subject: z.string().max(40).describe('What it is: conversation, alarm, source, request, …'),
  id,
})
const setting = z.object({
  kind,
  inApp: z.boolean(),
  byMail: z.boolean(),
  byPush: z.boolean().describe('On every device that I registered'),
  withContent: z.boolean().describe('Mail and push with names and texts; otherwise they say that something happened'),
  offShift: z.boolean().nullable().describe('Also when I am not at work; null: this kind never is'),
})

/** Browsers give their keys in base64url: a point on P-256, and 16 bytes. */
const base64url = /^[\w-]+={0,2}$/
const subscription = z.object({
  endpoint: z.url().max(2_000),
  keys: z.object({ p256dh: z.string().regex(base64url).max(200), auth: z.string().regex(base64url).max(100) }),
})

const devices = {
  list: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/notifications/devices/list',
    summary: 'The browsers in which I am told, and the key that a new one needs. A look: it changes nothing.',
    input: z.object({ endpoint: z.string().max(2_000).optional().describe('Of the browser that asks') }),
    output: z.object({
      publicKey: z.string().describe('Ours, for the browser’s applicationServerKey'),
      items: z.array(
        z.object({
          deviceId: id,
          name: z.string(),
          createdAt: z.date(),
          lastUsedAt: z.date().nullable(),
          thisOne: z.boolean(),
        }),
      ),
    }),
  }),
  add: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/notifications/devices',
    summary: 'Lets us write to a browser; the same one again keeps its place. It is its former member’s no more.',
    input: z.object({ name: z.string().trim().min(1).max(80), subscription }),
    output: z.object({ deviceId: id }),
  }),
  remove: procedure({
    allow: 'workspace.read',
    method: 'DELETE',
    path: '/notifications/devices/{deviceId}',
    summary: 'Writes to this browser no more.',
    input: z.object({ deviceId: id }),
    output: nothing,
  }),
}

export const notifications = {
  devices,
  list: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/notifications',
    summary: 'What I was told, newest first; several of one kind about one subject are one.',
    input: page.extend({ unread: z.enum(['yes']).optional() }),
    output: pageOf(
      z.object({
        notificationId: id,
        kind,
        about,
        name: z.string().nullable().describe('Of the subject; null where it has none, or has gone'),
        news: z.enum(NOTIFICATION_NEWS).nullable(),
        path: z.string().describe('Below the workspace’s address'),
        times: z.number().int().describe('How often since it was last read'),
        at: z.date(),
        readAt: z.date().nullable(),
      }),
    ),
  }),
  unread: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/notifications/unread',
    summary: 'How many are unread, counted up to 100.',
    input: nothing,
    output: z.object({ count: z.number().int() }),
  }),
  markRead: procedure({
    allow: 'workspace.read',
    method: 'POST',
    path: '/notifications/read',
    summary: 'Marks some as read, or all about a subject, or everything.',
    input: z.union([
      z.object({ notificationIds: z.array(id).min(1).max(100) }),
      z.object({ about }),
      z.object({ everything: z.literal(true) }),
    ]),
    output: z.object({ marked: z.number().int() }),
  }),
  settings: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/notifications/settings',
    summary: 'How I want to be told.',
    input: nothing,
    output: z.object({ items: z.array(setting) }),
  }),
  changeSetting: procedure({
    allow: 'workspace.read',
    method: 'PUT',
    path: '/notifications/settings/{kind}',
    summary: 'Changes how I am told of one kind.',
    input: setting,
    output: nothing,
  }),
}
